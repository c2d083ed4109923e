import { createHash } from 'node:crypto'
import type { Tx } from '../../db/database.ts'
import { isUniqueViolation, json } from '../../db/database.ts'
import { layDefaultSchedule } from '../../db/archive/schedule.ts'
import { startChain } from '../../db/logbook.ts'
import type { OfficeInput } from '../../domain/access/people.ts'
import { defaultRules } from '../../domain/calendar/defaults.ts'
import { Refused } from '../../domain/refused.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Deps, Write } from '../act.ts'

/** An SOP as it was read and checked: its text, kept word for word, and what it says. */
export type ReadSop = { readonly source: string; readonly document: SopDocument }

/** What an office starts with. Numbers start with 1 each year; the office edits the patterns. */
const registers = [
  { code: 'incoming', pattern: '{seq:3}/MASUK/{romanMonth}/{year}' },
  { code: 'outgoing', pattern: '{seq:3}/DISKOMINFO/{romanMonth}/{year}' },
  { code: 'hand-over', pattern: '{seq:3}/BAST/{romanMonth}/{year}' },
] as const

/**
 * Lays an office: its logbook, its first SOP as version 1, calendar, number registers, retention
 * schedule and zone. The zone is
 * created on the name server by a job.
 *
 * @param createdBy who published the SOP; undefined when that person has no account yet
 * @throws Refused (409) when the slug or the zone is taken
 */
export async function layOffice(
  deps: Deps,
  tx: Tx,
  write: Write,
  office: OfficeInput & { readonly id: string; readonly sop: ReadSop; readonly createdBy: string },
): Promise<void> {
  const now = deps.now()
  const { id, zone, sop, createdBy, ...facts } = office
  const row = { ...facts, unit: facts.unit ?? null, id, created_at: now, letterhead: json({}) }
  await orTaken('slug', peopleTexts.slugTaken, () => tx.insertInto('offices').values(row).execute())
  await startChain(tx, id)
  await publishFirst(tx, { officeId: id, sopId: deps.newId(), sop, createdBy, now })
  await tx
    .insertInto('calendars')
    .values({ office_id: id, rules: json(defaultRules(facts.timezone)), updated_at: now })
    .execute()
  await tx
    .insertInto('registers')
    .values(registers.map((register) => ({ ...register, office_id: id })))
    .execute()
  await layDefaultSchedule(tx, id, deps.newId)
  const zoneId = deps.newId()
  const zoneRow = { id: zoneId, office_id: id, name: zone, created_at: now }
  await orTaken('zone', peopleTexts.zoneTaken, () =>
    tx
      .insertInto('zones')
      .values({ ...zoneRow, status: 'creating' })
      .execute(),
  )
  await write.job('create-zone', { officeId: id, zoneId })
  await write.job('sign-checkpoints', {})
}

async function publishFirst(
  tx: Tx,
  first: { officeId: string; sopId: string; sop: ReadSop; createdBy: string; now: Date },
): Promise<void> {
  const { officeId, sopId, sop, createdBy, now } = first
  await tx
    .insertInto('sops')
    .values({
      id: sopId,
      office_id: officeId,
      slug: sop.document.id,
      name: sop.document.identity.name,
      current_version: 1,
      created_at: now,
    })
    .execute()
  await tx
    .insertInto('sop_versions')
    .values({
      office_id: officeId,
      sop_id: sopId,
      version: 1,
      source: sop.source,
      document: json(sop.document),
      sha256: createHash('sha256').update(sop.source).digest('hex'),
      status: 'published',
      created_by: createdBy,
      created_at: now,
      published_at: now,
    })
    .execute()
}

async function orTaken(
  field: string,
  text: ConstructorParameters<typeof Refused>[1],
  insert: () => Promise<unknown>,
): Promise<void> {
  try {
    await insert()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Refused(`${field}-taken`, text, { status: 409, issues: [{ field, text }] })
  }
}
