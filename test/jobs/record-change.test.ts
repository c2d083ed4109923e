import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { allowPlan } from '../../src/actions/fulfilment/allow-plan.ts'
import { reverseChange } from '../../src/actions/requests/reverse-change.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { inScope } from '../../src/db/database.ts'
import type { EnteredRow } from '../../src/domain/dns/own-records.ts'
import { planChanges } from '../../src/domain/dns/plan.ts'
import { parseRecords } from '../../src/domain/dns/record-input.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import { fingerprintOf } from '../../src/domain/fulfilment/plan.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import type { Jobs } from '../../src/db/queue.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import { dnsServerText } from '../../src/domain/text/dns-servers.ts'
import type { DnsDriver } from '../../src/drivers/dns/driver.ts'
import { DnsFailure } from '../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { startBind } from '../../src/servers/debian/bind.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { masterFile } from '../support/debian-dns.ts'
import { testKey, testZone } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import {
  approve,
  layDownService,
  planOf,
  readRow,
  recordsOf,
  sendAndWalk,
  toApproval,
} from '../support/records.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Setting = { world: TestWorld; office: TestOffice; driver: DnsDriver }

/** The office's zone on the embedded name server, or on BIND. */
const settings = {
  embedded: async (world: TestWorld, office: TestOffice) => {
    const driver = world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
    const soa = { mname: `ns1.${office.zone}`, rname: `hostmaster.${office.zone}`, serial: 1 }
    await driver.createZone({
      zone: office.zone,
      soa: { ...soa, refresh: 3600, retry: 600, expire: 86_400, minimum: 60 },
      nameServers: [{ name: `ns1.${office.zone}`, addresses: ['127.0.0.1'] }],
      ttl: 300,
    })
    return { driver, stop: async () => {} }
  },
  BIND: async (_world: TestWorld, office: TestOffice) => {
    const directory = await mkdtemp(join(tmpdir(), 'ranah-bind-'))
    const port = await freePort()
    const zones = { [office.zone]: masterFile.replaceAll(testZone, office.zone) }
    const server = await startBind({
      directory,
      port,
      zones,
      keys: [{ key: testKey, update: true, transfer: true }],
    })
    console.log(`note: BIND ${server.version}, process ${server.pid}`)
    const nameServers = [{ name: '*', host: '127.0.0.1', port }]
    return {
      driver: openDnsDriver('rfc2136', { host: '127.0.0.1', port, key: testKey, nameServers }),
      stop: async () => {
        await server.stop('SIGKILL')
        await rm(directory, { recursive: true, force: true })
      },
    }
  },
} as const

for (const kind of ['embedded', 'BIND'] as const)
  describe(`changes of records on ${kind}`, () => {
    let it: Setting
    let stop = async (): Promise<void> => {}

    before(async () => {
      const world = await createTestWorld()
      const sop = await readSopFile('sops/kutai-kartanegara-dns-record.yaml')
      const closure = { id: 'closure', form: [] } as never
      const served = { ...sop, serves: [...sop.serves, closure] }
      const office = await createTestOffice(world.deps, 'kukar', served)
      const opened = await settings[kind](world, office)
      stop = async () => {
        await opened.stop()
        await world.close()
      }
      it = { world, office, driver: opened.driver }
      Object.assign(world.deps, { dnsOf: () => opened.driver })
      // So many names that a change of a few is a small part of the zone.
      const names = Array.from({ length: 60 }, (_, no) => ({
        name: `lain${no}`,
        type: 'A',
        value: '192.0.2.200',
      }))
      await setZone(parse(office.zone, names))
    })
    after(() => stop())

    /** A live service with these records, in the zone and in the registry. */
    async function service(label: string, rows: readonly EnteredRow[]) {
      const { world, office } = it
      const fqdn = `${label}.${office.zone}`
      const records = parse(fqdn, rows)
      await setZone(records)
      return { fqdn, id: await layDownService(world.deps, office, fqdn, records) }
    }

    const parse = (fqdn: string, rows: readonly EnteredRow[]): Rrset[] =>
      parseRecords(
        rows.map((row) => ({ name: '', ttl: 300, ...row }) as never),
        it.office.zone,
        fqdn,
      )

    /** What somebody else does to the zone. */
    async function setZone(desired: readonly Rrset[]): Promise<void> {
      const { driver, office } = it
      const current = await driver.readRrsets(office.zone, [...new Set(desired.map(({ name }) => name))])
      await driver.apply(planChanges({ zone: office.zone, current, desired }))
    }

    const inZone = async (...names: string[]): Promise<string[]> =>
      (await it.driver.readRrsets(it.office.zone, names))
        .map(({ name, type, ttl, values }) => `${name} ${ttl} ${type} ${values.join(' ')}`)
        .sort()

    test('a table of records becomes what every server says, and one click makes its reverse', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('situs', [
        { type: 'A', value: '192.0.2.1' },
        { type: 'TXT', value: 'lama' },
      ])
      const before = await inZone(own.fqdn)
      const ticket = await toApproval(deps, office, own.id, [
        { type: 'A', value: '192.0.2.2' },
        { type: 'MX', value: `10 surel.${own.fqdn}` },
        { name: 'surel', type: 'A', value: '192.0.2.3', ttl: '600' },
        { name: '_sip._tcp', type: 'SRV', value: `0 5 5060 surel.${own.fqdn}` },
        { type: 'CAA', value: '0 issue "ca.contoh.example"' },
        { name: 'anak', type: 'NS', value: 'ns1.contoh.example' },
      ])
      const { plan, findings } = await planOf(deps, office, ticket)
      assert.deepEqual(findings, [])
      assert.deepEqual(plan.dns!.changes.map(({ op, type }) => `${op} ${type}`).sort(), [
        'add A',
        'add CAA',
        'add MX',
        'add NS',
        'add SRV',
        'remove TXT',
        'replace A',
      ])
      await approve(deps, office, ticket)
      await world.drain()
      assert.equal((await readRow(deps, office, ticket)).step, 6)
      assert.deepEqual(await inZone(own.fqdn, `surel.${own.fqdn}`), [
        `${own.fqdn} 300 A 192.0.2.2`,
        `${own.fqdn} 300 CAA 0 issue "ca.contoh.example"`,
        `${own.fqdn} 300 MX 10 surel.${own.fqdn}.`,
        `surel.${own.fqdn} 600 A 192.0.2.3`,
      ])
      assert.equal((await recordsOf(deps, office, own.id)).length, 6)
      const entry = await logged('service.records-changed', ticket)
      const changed = entry.details.changes.find((each) => each.op === 'replace')
      assert.deepEqual([changed?.before, changed?.after], [['192.0.2.1'], ['192.0.2.2']])

      await assert.rejects(reverseChange(deps, office.member('applicant'), ticket), {
        reason: 'not-reversible',
      })
      const { visit } = await readRow(deps, office, ticket)
      await completeStep(deps, office.member('operator'), ticket, { step: 6, visit })
      const reversals = await Promise.all(
        [1, 2, 3].map(() => reverseChange(deps, office.member('applicant'), ticket)),
      )
      assert.equal(new Set(reversals.map((each) => each.ticket)).size, 1, 'three clicks make one draft')
      const back = reversals[0]!.ticket
      const draft = await readRow(deps, office, back)
      assert.deepEqual([draft.phase, draft.kind, draft.service_id], ['draft', 'record-change', own.id])
      const { letter } = (await readRow(deps, office, ticket)).form
      await inScope(deps.db, { officeId: office.id }, (tx) =>
        tx
          .updateTable('requests')
          .set({ form: JSON.stringify({ ...draft.form, letter }) })
          .where('ticket', '=', back)
          .execute(),
      )
      await sendAndWalk(deps, office, back)
      await approve(deps, office, back)
      await world.drain()
      assert.equal((await readRow(deps, office, back)).step, 6, 'the reverse is carried out')
      assert.deepEqual(await inZone(own.fqdn, `surel.${own.fqdn}`, `_sip._tcp.${own.fqdn}`), before)
      await assertChain()
    })

    test('a name that only the zone points at does not go, and who decides reads which records', async () => {
      const { world, office } = it
      const { fqdn, id } = await service('ditunjuk', [
        { name: '', type: 'A', value: '192.0.2.40' },
        { name: 'surel', type: 'A', value: '192.0.2.41' },
      ])
      // Nobody registered this one: it was there before, or somebody else put it there.
      const stray = { name: `liar.${office.zone}`, type: 'MX', ttl: 300, values: [`10 surel.${fqdn}.`] }
      await setZone([stray])
      const ticket = await toApproval(world.deps, office, id, [
        { name: '', type: 'A', value: '192.0.2.40', ttl: 300 },
      ])
      const { findings } = await planOf(world.deps, office, ticket)
      assert.deepEqual(
        findings.map(({ kind: what, blocks }) => [what, blocks]),
        [['dangling', true]],
      )
      assert.match(findings[0]!.text.id, new RegExp(`liar.${office.zone} MX`))
      await assert.rejects(approve(world.deps, office, ticket), { reason: 'plan-blocked' })
      await setZone([{ ...stray, values: [] }])
      await approve(world.deps, office, ticket)
      await world.drain()
      assert.deepEqual(await inZone(`surel.${fqdn}`), [])
    })

    test('a closure and a change of one service at once: one works, the other comes again and says why', async () => {
      const { world, office } = it
      const { deps } = world
      const { fqdn, id } = await service('rebutan', [{ name: '', type: 'A', value: '192.0.2.50' }])
      const change = await toApproval(deps, office, id, [
        { name: '', type: 'A', value: '192.0.2.51', ttl: 300 },
      ])
      const closure = await toApproval(deps, office, id, undefined, 'closure')
      await approve(deps, office, change)
      const row = await readRow(deps, office, closure)
      const form = { confirmed: true }
      await completeStep(deps, office.member('operator'), closure, {
        step: row.step!,
        visit: row.visit,
        form,
      })
      const jobs = deps.jobs.splice(0).filter(({ name }) => name === 'provision-service')
      assert.equal(jobs.length, 2)
      const [first, second] = jobs.map(({ data }) => data as Jobs['provision-service'])
      const real = it.driver
      const meeting = Promise.withResolvers<void>()
      const busy: Promise<void>[] = []
      Object.assign(deps, {
        dnsOf: (): DnsDriver => ({
          ...real,
          apply: async (plan) => {
            // While the first one is at the name server, the other one begins.
            if (busy.length === 0) {
              busy.push(assert.rejects(provisionService(deps, second!), { reason: 'request-busy' }))
              await busy[0]
              meeting.resolve()
            }
            return real.apply(plan)
          },
        }),
      })
      await provisionService(deps, first!)
      await meeting.promise
      Object.assign(deps, { dnsOf: () => real })
      await provisionService(deps, second!)
      await world.drain()
      assert.deepEqual(await inZone(fqdn), [])
      const services = await inScope(deps.db, { officeId: office.id }, (tx) =>
        tx.selectFrom('services').select('status').where('id', '=', id).execute(),
      )
      assert.deepEqual(services, [{ status: 'closed' }])
    })

    test('a zone that changed since the plan was seen is not touched; the plan is shown again', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('berubah', [{ type: 'A', value: '192.0.2.1' }])
      const ticket = await toApproval(deps, office, own.id, [{ type: 'A', value: '192.0.2.2' }])
      const seen = (await planOf(deps, office, ticket)).plan
      await setZone(parse(own.fqdn, [{ type: 'A', value: '192.0.2.99' }]))
      await assert.rejects(approve(deps, office, ticket, { seen }), { reason: 'plan-changed' })
      assert.ok(!deps.jobs.some(({ name }) => name === 'provision-service'))
      // Approved as it is now; another writer is quicker than the job.
      await approve(deps, office, ticket)
      await setZone(parse(own.fqdn, [{ type: 'A', value: '192.0.2.98' }]))
      await world.drain()
      const row = await readRow(deps, office, ticket)
      assert.deepEqual([row.stage, row.step, row.visit > seen.dns!.changes.length], ['acting', 5, true])
      assert.match(row.trouble!.text.id, /Zona|zona/)
      assert.deepEqual(await inZone(own.fqdn), [`${own.fqdn} 300 A 192.0.2.98`])
      const again = (await planOf(deps, office, ticket)).plan
      assert.deepEqual(again.dns!.changes[0]!.before, { ttl: 300, values: ['192.0.2.98'] })
      await approve(deps, office, ticket)
      await world.drain()
      assert.deepEqual(await inZone(own.fqdn), [`${own.fqdn} 300 A 192.0.2.2`])
    })

    test('what a server says with octets that nobody can read stands on the desk without them', async () => {
      const { deps } = it.world
      const own = await service('aneh', [{ type: 'A', value: '192.0.2.40' }])
      const ticket = await toApproval(deps, it.office, own.id, [{ name: '', type: 'A', value: '192.0.2.41' }])
      await approve(deps, it.office, ticket)
      const said = dnsServerText.apiRefused('http://127.0.0.1:9', 'gagal\u0000\u001b[2J')
      const apply = () => Promise.reject(new DnsFailure('refused', said, 'gagal'))
      const { id, visit } = await readRow(deps, it.office, ticket)
      const job = { officeId: it.office.id, requestId: id, visit }
      const strange = { ...deps, dnsOf: () => ({ ...it.driver, apply }) }
      await assert.rejects(provisionService(strange, job), { reason: 'dns-refused' })
      const { trouble } = await readRow(deps, it.office, ticket)
      assert.match(trouble!.text.id, /menolak permintaan \(gagal\ufffd\ufffd\[2J\)/)
      await it.world.drain()
      assert.equal((await readRow(deps, it.office, ticket)).trouble, null)
    })

    test('who may not approve changes nothing, and of two at once one does', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('bersama', [{ type: 'A', value: '192.0.2.1' }])
      const ticket = await toApproval(deps, office, own.id, [{ type: 'A', value: '192.0.2.2' }])
      for (const role of ['applicant', 'auditor', 'administrator'] as const)
        await assert.rejects(approve(deps, office, ticket, { by: office.member(role) }))
      const row = await readRow(deps, office, ticket)
      const unseen = { step: 5, visit: row.visit, form: { confirmed: true } }
      await assert.rejects(completeStep(deps, office.member('operator'), ticket, unseen), {
        reason: 'plan-unseen',
      })
      const both = await Promise.allSettled([approve(deps, office, ticket), approve(deps, office, ticket)])
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      await world.drain()
      assert.deepEqual(await inZone(own.fqdn), [`${own.fqdn} 300 A 192.0.2.2`])
      const late = { step: 5, visit: row.visit, form: { confirmed: true } }
      await assert.rejects(completeStep(deps, office.member('operator'), ticket, late), {
        reason: 'step-already-done',
      })
    })

    test('a name that another service points at cannot go', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('tujuan', [
        { type: 'A', value: '192.0.2.1' },
        { name: 'web', type: 'A', value: '192.0.2.4' },
      ])
      const other = await service('penunjuk', [{ type: 'CNAME', value: `web.${own.fqdn}` }])
      const ticket = await toApproval(deps, office, own.id, [{ type: 'A', value: '192.0.2.1' }])
      const { findings } = await planOf(deps, office, ticket)
      assert.deepEqual(
        findings.map(({ kind: what, blocks }) => [what, blocks]),
        [['dangling', true]],
      )
      assert.match(findings[0]!.text.id, new RegExp(`${other.fqdn} CNAME web.${own.fqdn}`))
      await assert.rejects(approve(deps, office, ticket), { reason: 'plan-blocked' })
      assert.equal((await readRow(deps, office, ticket)).stage, 'acting')
      // The pointer goes first; then the name may.
      const first = await toApproval(deps, office, other.id, [{ type: 'A', value: '192.0.2.5' }])
      await approve(deps, office, first)
      await world.drain()
      await approve(deps, office, ticket)
      await world.drain()
      assert.deepEqual(await inZone(`web.${own.fqdn}`), [])
    })

    test('a service that another points at is not closed, and a closure takes everything at its names', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('tutup', [
        { type: 'A', value: '192.0.2.61' },
        { name: 'api', type: 'A', value: '192.0.2.62' },
      ])
      const other = await service('bergantung', [{ type: 'MX', value: `10 ${own.fqdn}` }])
      await setZone(parse(own.fqdn, [{ type: 'TXT', value: 'ditambah tangan' }]))
      const ticket = await toApproval(deps, office, own.id, undefined, 'closure')
      const carryOut = async (): Promise<void> => {
        const { visit, step } = await readRow(deps, office, ticket)
        await completeStep(deps, office.member('operator'), ticket, {
          step: step!,
          visit,
          form: { confirmed: true },
        })
        await world.drain()
      }
      await carryOut()
      const row = await readRow(deps, office, ticket)
      assert.deepEqual([row.stage, row.phase], ['acting', 'running'])
      assert.match(row.trouble!.text.id, new RegExp(`${other.fqdn} MX 10 ${own.fqdn}`))
      assert.equal((await inZone(own.fqdn, `api.${own.fqdn}`)).length, 3)
      const first = await toApproval(deps, office, other.id, [{ type: 'A', value: '192.0.2.63' }])
      await approve(deps, office, first)
      await world.drain()
      await carryOut()
      assert.deepEqual(await inZone(own.fqdn, `api.${own.fqdn}`), [])
      assert.deepEqual(await recordsOf(deps, office, own.id), [])
    })

    test('a name is delegated with the addresses of its servers, and comes back', async () => {
      const { world, office } = it
      const { deps } = world
      const own = await service('serah', [
        { type: 'A', value: '192.0.2.71' },
        { name: 'anak', type: 'A', value: '192.0.2.72' },
      ])
      const before = await inZone(own.fqdn, `anak.${own.fqdn}`)
      const rows = [
        { type: 'A', value: '192.0.2.71' },
        { name: 'anak', type: 'NS', value: `ns1.anak.${own.fqdn}` },
        { name: 'ns1.anak', type: 'A', value: '192.0.2.73' },
      ]
      const ticket = await toApproval(deps, office, own.id, rows)
      await approve(deps, office, ticket)
      await world.drain()
      assert.equal((await readRow(deps, office, ticket)).step, 6)
      assert.deepEqual(await inZone(`anak.${own.fqdn}`, `ns1.anak.${own.fqdn}`), [
        `anak.${own.fqdn} 300 NS ns1.anak.${own.fqdn}.`,
        `ns1.anak.${own.fqdn} 300 A 192.0.2.73`,
      ])
      const { visit } = await readRow(deps, office, ticket)
      await completeStep(deps, office.member('operator'), ticket, { step: 6, visit })
      const again = await toApproval(deps, office, own.id, [
        { type: 'A', value: '192.0.2.71' },
        { name: 'anak', type: 'A', value: '192.0.2.72' },
      ])
      await approve(deps, office, again)
      await world.drain()
      assert.equal((await readRow(deps, office, again)).step, 6)
      assert.deepEqual(await inZone(own.fqdn, `anak.${own.fqdn}`, `ns1.anak.${own.fqdn}`), before)
    })

    test('an address that others still use may move, and whoever decides is told', async () => {
      const { deps } = it.world
      const own = await service('pindah', [{ type: 'A', value: '192.0.2.77' }])
      const other = await service('tinggal', [{ type: 'A', value: '192.0.2.77' }])
      const ticket = await toApproval(deps, it.office, own.id, [{ type: 'A', value: '192.0.2.78' }])
      const [finding] = (await planOf(deps, it.office, ticket)).findings
      assert.deepEqual([finding!.kind, finding!.blocks], ['moves', false])
      assert.match(finding!.text.en, new RegExp(`${other.fqdn} A 192.0.2.77`))
    })

    test('a plan that touches much of the zone waits for the head, and the logbook has its number', async () => {
      const { world, office } = it
      const { deps } = world
      const labels = 'abcdefghijkl'.split('')
      const rows = (address: string) => [
        { type: 'A', value: '192.0.2.1' },
        ...labels.map((name) => ({ name, type: 'A', value: address })),
      ]
      const own = await service('besar', rows('192.0.2.10'))
      const ticket = await toApproval(deps, office, own.id, rows('192.0.2.11'))
      const { plan, findings } = await planOf(deps, office, ticket)
      assert.deepEqual(
        findings.map(({ kind: what }) => what),
        ['unsafe'],
      )
      await assert.rejects(approve(deps, office, ticket), { reason: 'plan-blocked' })
      const input = { plan, seen: fingerprintOf(plan), touched: 12, reason: 'Pusat data pindah.' }
      for (const role of ['operator', 'applicant', 'administrator', 'auditor'] as const)
        await assert.rejects(allowPlan(deps, office.member(role), ticket, input), { status: 403 })
      const head = office.member('head-of-division')
      await assert.rejects(allowPlan(deps, head, ticket, { ...input, reason: ' ' }), {
        reason: 'reason-missing',
      })
      await assert.rejects(allowPlan(deps, head, ticket, { ...input, seen: '0'.repeat(64) }), {
        reason: 'plan-changed',
      })
      await assert.rejects(allowPlan(deps, head, ticket, { ...input, touched: 11 }), {
        reason: 'number-wrong',
      })
      await allowPlan(deps, head, ticket, input)
      await assert.rejects(allowPlan(deps, head, ticket, input), { reason: 'plan-not-unsafe' })
      const { details } = await logged('service.plan-allowed', ticket)
      assert.deepEqual([details.touched, details.total], [12, plan.setsInZone])
      // What was allowed is this plan alone.
      await setZone(parse(own.fqdn, [{ name: 'a', type: 'A', value: '192.0.2.55' }]))
      await assert.rejects(approve(deps, office, ticket), { reason: 'plan-blocked' })
      await setZone(parse(own.fqdn, [{ name: 'a', type: 'A', value: '192.0.2.10' }]))
      await approve(deps, office, ticket)
      await world.drain()
      assert.deepEqual(await inZone(`h.${own.fqdn}`), [`h.${own.fqdn} 300 A 192.0.2.11`])
    })

    test('a name that somebody else came to hold meanwhile is not written', async () => {
      const { deps } = it.world
      const own = await service('induk', [{ type: 'A', value: '192.0.2.1' }])
      const wanted = [
        { type: 'A', value: '192.0.2.1' },
        { name: 'baru', type: 'A', value: '192.0.2.6' },
      ]
      const ticket = await toApproval(deps, it.office, own.id, wanted)
      await layDownService(deps, it.office, `baru.${own.fqdn}`, [])
      await assert.rejects(approve(deps, it.office, ticket), { reason: 'plan-blocked' })
      await assert.rejects(toApproval(deps, it.office, own.id, wanted), { reason: 'application-incomplete' })
      assert.deepEqual(await inZone(`baru.${own.fqdn}`), [])
    })

    type Entry = {
      details: {
        touched: number
        total: number
        changes: { op: string; before: string[]; after: string[] }[]
      }
    }

    async function logged(act: string, ticket: string): Promise<Entry> {
      const rows = await inScope(it.world.deps.db, { officeId: it.office.id }, (tx) =>
        tx.selectFrom('logbook_entries').select(['act', 'text']).where('act', '=', act).execute(),
      )
      const own = rows.filter(({ text }) => text.includes(ticket))
      assert.equal(own.length, 1, `${act} stands once`)
      return JSON.parse(own[0]!.text) as Entry
    }

    async function assertChain(): Promise<void> {
      const entries = await inScope(it.world.deps.db, { officeId: it.office.id }, (tx) =>
        tx.selectFrom('logbook_entries').select(['seq', 'prev', 'hash', 'text']).orderBy('seq').execute(),
      )
      assert.ok(verifyChain(it.office.id, entries).ok)
    }
  })
