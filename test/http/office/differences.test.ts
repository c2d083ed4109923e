import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordComparison, recordUncompared } from '../../../src/actions/zones/record-comparison.ts'
import { recordTakeOver } from '../../../src/actions/zones/record-take-over.ts'
import { inScope } from '../../../src/db/database.ts'
import { readImport } from '../../../src/db/office/zone-imports.ts'
import { findZone } from '../../../src/db/office/zones.ts'
import type { ZoneFinding } from '../../../src/domain/dns/compare.ts'
import { driftTexts } from '../../../src/domain/text/drift.ts'
import { paths } from '../../../src/http/paths.ts'
import type { TestBrowser } from '../../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../../support/browser.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

/** Differences and take-over as people and scripts see them; what the jobs saw is told by hand. */

let portal: TestPortal
let browser: TestBrowser
let zoneId = ''
before(async () => {
  portal = await createTestPortal()
  browser = await launchBrowser()
  zoneId = (await inScope(portal.deps.db, { officeId: portal.id }, (tx) => findZone(tx, portal.zone)))!.id
})
after(async () => {
  await browser.close()
  await portal.close()
})

const system = () => ({ kind: 'system', officeId: portal.id }) as const
const zone = () => ({ id: zoneId, name: portal.zone })

async function found(...labels: readonly string[]): Promise<void> {
  portal.clock.now = new Date(portal.clock.now.getTime() + 1_000)
  const findings = labels.map((label): ZoneFinding => ({
    kind: 'unexpected',
    name: `${label}.${portal.zone}`,
    type: label.startsWith('kunci') ? 'TXT' : 'A',
    live: label.startsWith('kunci')
      ? { ttl: 3600, values: [`"v=DKIM1; k=rsa; p=${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'.repeat(6)}"`] }
      : { ttl: 300, values: ['192.0.2.66', '192.0.2.67'] },
    registered: null,
  }))
  await recordComparison(portal.deps, system(), zone(), {
    findings,
    liveSets: 3,
    startedAt: portal.clock.now,
  })
}

type Item = { id: string; name: string; status: string }
async function items(query = ''): Promise<readonly Item[]> {
  const auditor = await portal.as('auditor')
  const answer = await auditor.api('GET', `/offices/${portal.slug}/zone-findings${query}`)
  return ((await answer.json()) as { items: Item[] }).items
}

/** Shows HTML that the portal answered in a real browser, with the portal's own style sheets. */
async function judge(
  path: string,
  role: 'operator' | 'auditor' | 'head-of-division',
  name: string,
): Promise<void> {
  const visitor = await portal.as(role)
  const page = await browser.newPage()
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    const answer = await visitor.get(`${url.pathname}${url.search}`)
    await route.fulfill({
      status: answer.status,
      // A page that looks again by itself would be gone while it is judged.
      headers: Object.fromEntries([...answer.headers].filter(([header]) => header !== 'refresh')),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  await page.goto(`http://portal.test${path}`)
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await runAxe(page), [], `${name} at ${width}`)
    assert.equal(await sidewaysOverflow(page), 0, `${name} at ${width}`)
  }
  if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, name, ['light'])
  await page.context().close()
}

test('the list is empty, then full, and a finding is adopted or reverted from its page', async () => {
  const operator = await portal.as('operator')
  const list = paths.differences(portal.slug)
  assert.match(await (await operator.get(list)).text(), new RegExp(driftTexts.noneYet.id.slice(0, 30)))
  await found('asing', 'tamu', 'kunci._domainkey.surat-elektronik-dinas-contoh')
  await judge(list, 'operator', 'perbedaan')
  const [one, two] = (await items()).filter(({ name }) => !name.startsWith('kunci'))
  await judge(paths.difference(portal.slug, one!.id), 'operator', 'perbedaan-satu')
  const auditor = await portal.as('auditor')
  const head = await portal.as('head-of-division')
  const at = (id: string, what: 'Propose' | 'Confirm' | 'TurnDown') =>
    paths[`difference${what}`](portal.slug, id)
  const looked = await (await auditor.get(paths.difference(portal.slug, one!.id))).text()
  assert.match(looked, new RegExp(driftTexts.lookOnly.id))
  assert.doesNotMatch(looked, /<textarea/)
  const adopt = { proposal: 'adopt', reason: 'Sudah benar.' }
  assert.equal((await auditor.post(at(one!.id, 'Propose'), adopt)).status, 403)
  const empty = await operator.post(at(one!.id, 'Propose'), { ...adopt, reason: '' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /f-reason-error/)
  assert.equal((await operator.post(at(one!.id, 'Propose'), adopt)).status, 303)
  await judge(paths.difference(portal.slug, one!.id), 'operator', 'perbedaan-diusulkan')
  await judge(paths.difference(portal.slug, one!.id), 'head-of-division', 'perbedaan-menunggu')
  assert.match(await (await head.get(list)).text(), new RegExp(driftTexts.waiting.id))
  assert.equal((await operator.post(at(one!.id, 'Confirm'), { proposal: 'adopt' })).status, 403)
  assert.equal((await head.post(at(one!.id, 'Confirm'), { proposal: 'adopt' })).status, 303)
  const again = await operator.post(at(one!.id, 'Propose'), {
    proposal: 'revert',
    reason: 'Berubah pikiran.',
  })
  assert.equal(again.status, 409)
  assert.match(await again.text(), new RegExp(driftTexts.decided.id.slice(0, 30)))
  const base = `/offices/${portal.slug}/zone-findings/${two!.id}`
  const revert = { proposal: 'revert' }
  assert.equal(
    (await operator.api('POST', `${base}/proposal`, { ...revert, reason: 'Tanpa izin.' })).status,
    202,
  )
  assert.equal((await operator.api('POST', `${base}/refusal`, { reason: 'Keliru.' })).status, 200)
  assert.equal(
    (await operator.api('POST', `${base}/proposal`, { ...revert, reason: 'Tanpa izin.' })).status,
    202,
  )
  assert.deepEqual(await (await head.api('GET', `${base}/impact`)).json(), {
    touched: 1,
    total: 3,
    unsafe: false,
  })
  assert.equal((await head.api('POST', `${base}/confirmation`, revert)).status, 202)
  assert.deepEqual(
    (await items('?status=reverting')).map(({ id }) => id),
    [two!.id],
  )
  const jobs = (await portal.jobs()).filter(({ name }) => name === 'revert-finding')
  assert.equal(jobs.length, 1)
  assert.deepEqual(
    (await items('?status=adopted')).map(({ id }) => id),
    [one!.id],
  )
})

test('a revert of a large share shows the number to write', async () => {
  const [operator, head] = [await portal.as('operator'), await portal.as('head-of-division')]
  const labels = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam'].map((label) => `banyak-${label}`)
  await found('kunci._domainkey.surat-elektronik-dinas-contoh', ...labels)
  const many = (await items()).filter(({ name }) => name.startsWith('banyak-'))
  const base = `/offices/${portal.slug}/zone-findings`
  for (const { id } of many)
    await operator.api('POST', `${base}/${id}/proposal`, { proposal: 'revert', reason: 'Tanpa izin.' })
  for (const { id } of many.slice(0, 4))
    assert.equal((await head.api('POST', `${base}/${id}/confirmation`, { proposal: 'revert' })).status, 202)
  const { id } = many[4]!
  const page = await (await head.get(paths.difference(portal.slug, id))).text()
  assert.match(page, /name="touched"/)
  await judge(paths.difference(portal.slug, id), 'head-of-division', 'perbedaan-besar')
  const unsigned = await head.post(paths.differenceConfirm(portal.slug, id), { proposal: 'revert' })
  assert.equal(unsigned.status, 409)
  const wrong = await head.post(paths.differenceConfirm(portal.slug, id), {
    proposal: 'revert',
    touched: '2',
  })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /f-touched-error/)
  const signed = { proposal: 'revert', touched: '6' }
  assert.equal((await head.post(paths.differenceConfirm(portal.slug, id), signed)).status, 303)
})

test('a server that does not answer is told beside the list, which stays', async () => {
  const before = await items()
  const text = { id: 'Server DNS tidak menjawab.', en: 'The name server does not answer.' }
  await recordUncompared(portal.deps, system(), zone(), { text, detail: 'timeout' })
  const html = await (await (await portal.as('operator')).get(paths.differences(portal.slug))).text()
  assert.match(html, /Server DNS tidak menjawab/)
  assert.match(html, new RegExp(driftTexts.unknown.id))
  assert.deepEqual(await items(), before)
  await judge(paths.differences(portal.slug), 'operator', 'perbedaan-tak-diketahui')
})

test('a take-over is watched without script, and what it brought is listed', async () => {
  const operator = await portal.as('operator')
  const page = paths.zone(portal.slug, zoneId)
  const missing = await operator.post(paths.zoneTakeOver(portal.slug, zoneId), { source: 'file' })
  assert.equal(missing.status, 422)
  const file = new File([`$TTL 300\na A 192.0.2.1\n`], 'zona.txt')
  const sent = await operator.post(paths.zoneTakeOver(portal.slug, zoneId), { source: 'file', file })
  assert.equal(sent.status, 303)
  const running = await operator.get(page)
  assert.ok(running.headers.get('refresh'))
  assert.match(await running.text(), /<progress/)
  await judge(page, 'operator', 'ambil-alih-berjalan')
  const job = (await portal.jobs()).find(({ name }) => name === 'take-over-zone')!.data as {
    importId: string
  }
  const taken = (await inScope(portal.deps.db, { officeId: portal.id }, (tx) =>
    readImport(tx, job.importId),
  ))!
  const sets = ['a', 'b'].map((label) => ({
    name: `${label}.${portal.zone}`,
    type: 'A',
    ttl: 300,
    values: ['192.0.2.1'],
  }))
  await recordTakeOver(portal.deps, system(), { zone: zone(), taken, sets })
  const done = await operator.get(page)
  assert.equal(done.headers.get('refresh'), null)
  assert.match(await done.text(), new RegExp(`b\\.${portal.zone}`))
  await judge(page, 'operator', 'ambil-alih-selesai')
  const base = `/offices/${portal.slug}/zones/${portal.zone}`
  const listed = (await (await operator.api('GET', `${base}/records?limit=1`)).json()) as { next: string }
  assert.ok(listed.next)
  portal.clock.now = new Date(portal.clock.now.getTime() + 1_000)
  assert.equal((await operator.api('POST', `${base}/take-over`)).status, 202)
  const last = (await (await operator.api('GET', `${base}/take-over`)).json()) as {
    source: string
    status: string
  }
  assert.deepEqual([last.source, last.status], ['transfer', 'running'])
})
