import { recordTimeWarning } from '../actions/oversight/record-time-warning.ts'
import { readCalendar } from '../db/calendars.ts'
import { inScope } from '../db/database.ts'
import type { Tx } from '../db/database.ts'
import { listEvents } from '../db/requests/events.ts'
import { peopleOfActor, superiorsOf } from '../db/requests/recipients.ts'
import type { RequestRow } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import { stepTimeOf } from '../domain/requests/step-time.ts'
import { stepOf } from '../domain/sop/graph.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import type { MailOut } from './mail-out.ts'
import { aboutRequest, messagesOf } from './mail-out.ts'

/** Shares of the standard time, in percent, at which the actor and the superior are warned. */
export const warningPercents = [100, 75] as const

/** Looks at every running step of every office and warns once at each share of its standard time. */
export async function watchTimes(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) await watchOffice(deps, id)
}

async function watchOffice(deps: JobDeps, officeId: string): Promise<void> {
  const rows = await inScope(deps.db, { officeId }, (tx) =>
    tx
      .selectFrom('requests')
      .selectAll()
      .where('phase', '=', 'running')
      .where('turn', '=', 'office')
      .where('due_at', 'is not', null)
      .execute(),
  )
  for (const row of rows) {
    const found = await inScope(deps.db, { officeId }, (tx) => warningFor(deps, tx, row))
    if (!found) continue
    const { percent, mail } = found
    await recordTimeWarning(
      deps,
      { kind: 'system', officeId },
      {
        requestId: row.id,
        ticket: row.ticket,
        visit: row.visit,
        step: row.step!,
        percent,
        mails: messagesOf(mail),
      },
    )
  }
}

/** @returns the highest warning that is due for the current step and was not sent yet */
async function warningFor(
  deps: JobDeps,
  tx: Tx,
  row: RequestRow,
): Promise<{ readonly percent: number; readonly mail: MailOut } | null> {
  const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
  const step = stepOf(sop, row.step!)
  const calendar = await readCalendar(tx, row.office_id)
  const time = stepTimeOf(sop, step, await listEvents(tx, row.id), calendar, deps.now())
  const percent = warningPercents.find((share) => time.percent !== null && time.percent >= share)
  if (percent === undefined) return null
  const sent = await tx
    .selectFrom('time_warnings')
    .select('percent')
    .where('request_id', '=', row.id)
    .where('visit', '=', row.visit)
    .where('percent', '>=', percent)
    .executeTakeFirst()
  if (sent) return null
  const { about } = await aboutRequest(tx, row, deps.settings.publicUrl)
  const people = await peopleOfActor(tx, sop, row, step.actor, deps.now())
  const actors = row.holder === null ? people : people.filter((each) => each.personId === row.holder)
  const actor = sop.actors.find((each) => each.id === step.actor)!
  const superiors = await superiorsOf(tx, actor, deps.now())
  const to = [...new Map([...actors, ...superiors].map((each) => [each.email, each])).values()]
  return {
    percent,
    mail: {
      key: `time ${row.id} ${row.visit} ${percent}`,
      to,
      mail: mailTexts.warning(about, percent, step.text),
    },
  }
}
