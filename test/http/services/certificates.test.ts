import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../../support/app.ts'
import { asOwner, createTestApp } from '../../support/app.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

/** What the page of a service and the API show of its certificate. */
describe('certificates on the page of a service', () => {
  let portal: TestApp
  let office: TestOffice
  let authority: string
  before(async () => {
    portal = await createTestApp()
    office = await createTestOffice(
      portal.deps,
      'contoh',
      await readSopFile('sops/katingan-subdomain-hosting.yaml'),
    )
    authority = randomUUID()
    await asOwner(
      portal.database,
      `insert into servers (id, office_id, kind, driver, name, settings, is_default, created_at)
       values ($1, $2, 'ca', 'acme', 'Otoritas uji', '{}', true, now())`,
      [authority, office.id],
    )
  })
  after(() => portal.close())

  async function layService(label: string): Promise<string> {
    const id = randomUUID()
    const person = {
      name: 'Pegawai Contoh',
      post: 'Pranata Komputer',
      phone: '0800 0000 000',
      email: 'a@contoh.example',
    }
    await asOwner(
      portal.database,
      `insert into services (id, office_id, agency_id, zone_id, fqdn, has_record, has_site, records, status,
         administrative_contact, technical_contact, registered_until, live_at)
       values ($1, $2, $3, $4, $5, true, true, '[]', 'live', $6, $6, '2027-03-20', now())`,
      [id, office.id, office.agencyId, office.zoneId, `${label}.${office.zone}`, JSON.stringify(person)],
    )
    return id
  }

  const certificate = (serviceId: string, values: Record<string, unknown>): Promise<unknown> => {
    const row = {
      id: randomUUID(),
      office_id: office.id,
      service_id: serviceId,
      ca_id: authority,
      names: [`aman.${office.zone}`],
      created_at: new Date('2026-03-01'),
      ...values,
    }
    const columns = Object.keys(row)
    return asOwner(
      portal.database,
      `insert into certificates (${columns.join()}) values (${columns.map((_, index) => `$${index + 1}`).join()})`,
      Object.values(row),
    )
  }

  const signed = {
    chain: '-----BEGIN CERTIFICATE-----',
    issuer: 'Otoritas Contoh',
    serial: '0a',
    not_before: new Date('2026-03-01T00:00:00Z'),
    not_after: new Date('2026-05-30T00:00:00Z'),
    signed_at: new Date('2026-03-01T00:00:00Z'),
  }

  async function seen(serviceId: string): Promise<{ page: string; api: unknown }> {
    const operator = await signedIn(portal, office.member('operator'))
    const page = await (await operator.get(`/o/contoh/layanan/${serviceId}`)).text()
    const answer = await operator.get(`/api/v1/offices/contoh/services/${serviceId}`)
    return { page, api: ((await answer.json()) as { certificates: unknown }).certificates }
  }

  test('none yet', async () => {
    const { page, api } = await seen(await layService('polos'))
    assert.match(page, /Belum ada sertifikat\. Situs dibuka lewat http\./)
    assert.deepEqual(api, [])
  })

  test('one in use: issuer, names and validity; its chain is shown to nobody', async () => {
    const serviceId = await layService('aman')
    await certificate(serviceId, { status: 'live', ...signed })
    await certificate(serviceId, { status: 'replaced', ...signed, issuer: 'Otoritas Lama' })
    const { page, api } = await seen(serviceId)
    for (const expected of [/Terpasang/, /Otoritas Contoh/, /aman\.contohkab\.example/, /30 Mei 2026/])
      assert.match(page, expected)
    assert.doesNotMatch(page, /Otoritas Lama|BEGIN CERTIFICATE/)
    assert.deepEqual(api, [
      {
        status: 'live',
        names: ['aman.contohkab.example'],
        issuer: 'Otoritas Contoh',
        notBefore: '2026-03-01T00:00:00.000Z',
        notAfter: '2026-05-30T00:00:00.000Z',
        expectedAt: null,
        trouble: null,
      },
    ])
  })

  test('one that waits: for its turn with the time to expect, or with what stands in its way', async () => {
    const queued = await layService('antre')
    await certificate(queued, { status: 'waiting', expected_at: new Date('2026-03-07T02:00:00Z') })
    assert.match((await seen(queued)).page, /Sertifikat menunggu giliran, perkiraan[^]*7 Maret 2026/)
    const hindered = await layService('hambat')
    const trouble = { id: 'Otoritas <b>tidak</b> menjawab.', en: 'The authority does not answer.' }
    const expected_at = new Date('2026-03-02T03:00:00Z')
    await certificate(hindered, { status: 'waiting', expected_at, trouble: JSON.stringify(trouble) })
    const { page } = await seen(hindered)
    assert.match(page, /Otoritas &lt;b&gt;tidak&lt;\/b&gt; menjawab\.[^]*Dicoba lagi/)
  })
})
