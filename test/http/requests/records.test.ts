import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inScope } from '../../../src/db/database.ts'
import type { Jobs } from '../../../src/db/queue.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import type { DnsDriver } from '../../../src/drivers/dns/driver.ts'
import { provisionService } from '../../../src/jobs/provision-service.ts'
import type { JobDeps } from '../../../src/jobs/deps.ts'
import { readOwnRecords } from '../../../src/lookups/own-records.ts'
import { previewPlan } from '../../../src/lookups/preview-plan.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import { driverFor, newZone, startDnsServer } from '../../support/dns-server.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { layDownService, readRow, recordsOf } from '../../support/records.ts'
import { signedIn } from '../../support/session.ts'

/** The table of records through the pages, by links and plain forms, and over the API. */
let portal: TestApp
let office: TestOffice
let driver: DnsDriver
const who = new Map<Role, Browser>()
/** What ends with the suite: the name server and its directory. */
const ends: (() => unknown)[] = []
const roles = [
  'applicant',
  'operator',
  'head-of-division',
  'head-of-office',
  'auditor',
  'administrator',
] as const

describe('the table of records', () => {
  before(async () => {
    portal = await createTestApp()
    office = await createTestOffice(
      portal.deps,
      'kukar',
      await readSopFile('sops/kutai-kartanegara-dns-record.yaml'),
    )
    for (const role of roles) who.set(role, await signedIn(portal, office.member(role)))
    driver = driverFor(
      (await startDnsServer({ after: (run: () => unknown) => void ends.push(run) } as never)).port,
    )
    await driver.createZone(newZone(office.zone))
    const outside = { ...portal.deps, dnsOf: () => driver, hostingOf: none, addressesOf: () => [] }
    Object.assign(portal.deps.lookups, {
      ownRecords: (question: Parameters<typeof readOwnRecords>[1]) => readOwnRecords(outside, question),
      previewPlan: (question: Parameters<typeof previewPlan>[1]) => previewPlan(outside, question),
    })
  })
  after(async () => {
    assert.deepEqual(portal.faults, [])
    await portal.close()
    for (const end of ends.toReversed()) await end()
  })

  const none = () => ({}) as never
  const as = (role: Role): Browser => who.get(role)!
  const at = (ticket: string, rest = ''): string => `/o/kukar/permohonan/${ticket}${rest}`

  async function service(label: string, sets: readonly Omit<Rrset, 'name' | 'ttl'>[]) {
    const fqdn = `${label}.${office.zone}`
    const records = sets.map((set) => ({ ...set, name: fqdn, ttl: 300 }))
    await driver.apply(planChanges({ zone: office.zone, current: [], desired: records }))
    return { fqdn, id: await layDownService(portal.deps, office, fqdn, records) }
  }

  async function page(role: Role, path: string, status = 200): Promise<string> {
    const response = await as(role).get(path)
    const html = await response.text()
    assert.equal(response.status, status, `${path}\n${html.slice(0, 2000)}`)
    return html
  }

  async function leadsTo(response: Response): Promise<string> {
    const html = response.status === 303 ? '' : await response.text()
    assert.equal(response.status, 303, html.replaceAll(/<[^>]*>/g, ' ').slice(-3000))
    return response.headers.get('location')!
  }

  /** A draft for the service, by the first two forms. */
  async function begin(id: string): Promise<string> {
    const start = { kind: 'record-change', agencyId: office.agencyId }
    const form = await leadsTo(await as('applicant').post('/o/kukar/permohonan/baru', start))
    const subject = { serviceId: id, purpose: 'Surel dan server baru.', lanjut: 'ya' }
    const next = await leadsTo(await as('applicant').post(`${form}?tahap=subjek`, subject))
    assert.match(next, /tahap=record$/)
    return form.split('/')[4]!
  }

  /** Every field of the table as a browser would send it. */
  const fieldsOf = (html: string): Record<string, string> =>
    Object.fromEntries([
      ...[...html.matchAll(/<input[^>]*name="(records\.\d+\.(?:name|value|ttl))"[^>]*>/g)].map(
        ([tag, name]) => [name!, unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '')],
      ),
      ...[...html.matchAll(/<select[^>]*name="(records\.\d+\.type)"[^>]*>(.*?)<\/select>/gs)].map(
        ([, name, body]) => [name!, /<option value="([^"]*)" selected/.exec(body!)?.[1] ?? ''],
      ),
    ])
  const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

  const rest = {
    surat: {
      'letter.number': '005/12/CONTOH/2026',
      'letter.date': '2026-03-01',
      'letter.signatory': 'Kepala Contoh',
      'letter.signatoryPost': 'Kepala Dinas Contoh',
      'file.application-letter': new File([samplePdf], 'surat.pdf', { type: 'application/pdf' }),
    },
    kontak: Object.fromEntries(
      ['administrative', 'technical'].flatMap((which) => [
        [`${which}.name`, 'Pegawai Contoh'],
        [`${which}.post`, 'Staf'],
        [`${which}.phone`, '0800 0000 000'],
        [`${which}.email`, 'a@contoh.example'],
      ]),
    ),
  }

  async function send(ticket: string): Promise<void> {
    for (const [stage, fields] of Object.entries(rest))
      await leadsTo(
        await as('applicant').post(`${at(ticket, '/isian')}?tahap=${stage}`, { ...fields, lanjut: 'ya' }),
      )
    await leadsTo(await as('applicant').post(at(ticket, '/kirim')))
  }

  async function step(role: Role, ticket: string, fields: Record<string, string>): Promise<Response> {
    const { visit } = await readRow(portal.deps, office, ticket)
    return as(role).post(at(ticket, `/langkah/${visit}`), fields)
  }

  async function toPlan(ticket: string): Promise<string> {
    await leadsTo(await step('operator', ticket, {}))
    await leadsTo(await step('operator', ticket, {}))
    await leadsTo(await step('head-of-division', ticket, { conclusion: 'Setuju.', outcome: 'disetujui' }))
    return page('operator', at(ticket))
  }

  const seenIn = (html: string): string => /name="plan" value="([0-9a-f]{64})"/.exec(html)![1]!

  async function work(): Promise<void> {
    const deps = { ...portal.deps, dnsOf: () => driver, hostingOf: none, addressesOf: () => [] }
    const jobs = (await portal.jobs()).filter(({ name }) => name === 'provision-service')
    await provisionService(deps as unknown as JobDeps, jobs.at(-1)!.data as Jobs['provision-service'])
  }

  const liveAt = async (fqdn: string): Promise<string[]> =>
    (await driver.readRrsets(office.zone, [fqdn]))
      .map(({ type, values }) => `${type} ${values.join(' ')}`)
      .sort()

  test('rows are changed, added and removed with plain forms, seen by the desk, carried out and reversed', async () => {
    const own = await service('situs', [
      { type: 'A', values: ['192.0.2.1'] },
      { type: 'TXT', values: ['"lama"'] },
    ])
    const ticket = await begin(own.id)
    const table = fieldsOf(await page('applicant', at(ticket, '/isian?tahap=record')))
    assert.deepEqual(
      [table['records.0.value'], table['records.1.value'], table['records.0.type']],
      ['192.0.2.1', '"lama"', 'A'],
    )
    assert.equal(table['records.4.value'], '', 'three rows stand empty')
    const more = await as('applicant').post(at(ticket, '/isian?tahap=record'), { ...table, tambah: 'ya' })
    const longer = fieldsOf(await page('applicant', (await leadsTo(more)).replace('http://portal.test', '')))
    assert.equal(Object.keys(longer).filter((name) => name.endsWith('.value')).length, 10)

    const wrong = {
      ...table,
      'records.0.value': '192.0.2.999',
      'records.2.name': `lain.${office.zone}`,
      'records.2.type': 'A',
      'records.2.value': '192.0.2.3',
      lanjut: 'ya',
    }
    const refused = await as('applicant').post(at(ticket, '/isian?tahap=record'), wrong)
    const html = await refused.text()
    assert.equal(refused.status, 422)
    assert.match(html, /id="f-records\.0\.value-error"/)
    assert.match(html, /id="f-records\.2\.name-error"/)
    assert.equal(fieldsOf(html)['records.0.value'], '192.0.2.999', 'what was typed is kept')

    const right = {
      ...table,
      'records.0.value': '192.0.2.2',
      'records.1.gone': 'yes',
      'records.2.name': 'surel',
      'records.2.type': 'A',
      'records.2.value': '192.0.2.3',
      'records.3.type': 'MX',
      'records.3.value': `10 surel.${own.fqdn}`,
      lanjut: 'ya',
    }
    assert.match(await leadsTo(await as('applicant').post(at(ticket, '/isian?tahap=record'), right)), /surat/)
    await send(ticket)
    const plan = await toPlan(ticket)
    for (const value of ['192.0.2.1', '192.0.2.2', '&quot;lama&quot;', `10 surel.${own.fqdn}.`])
      assert.ok(plan.includes(value), value)

    await leadsTo(await step('operator', ticket, { confirmed: 'yes', plan: seenIn(plan) }))
    await work()
    assert.deepEqual(await liveAt(own.fqdn), ['A 192.0.2.2', `MX 10 surel.${own.fqdn}.`])
    assert.equal((await recordsOf(portal.deps, office, own.id)).length, 3)
    await leadsTo(await step('operator', ticket, {}))

    assert.match(await page('applicant', at(ticket)), /Balikkan perubahan ini/)
    assert.doesNotMatch(await page('auditor', at(ticket)), /Balikkan perubahan ini/)
    assert.equal((await as('auditor').post(at(ticket, '/balikkan'))).status, 403)
    const draft = await leadsTo(await as('applicant').post(at(ticket, '/balikkan')))
    assert.equal(await leadsTo(await as('applicant').post(at(ticket, '/balikkan'))), draft, 'twice is once')
    const back = fieldsOf(await page('applicant', `${draft}?tahap=record`))
    const rows = Object.entries(back).filter(([name, value]) => name.endsWith('.value') && value !== '')
    assert.deepEqual(rows.map(([, value]) => value).sort(), ['"lama"', '192.0.2.1'])
  })

  test('a zone that changed under the page refuses the approval and shows the new plan', async () => {
    const own = await service('goyah', [{ type: 'A', values: ['192.0.2.1'] }])
    const ticket = await begin(own.id)
    const table = fieldsOf(await page('applicant', at(ticket, '/isian?tahap=record')))
    const changed = { ...table, 'records.0.value': '192.0.2.2', lanjut: 'ya' }
    await leadsTo(await as('applicant').post(at(ticket, '/isian?tahap=record'), changed))
    await send(ticket)
    const seen = seenIn(await toPlan(ticket))
    const name = { name: own.fqdn, type: 'A', ttl: 300 }
    const current = [{ ...name, values: ['192.0.2.1'] }]
    await driver.apply(
      planChanges({ zone: office.zone, current, desired: [{ ...name, values: ['192.0.2.50'] }] }),
    )
    const late = await step('operator', ticket, { confirmed: 'yes', plan: seen })
    const html = await late.text()
    assert.equal(late.status, 409)
    assert.match(html, /Isi zona DNS berubah sejak rencana ini ditampilkan/)
    assert.ok(html.includes('192.0.2.50') && seenIn(html) !== seen)
    assert.deepEqual(await liveAt(own.fqdn), ['A 192.0.2.50'])
  })

  test('over the API: rows as data, the plan with its fingerprint, the reverse', async () => {
    const own = await service('antarmuka', [{ type: 'A', values: ['192.0.2.31'] }])
    const given = await as('applicant').api('GET', `/offices/kukar/services/${own.id}/records`)
    assert.deepEqual(await given.json(), {
      live: true,
      records: [{ name: own.fqdn, type: 'A', value: '192.0.2.31', ttl: 300 }],
    })
    const { label: _label, ...application } = sampleApplication('')
    const started = await as('applicant').api('POST', '/offices/kukar/requests', {
      kind: 'record-change',
      agencyId: office.agencyId,
      serviceId: own.id,
      application: {
        ...application,
        records: [
          { type: 'TXT', value: '<script>alert(1)</script>' },
          { type: 'A', value: '192.0.2.2' },
        ],
      },
    })
    const { ticket } = (await started.json()) as { ticket: string }
    await leadsTo(
      await as('applicant').post(`${at(ticket, '/isian')}?tahap=surat`, { ...rest.surat, lanjut: 'ya' }),
    )
    assert.equal(
      (await as('applicant').api('POST', `/offices/kukar/requests/${ticket}/submission`, {})).status,
      200,
    )
    const html = await toPlan(ticket)
    assert.ok(!html.includes('<script>alert'), 'a value is text wherever it is shown')
    assert.equal((await as('applicant').api('GET', `/offices/kukar/requests/${ticket}/plan`)).status, 403)
    const plan = (await (
      await as('operator').api('GET', `/offices/kukar/requests/${ticket}/plan`)
    ).json()) as {
      plan: string
      changes: { type: string; before: unknown; after: { values: string[] } }[]
      findings: unknown[]
    }
    assert.deepEqual(plan.findings, [])
    assert.deepEqual(plan.changes.find(({ type }) => type === 'A')!.after.values, ['192.0.2.2'])
    const finish = (form: Record<string, unknown>) =>
      as('operator').api('POST', `/offices/kukar/requests/${ticket}/steps/5`, { form })
    const unseen = await finish({ confirmed: true })
    assert.deepEqual(
      [unseen.status, ((await unseen.json()) as { type: string }).type],
      [409, 'urn:ranah:problem:plan-unseen'],
    )
    assert.equal((await finish({ confirmed: true, plan: '0'.repeat(64) })).status, 409)
    assert.equal((await finish({ confirmed: true, plan: plan.plan })).status, 200)
    await work()
    assert.deepEqual(await liveAt(own.fqdn), ['A 192.0.2.2', 'TXT "<script>alert(1)</script>"'])
    assert.equal(
      (await as('applicant').api('POST', `/offices/kukar/requests/${ticket}/reversal`)).status,
      409,
    )
    assert.equal(
      (await as('operator').api('POST', `/offices/kukar/requests/${ticket}/steps/6`, {})).status,
      200,
    )
    assert.equal(
      (await as('head-of-office').api('POST', `/offices/kukar/requests/${ticket}/reversal`)).status,
      403,
    )
    const reversal = await as('applicant').api('POST', `/offices/kukar/requests/${ticket}/reversal`)
    assert.deepEqual([reversal.status, ((await reversal.json()) as { phase: string }).phase], [201, 'draft'])
  })

  test('a large plan waits for the head, who names its number on the page', async () => {
    const fqdn = `besar.${office.zone}`
    const sets = 'abcdefgh'
      .split('')
      .map((name) => ({ name: `${name}.${fqdn}`, type: 'A', ttl: 300, values: ['192.0.2.9'] }))
    await driver.apply(planChanges({ zone: office.zone, current: [], desired: sets }))
    const id = await layDownService(portal.deps, office, fqdn, sets)
    const ticket = await begin(id)
    const table = fieldsOf(await page('applicant', at(ticket, '/isian?tahap=record')))
    const moved = Object.fromEntries(
      Object.entries(table).map(([name, value]) => [name, value === '192.0.2.9' ? '192.0.2.10' : value]),
    )
    await leadsTo(await as('applicant').post(at(ticket, '/isian?tahap=record'), { ...moved, lanjut: 'ya' }))
    await send(ticket)
    const plan = await toPlan(ticket)
    assert.match(plan, /Rencana ini belum boleh dijalankan/)
    const blocked = await step('operator', ticket, { confirmed: 'yes', plan: seenIn(plan) })
    assert.equal(blocked.status, 409)
    const allowance = { plan: seenIn(plan), touched: '8', allowance: 'Server pindah.' }
    assert.equal((await as('operator').post(at(ticket, '/izin-perubahan'), allowance)).status, 403)
    const head = await page('head-of-division', at(ticket))
    assert.match(head, /Izinkan perubahan besar ini/)
    const wrong = await as('head-of-division').post(at(ticket, '/izin-perubahan'), {
      ...allowance,
      touched: '80',
    })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /id="f-touched-error"/)
    await leadsTo(await as('head-of-division').post(at(ticket, '/izin-perubahan'), allowance))
    assert.match(await page('operator', at(ticket)), /telah diizinkan secara khusus/)
    await leadsTo(await step('operator', ticket, { confirmed: 'yes', plan: seenIn(plan) }))
    const entry = await inScope(portal.deps.db, { officeId: office.id }, (tx) =>
      tx
        .selectFrom('logbook_entries')
        .select('text')
        .where('act', '=', 'service.plan-allowed')
        .executeTakeFirst(),
    )
    assert.match(entry!.text, /"touched":8/)
  })
})
