import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Deps, Member } from '../../src/actions/act.ts'
import { json } from '../../src/db/database.ts'
import type { Database, Tx } from '../../src/db/database.ts'
import { inScope, openDatabase } from '../../src/db/database.ts'
import { layDefaultSchedule } from '../../src/db/archive/schedule.ts'
import { startChain } from '../../src/db/logbook.ts'
import type { JobName } from '../../src/db/queue.ts'
import type { Role } from '../../src/domain/access/roles.ts'
import { defaultRules } from '../../src/domain/calendar/defaults.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { parseSop } from '../../src/domain/sop/parse.ts'

/** A clock that tests move by hand; it starts on a Monday at 09.00 WIB. */
export type TestClock = { now: Date; advance: (ms: number) => void }

export type EnqueuedJob = { readonly name: JobName; readonly data: unknown; readonly startAfter?: Date }

/** Deps over a test database whose queue only remembers what was enqueued. */
export type TestDeps = Deps & {
  readonly clock: TestClock
  readonly jobs: EnqueuedJob[]
  readonly database: Database
}

export function testDeps(appUrl: string, options: { max?: number } = {}): TestDeps {
  const database = openDatabase(appUrl, options)
  const clock: TestClock = {
    now: new Date('2026-03-02T02:00:00Z'),
    advance: (ms) => void (clock.now = new Date(clock.now.getTime() + ms)),
  }
  const jobs: EnqueuedJob[] = []
  return {
    database,
    db: database.db,
    clock,
    jobs,
    now: () => clock.now,
    randomBytes,
    newId: randomUUID,
    enqueue: async (_tx, name, data, { startAfter } = {}) =>
      void jobs.push({ name, data, ...(startAfter && { startAfter }) }),
  }
}

/** Reads one of the SOPs that the project ships, or a fixture. */
export async function readSopFile(path: string): Promise<SopDocument> {
  const parsed = parseSop(await readFile(new URL(`../../${path}`, import.meta.url)))
  if (!parsed.ok) throw new Error(parsed.findings.map((each) => each.text.en).join('\n'))
  return parsed.document
}

export type TestOffice = {
  readonly id: string
  readonly slug: string
  readonly zoneId: string
  readonly zone: string
  readonly agencyId: string
  readonly sopId: string
  readonly sop: SopDocument
  /** A member with one role; applicants belong to the sample agency. */
  readonly member: (role: Role) => Member
}

const staff: readonly Role[] = [
  'applicant',
  'operator',
  'head-of-division',
  'head-of-office',
  'auditor',
  'administrator',
]

/** Lays down an office with one SOP in force, a zone, an agency and one person for each role. */
export async function createTestOffice(deps: Deps, slug: string, sop: SopDocument): Promise<TestOffice> {
  const ids = { id: randomUUID(), zoneId: randomUUID(), agencyId: randomUUID(), sopId: randomUUID() }
  const zone = `${slug}kab.example`
  const people = new Map<Role, string>(
    staff.map((role) => [role, `${slug}-${role}-${randomBytes(4).toString('hex')}`]),
  )
  await inScope(deps.db, { officeId: ids.id }, (tx) =>
    layDown(tx, deps.now(), { ...ids, slug, zone, sop, people }),
  )
  const member = (role: Role): Member => ({
    kind: 'person',
    officeId: ids.id,
    personId: people.get(role)!,
    name: `Pegawai Contoh ${role}`,
    email: `${people.get(role)}@contoh.example`,
    roles: [role],
    agencyIds: role === 'applicant' ? [ids.agencyId] : [],
  })
  return { ...ids, slug, zone, sop, member }
}

type Plan = {
  id: string
  zoneId: string
  agencyId: string
  sopId: string
  slug: string
  zone: string
  sop: SopDocument
  people: ReadonlyMap<Role, string>
}

async function layDown(tx: Tx, at: Date, plan: Plan): Promise<void> {
  const office_id = plan.id
  await tx
    .insertInto('offices')
    .values({
      id: plan.id,
      slug: plan.slug,
      government: plan.sop.office.government,
      name: plan.sop.office.name,
      region: plan.sop.office.region,
      place: plan.sop.office.region,
      timezone: plan.sop.office.timezone,
      letterhead: json({ addressLines: ['Jalan Contoh Nomor 1'] }),
      created_at: at,
    })
    .execute()
  await startChain(tx, plan.id)
  await tx
    .insertInto('calendars')
    .values({ office_id, rules: json(defaultRules(plan.sop.office.timezone)), updated_at: at })
    .execute()
  await tx
    .insertInto('registers')
    .values([
      { office_id, code: 'incoming', pattern: '{seq:3}/{year}' },
      { office_id, code: 'outgoing', pattern: '555/{seq}/CONTOH/{romanMonth}/{year}' },
      { office_id, code: 'hand-over', pattern: 'BAST-{seq:3}/{year}' },
    ])
    .execute()
  await layDefaultSchedule(tx, office_id, randomUUID)
  await tx
    .insertInto('zones')
    .values({
      id: plan.zoneId,
      office_id,
      name: plan.zone,
      status: 'ready',
      created_at: at,
    })
    .execute()
  await tx
    .insertInto('agencies')
    .values({ id: plan.agencyId, office_id, name: 'Dinas Contoh', created_at: at })
    .execute()
  for (const [role, id] of plan.people) {
    await tx
      .insertInto('auth_user')
      .values({ id, name: `Pegawai Contoh ${role}`, email: `${id}@contoh.example` })
      .execute()
    await tx
      .insertInto('memberships')
      .values({
        office_id,
        person_id: id,
        role,
        agency_id: role === 'applicant' ? plan.agencyId : null,
        since: at,
      })
      .execute()
    await tx
      .insertInto('appointments')
      .values({
        id: randomUUID(),
        office_id,
        person_id: id,
        role,
        agency_id: role === 'applicant' ? plan.agencyId : null,
        basis: 'sk',
        number: `800/${role}/2026`,
        dated: '2026-01-02',
        from_day: '2026-01-02',
        created_at: at,
      })
      .execute()
  }
  await layDownSop(tx, at, plan)
}

async function layDownSop(tx: Tx, at: Date, plan: Plan): Promise<void> {
  const office_id = plan.id
  await tx
    .insertInto('sops')
    .values({
      id: plan.sopId,
      office_id,
      slug: plan.sop.id,
      name: plan.sop.identity.name,
      current_version: 1,
      created_at: at,
    })
    .execute()
  await tx
    .insertInto('sop_versions')
    .values({
      office_id,
      sop_id: plan.sopId,
      version: 1,
      source: '',
      document: json(plan.sop),
      sha256: '',
      status: 'published',
      created_at: at,
      published_at: at,
    })
    .execute()
}

/** An application that is complete for a new name with hosting. */
export function sampleApplication(label: string): Record<string, unknown> {
  const person = {
    name: 'Pegawai Contoh',
    post: 'Pranata Komputer',
    phone: '0800 0000 000',
    email: 'pegawai@contoh.example',
  }
  return {
    label,
    purpose: 'Laman resmi untuk layanan informasi publik.',
    letter: {
      number: '005/12/CONTOH/2026',
      date: '2026-03-01',
      signatory: 'Kepala Contoh',
      signatoryPost: 'Kepala Dinas Contoh',
    },
    administrative: person,
    technical: person,
  }
}

/** A tiny PDF, good enough to stand for a letter where only its presence matters. */
export const samplePdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)
