import { privateKeyOf, vkeyOf } from '../../../src/domain/logbook/note.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { sampleApplication, samplePdf } from '../../support/office.ts'
import type { TestOffice } from '../../support/portal.ts'

/** An installation of two offices at work; the second must neither be seen nor touched from the first. */
export type World = {
  readonly portal: TestPortal
  /** Ids of the first office's rows, by the name of the API's parameter. */
  readonly own: ReadonlyMap<string, readonly string[]>
  readonly foreign: readonly string[]
  /** The second office, and its rows by the same names. */
  readonly other: TestOffice
  readonly foreignOf: ReadonlyMap<string, readonly string[]>
  /** What no answer to the first office may hold. */
  readonly secrets: readonly string[]
  /** Counts the rows of every table that an act changes. */
  readonly countQuery: string
  /** A digest of every row of the second office. */
  readonly neighbour: () => Promise<readonly unknown[]>
}

/** Tries, sessions and repeated keys are noted also for what is refused. */
const notCounted = [
  'tries',
  'auth_session',
  'auth_verification',
  'idempotency_keys',
  'used_codes',
  'used_challenges',
  'test_jobs',
]

const sourceOf = {
  ticket: 'select ticket as id from requests',
  document: 'select id from documents',
  record: 'select id from documents',
  line: 'select id from retention_lines',
  disposal: 'select id from disposals',
  agency: 'select id from agencies',
  zone: 'select name as id from zones',
  zoneId: 'select id from zones',
  service: 'select id from services',
  sop: 'select slug as id from sops',
  registration: 'select id from self_registrations',
  invitation: 'select id from invitations',
  appointment: 'select id from appointments',
  letter: 'select id from letters',
  reveal: 'select id from credential_reveals',
  code: 'select verification_code as id from letters',
  witness: 'select id from logbook_witnesses',
}

export async function createWorld(): Promise<World> {
  const portal = await createTestPortal()
  const other = await portal.addOffice('tetangga')
  for (const office of [portal, other]) await fill(portal, office)
  const own = new Map<string, readonly string[]>([
    ['version', ['1', '2']],
    ['no', ['1', '2', '3']],
    ['seq', ['1', '2', '9']],
    ['date', ['2026-03-19']],
    ['kind', ['agencies', 'people', 'services']],
    ['book', ['outgoing', 'subdomain', 'surat-keluar']],
    ['format', ['csv', 'xlsx', 'json']],
    ['limit', ['1', '100']],
    ['view', ['all', 'open']],
    ['label', ['perpustakaan', 'xn--a', 'www', 'a.b']],
    ['cursor', ['WyJ4IiwieSJd', 'WyIxIl0', 'WyIxIiwiMSJd']],
  ])
  const foreign: string[] = []
  const foreignOf = new Map<string, readonly string[]>()
  for (const [name, query] of Object.entries(sourceOf)) {
    const idsOf = async (office: TestOffice) =>
      (await asOwner(portal.database, `${query} where office_id = $1`, [office.id])).map((row) =>
        String(row.id),
      )
    own.set(name, await idsOf(portal))
    foreignOf.set(name, await idsOf(other))
    foreign.push(...foreignOf.get(name)!)
  }
  own.set('bundle', [await caseFileOf(portal)])
  foreignOf.set('bundle', [await caseFileOf(other)])
  const scapegoat = await portal.member('head-of-office')
  own.set('person', [scapegoat.personId])
  const tables = await asOwner(
    portal.database,
    `select t.table_name as name, exists (select from information_schema.columns c
       where c.table_name = t.table_name and c.column_name = 'office_id') as of_office
     from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
     order by 1`,
  )
  const names = tables.map((row) => String(row.name))
  const ofOffice = tables.filter((row) => row.of_office).map((row) => String(row.name))
  const slugs = await asOwner(portal.database, 'select slug as id from sops where office_id = $1', [other.id])
  return {
    portal,
    own,
    foreign: [...new Set(foreign)],
    other,
    foreignOf,
    // An SOP's word and the zone's name are public; ids, tickets and people are not.
    secrets: [
      ...foreign.filter((id) => !slugs.some((row) => row.id === id) && id !== other.zone),
      '@tetangga.test',
    ],
    countQuery: names
      .filter((name) => !notCounted.includes(name))
      .map((name) => `select '${name}=' || count(*) as n from ${name}`)
      .join(' union all '),
    neighbour: () =>
      asOwner(
        portal.database,
        ofOffice
          .map(
            (name) =>
              `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as digest
               from ${name} t where office_id = '${other.id}'`,
          )
          .join(' union all '),
      ),
  }
}

/** A case file in the making: it lies in no table. */
async function caseFileOf(office: TestOffice): Promise<string> {
  const applicant = await office.as('applicant')
  const base = `/offices/${office.slug}/requests`
  const { items } = (await (await applicant.api('GET', base)).json()) as { items: { ticket: string }[] }
  const begun = await applicant.api('POST', `${base}/${items[0]!.ticket}/case-files`)
  return ((await begun.json()) as { id: string }).id
}

/** A draft, a request on its way, an agency, an invitation and a registration. */
async function fill(portal: TestPortal, office: TestOffice): Promise<void> {
  const applicant = await office.as('applicant')
  const base = `/offices/${office.slug}`
  const options = (await (await applicant.api('GET', `${base}/request-options`)).json()) as {
    agencies: { id: string }[]
    zones: { id: string }[]
    kinds: { id: string }[]
  }
  await asOwner(portal.database, "update zones set status = 'ready' where office_id = $1", [office.id])
  const zones = await asOwner(portal.database, 'select id from zones where office_id = $1', [office.id])
  const start = async (label: string): Promise<string> => {
    const { ticket } = await created(applicant, `${base}/requests`, {
      kind: options.kinds[0]!.id,
      agencyId: options.agencies[0]!.id,
      zoneId: zones[0]!.id,
      application: sampleApplication(label),
    })
    return String(ticket)
  }
  await start('draf')
  const ticket = await start('berjalan')
  await upload(applicant, `${base}/requests/${ticket}/documents?kind=application-letter`)
  await upload(applicant, `${base}/requests/${ticket}/documents?kind=application-form`)
  await created(applicant, `${base}/requests/${ticket}/submission`, {})
  await created(await office.as('operator'), `${base}/invitations`, {
    name: 'Ida Contoh',
    email: `ida@${office.slug}.test`,
    role: 'applicant',
    agency: 'Badan Contoh',
  })
  await created(await office.as('administrator'), `${base}/logbook/witnesses`, {
    organisation: 'Inspektorat Contoh',
    vkey: vkeyOf(`saksi-${office.slug}`, 'cosignature', privateKeyOf(Buffer.alloc(32, 3))),
  })
  // nothing is due in an office that is minutes old; a proposal of before is laid
  await asOwner(
    portal.database,
    `insert into disposals (id, office_id, status, proposed_by, proposed_at)
     select gen_random_uuid(), $1, 'proposed', person_id, now() from memberships where office_id = $1 limit 1`,
    [office.id],
  )
  await portal.visit().api('POST', `${base}/registrations`, {
    name: 'Rina Contoh',
    email: `rina@${office.slug}.test`,
    post: 'Pranata Komputer',
    agency: 'Badan Contoh',
    reason: 'Mengurus subdomain.',
  })
}

async function created(browser: Browser, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await browser.api('POST', path, body)
  const answer = (await response.json()) as Record<string, unknown>
  if (response.status >= 300) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

async function upload(browser: Browser, path: string): Promise<void> {
  await browser.send(`/api/v1${path}&filename=surat.pdf`, {
    method: 'POST',
    body: new Uint8Array(samplePdf),
    headers: { origin: browser.origin, 'content-type': 'application/pdf' },
  })
}

/** One row of an office for every parameter that names one; those it has not yet are laid into the database. */
export async function rowsOf(
  { portal, other, own, foreignOf }: World,
  office: TestOffice,
): Promise<ReadonlyMap<string, string>> {
  const known = office === other ? foreignOf : own
  const found = new Map([...known].flatMap(([name, ids]) => (ids[0] ? [[name, ids[0]] as const] : [])))
  const { personId } = await office.member('administrator')
  const lay = async (name: string, statement: string): Promise<void> => {
    const [row] = await asOwner(portal.database, `${statement} returning id`, [office.id])
    found.set(name, String(row!.id))
  }
  await lay(
    'service',
    `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
       administrative_contact, technical_contact, live_at)
     select gen_random_uuid(), $1, a.id, z.id, 'arsip.' || z.name, 'live', false, false, c, c, now()
     from agencies a, zones z, jsonb_build_object('name', 'Ani Contoh', 'email', 'ani@${office.slug}.test',
       'phone', '0800000000') c where a.office_id = $1 and z.office_id = $1 limit 1`,
  )
  await lay(
    'reveal',
    `insert into credential_reveals (id, office_id, service_id, contact_email, sealed, status, created_at, expires_at)
     select gen_random_uuid(), $1, id, 'ani@${office.slug}.test', 'x', 'ready', now(), now() + interval '1 year'
     from services where office_id = $1`,
  )
  await lay(
    'letter',
    `insert into letters (id, office_id, kind, register, year, seq, number, dated, data, verification_code, status,
       created_at)
     values (gen_random_uuid(), $1, 'reply', 'outgoing', 2026, 900, '900', '2026-03-02', '{}', 'XXXX-${office.slug}', 'numbered',
       now())`,
  )
  await lay(
    'finding',
    `insert into zone_findings (id, office_id, zone_id, name, type, kind, found_at, status)
     select gen_random_uuid(), $1, id, 'x.' || name, 'A', 'missing', now(), 'open' from zones where office_id = $1`,
  )
  await lay(
    'server',
    `insert into servers (id, office_id, kind, driver, name, settings, created_at)
     values (gen_random_uuid(), $1, 'dns', 'rfc2136', 'Server ${office.slug}', '{}', now())`,
  )
  await lay(
    'signatory',
    `insert into signatories (id, office_id, person_id, post, name, from_day, created_at)
     select gen_random_uuid(), $1, '${personId}', 'Kepala Dinas', 'Ani Contoh', '2026-01-01', now()`,
  )
  await lay(
    'token',
    `insert into api_tokens (id, office_id, person_id, name, token_hash, created_at, expires_at)
     select gen_random_uuid(), $1, '${personId}', 'skrip', 'hash ${office.slug}', now(), now() + interval '1 year'`,
  )
  return found.set('person', personId)
}
