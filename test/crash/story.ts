/** What happens in one run: an office in a database of its own, and the order of what its people do. */
import { existsSync, readFileSync } from 'node:fs'
import type { Member } from '../../src/actions/act.ts'
import type { Role } from '../../src/domain/access/roles.ts'

export type Story = {
  /**
   * `life`: one new service by the office's SOP; `after`: what may happen to a service later on; `undone`: the new
   * site cannot be seen, the operator calls the work off, and then it is done after all
   */
  readonly plot: 'life' | 'after' | 'undone'
  readonly sopFile: string
  readonly label: string
  readonly office: {
    readonly id: string
    readonly zoneId: string
    readonly zone: string
    readonly agencyId: string
    readonly members: Readonly<Record<Role, Member>>
  }
}

export type Victim = 'desk' | 'dns' | 'sites' | 'postgres'

/** What the parent tells a desk process. */
export type DeskOrder = {
  readonly story: Story
  readonly dataDirectory: string
  readonly ports: { readonly dns: number; readonly sites: number; readonly sftp: number }
  readonly tsigSecret: string
  readonly siteControlSecret: string
  readonly database: string
  readonly appPassword: string
  readonly outbox: string
  /** base64 */
  readonly sealingKey: string
  /** every boundary and every password that was made, a line each, written at once */
  readonly journal: string
  /** file with how far the office's clock stands ahead of the real one; a desk that starts again goes on with it */
  readonly clock: string
  /** who is killed at which boundaries, once at each; null to let the story run to its end */
  readonly stop: { readonly at: readonly string[]; readonly victims: readonly Victim[] } | null
}

export type JournalLine =
  | { readonly name: string; readonly key: string; readonly boundary: string }
  | { readonly password: string; readonly fqdn: string }
  | { readonly struck: string }

/** @returns what every desk of a run wrote so far, in order */
export function readJournal(file: string): readonly JournalLine[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalLine)
}
