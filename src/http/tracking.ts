import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { OfficeFacts } from '../db/people.ts'
import { readRequest } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import type { Text } from '../domain/refused.ts'
import { phaseOf, standingOf } from '../domain/requests/standing.ts'
import { normalizeCode } from '../domain/requests/ticket.ts'
import type { SopDocument } from '../domain/sop/document.ts'
import { officeOf } from './public-facts.ts'

/** Where a request stands, as everybody who knows its ticket may know it: nothing personal, no name, no agency. */
export type Tracked = {
  readonly ticket: string
  readonly office: OfficeFacts
  readonly sop: SopDocument
  readonly sentence: Text
  readonly phase: ReturnType<typeof phaseOf>
  readonly step: number | null
  readonly dueAt: Date | null
  readonly submittedAt: Date
  readonly updatedAt: Date
}

/** @returns the request with this ticket as somebody typed it; nothing for unknown ones and for drafts alike */
export async function trackRequest(db: Db, typed: string, now: Date): Promise<Tracked | undefined> {
  const ticket = normalizeCode(typed)
  const office = await officeOf(db, ticket)
  if (!office) return undefined
  return inScope(db, { officeId: office.id }, async (tx) => {
    const row = await readRequest(tx, ticket)
    if (!row || row.submitted_at === null) return undefined
    const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
    const { ending } = row.state
    const at = {
      kind: row.kind,
      phase: row.phase,
      step: row.step,
      stage: row.stage,
      turn: row.turn,
      ending,
      dueAt: row.due_at,
    }
    return {
      ticket,
      office,
      sop,
      sentence: standingOf(sop, at, office.timezone, now),
      phase: phaseOf(at),
      step: row.phase === 'running' ? row.step : null,
      dueAt: row.phase === 'running' ? row.due_at : null,
      submittedAt: row.submitted_at,
      updatedAt: row.updated_at,
    }
  })
}
