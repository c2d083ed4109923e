import { numberLetter } from '../actions/letters/number-letter.ts'
import { recordLetterIssued } from '../actions/letters/record-letter-issued.ts'
import { recordLetterPrepared } from '../actions/letters/record-letter-prepared.ts'
import type { SystemActor } from '../actions/act.ts'
import { inScope } from '../db/database.ts'
import { readRequestById } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import type { Jobs } from '../db/queue.ts'
import { activities } from '../domain/sop/activities.ts'
import { stepOf } from '../domain/sop/graph.ts'
import type { JobDeps } from './deps.ts'
import { setLetter } from './set-letter.ts'
import { withTrouble } from './trouble.ts'

/**
 * Issues the paper with which a step ends, or the refusal letter of a request that ended refused without one:
 * number -> set the PDF -> file it, or lay it before the person who signs. The number is taken once; the rest may be
 * repeated.
 */
export async function issueLetter(deps: JobDeps, job: Jobs['issue-letter']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const { request, kind, office } = await inScope(deps.db, { officeId: job.officeId }, async (tx) => {
    const row = (await readRequestById(tx, job.requestId))!
    const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
    const office = await tx
      .selectFrom('offices')
      .select(['logo', 'slug'])
      .where('id', '=', job.officeId)
      .executeTakeFirstOrThrow()
    const effect = row.step === null ? null : activities[stepOf(sop, row.step).activity].effect
    const paper: 'reply' | 'hand-over-note' = effect === 'issue-hand-over' ? 'hand-over-note' : 'reply'
    return { request: row, kind: paper, office }
  })
  const awaited = request.stage === 'working' && request.visit === job.visit
  const refusal =
    request.phase === 'ended' && request.state.ending === 'refused' && request.visit === job.visit
  if (!awaited && !refusal) return
  await withTrouble(deps, actor, request, async () => {
    const { settings } = deps
    const letter = await numberLetter(deps, actor, { ...job, kind, settings })
    if (letter.status !== 'numbered') return
    const { pdf, sha256 } = await setLetter(deps, office, letter)
    const isElectronic = 'signature' in letter.data && letter.data.signature?.electronic !== undefined
    const record = isElectronic ? recordLetterPrepared : recordLetterIssued
    await record(deps, actor, { requestId: request.id, visit: job.visit, pdf, sha256 })
  })
}
