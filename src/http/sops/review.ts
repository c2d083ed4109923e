import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { SopRow, SopVersionFile } from '../../db/sops-admin.ts'
import { countActors, listClosed, readSop, readVersion } from '../../db/sops-admin.ts'
import { readSopVersion } from '../../db/sops.ts'
import type { SopChange } from '../../domain/sop/changes.ts'
import { checkSop } from '../../domain/sop/check.ts'
import { compareSops } from '../../domain/sop/compare.ts'
import type { Finding } from '../../domain/sop/finding.ts'
import { parseSop } from '../../domain/sop/parse.ts'
import type { ReplayFinding } from '../../domain/sop/replay.ts'
import { replay } from '../../domain/sop/replay.ts'
import type { HttpDeps } from '../deps.ts'

/** What a person looks at before a draft takes effect. */
export type SopReview = {
  readonly sop: SopRow
  readonly file: SopVersionFile
  readonly findings: readonly Finding[]
  /** Against the version in force; null when there is none. */
  readonly changes: readonly SopChange[] | null
  readonly replayed: number
  readonly differs: readonly ReplayFinding[]
}

/** @throws Refused (404) for a version that does not exist */
export function reviewSop(deps: HttpDeps, member: Member, slug: string, version: number): Promise<SopReview> {
  return inScope(deps.db, member, async (tx) => {
    const sop = await readSop(tx, slug)
    const file = sop && (await readVersion(tx, sop.id, version))
    if (!file) throw notFound()
    const mapping = await countActors(tx, member.officeId, sop.id, file.document)
    const parsed = parseSop(file.source)
    const findings = checkSop(file.document, parsed.ok ? parsed.positions : new Map(), mapping)
    const isDraft = file.status === 'draft'
    const current =
      isDraft && sop.currentVersion !== null ? await readSopVersion(tx, sop.id, sop.currentVersion) : null
    const closed = isDraft ? await listClosed(tx, sop.id) : []
    return {
      sop,
      file,
      findings,
      changes: current && compareSops(current, file.document),
      replayed: closed.length,
      differs: replay(file.document, closed),
    }
  })
}

/** @returns the number of a version in an address; no version has the number 0 */
export const versionOf = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0)
