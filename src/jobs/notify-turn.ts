import { inScope } from '../db/database.ts'
import { listEvents } from '../db/requests/events.ts'
import { peopleOfActor } from '../db/requests/recipients.ts'
import { readRequestById } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import type { Jobs } from '../db/queue.ts'
import { formatInstant } from '../domain/dates/indonesian.ts'
import type { Text } from '../domain/refused.ts'
import type { Ground } from '../domain/requests/grounds.ts'
import { groundTexts } from '../domain/requests/grounds.ts'
import type { TimelineEvent } from '../domain/requests/timeline.ts'
import { partyOf, stepOf } from '../domain/sop/graph.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { aboutRequest, mailOut } from './mail-out.ts'

/** Tells whoever must act now that responsibility was handed to them. A turn that has passed is not told. */
export async function notifyTurn(deps: JobDeps, job: Jobs['notify-turn']): Promise<void> {
  const mails = await inScope(deps.db, { officeId: job.officeId }, async (tx): Promise<MailOut[]> => {
    const row = (await readRequestById(tx, job.requestId))!
    if (row.visit !== job.visit || row.step === null || row.stage !== 'acting') return []
    const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
    const step = stepOf(sop, row.step)
    const { about, timezone } = await aboutRequest(tx, row, deps.settings.publicUrl)
    const all = await peopleOfActor(tx, sop, row, step.actor, deps.now())
    const to = row.holder === null ? all : all.filter((each) => each.personId === row.holder)
    const due = row.due_at
      ? { id: formatInstant(row.due_at, timezone, 'id'), en: formatInstant(row.due_at, timezone, 'en') }
      : null
    const reasons = partyOf(sop, step) === 'applicant' ? reasonsOf(await listEvents(tx, row.id)) : []
    const mail =
      reasons.length > 0 ? mailTexts.returned(about, reasons) : mailTexts.turn(about, step.text, due)
    return [{ key: `turn ${row.id} ${row.visit}`, to: to.length > 0 ? to : all, mail }]
  })
  await mailOut(deps, job.officeId, mails)
}

/** The grounds of the return that led here, one sentence each. */
export function reasonsOf(events: readonly TimelineEvent[]): readonly Text[] {
  const last = events.findLast((event) => event.type === 'returned' || event.type === 'refused')
  const grounds = (last?.data.grounds as readonly Ground[] | undefined) ?? []
  return grounds.map((each) => ({
    id: `- ${groundTexts[each.code].id}: ${each.text}`,
    en: `- ${groundTexts[each.code].en}: ${each.text}`,
  }))
}
