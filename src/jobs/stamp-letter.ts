import type { SystemActor } from '../actions/act.ts'
import { recordLetterTrouble } from '../actions/letters/record-letter-trouble.ts'
import { recordLetterSigned } from '../actions/letters/record-letter-signed.ts'
import { inScope } from '../db/database.ts'
import type { LetterRow } from '../db/letters/letters.ts'
import { readLetter } from '../db/letters/letters.ts'
import { readSignatory } from '../db/letters/signatories.ts'
import { readSigning } from '../db/letters/signings.ts'
import { readServer } from '../db/office/servers.ts'
import type { Jobs } from '../db/queue.ts'
import type { StampTrouble } from '../domain/letters/time-stamp.ts'
import { Refused } from '../domain/refused.ts'
import { stampTexts, stampTroubles } from '../domain/text/time-stamps.ts'
import type { JobDeps } from './deps.ts'
import { withLetterTrouble } from './trouble.ts'

/**
 * Asks for the time stamp of a letter that was signed without one, and issues it then. Where the office no longer
 * requires one, the letter is issued as it is; the signature stays the same either way.
 */
export async function stampLetter(deps: JobDeps, job: Jobs['stamp-letter']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const { letter, signing, server, office } = await inScope(
    deps.db,
    { officeId: job.officeId },
    async (tx) => {
      const awaited = await readSigning(tx, job.letterId)
      const signatory = awaited && (await readSignatory(tx, awaited.signatory_id))
      return {
        letter: await readLetter(tx, job.letterId),
        signing: awaited,
        server: signatory?.serverId ? await readServer(tx, signatory.serverId) : undefined,
        office: await tx
          .selectFrom('offices')
          .select('slug')
          .where('id', '=', job.officeId)
          .executeTakeFirstOrThrow(),
      }
    },
  )
  if (!signing?.signed_pdf || !signing.attempt || !letter?.certificate || !server) return
  const { signed_pdf: signed, attempt } = signing
  const { certificate } = letter
  await withLetterTrouble(deps, actor, letter, async () => {
    const { pdf, stamping } = await deps.signatureOf(server, office.slug).stamp(signed)
    if (stamping.kind === 'missing' && stamping.required)
      return awaitLonger(deps, actor, letter, job, stamping)
    await recordLetterSigned(deps, actor, letter.id, { attempt, pdf, certificate, stamping })
  })
}

/** Leaves it to the queue to ask again, or gives up, and says so on the desk with the way to begin anew. */
async function awaitLonger(
  deps: JobDeps,
  actor: SystemActor,
  { id: letterId, trouble: known }: LetterRow,
  { until }: Jobs['stamp-letter'],
  { trouble }: { readonly trouble: StampTrouble },
): Promise<void> {
  const why = stampTroubles[trouble]
  if (until === undefined || deps.now() < new Date(until))
    throw new Refused('stamp-awaited', stampTexts.onDesk(why), { status: 503 })
  const text = stampTexts.gaveUp(why)
  await recordLetterTrouble(deps, actor, { letterId, known: known?.text ?? null, text, gaveUp: true })
}
