import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordTrouble } from '../../../src/actions/fulfilment/record-trouble.ts'
import { planChanges, planLines } from '../../../src/domain/dns/plan.ts'
import { handWorkOf } from '../../../src/domain/fulfilment/hand-work.ts'
import type { ServicePlan } from '../../../src/domain/fulfilment/plan.ts'
import { manualText, taskSheetTexts } from '../../../src/domain/text/manual.ts'
import { requestPageTexts } from '../../../src/domain/text/request-page.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { paths } from '../../../src/http/paths.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { TestBrowser } from '../../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../../support/browser.ts'
import { driverFor, newZone, startDnsServer } from '../../support/dns-server.ts'
import { createTestOffice, readSopFile } from '../../support/office.ts'
import { approve, layDownService, planOf, readRow, toApproval } from '../../support/records.ts'
import { signedIn } from '../../support/session.ts'

/** The sheet by which somebody works at a server that Ranah may only ask, in a real browser. */

let portal: TestApp
let browser: TestBrowser
const ends: (() => unknown)[] = []
before(async () => {
  portal = await createTestApp()
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await portal.close()
  for (const end of ends.toReversed()) await end()
})

test('the sheet has every value to copy, and its heading says whose turn it is', async () => {
  const { deps } = portal
  const office = await createTestOffice(
    deps,
    'kukar',
    await readSopFile('sops/kutai-kartanegara-dns-record.yaml'),
  )
  const { port } = await startDnsServer({ after: (run: () => unknown) => void ends.push(run) } as never)
  const server = driverFor(port)
  await server.createZone(newZone(office.zone))
  const fqdn = `situs.${office.zone}`
  const had = { name: fqdn, type: 'A', ttl: 300, values: ['192.0.2.10'] }
  await server.apply(planChanges({ zone: office.zone, current: [], desired: [had] }))
  const service = await layDownService(deps, office, fqdn, [had])
  const byHand = openDnsDriver('manual', {
    nameServers: [{ name: `ns1.${office.zone}`, host: '127.0.0.1', port }],
  })
  const outside = { ...deps, dnsOf: () => byHand, hostingOf: () => ({}) as never, addressesOf: () => [] }
  const ticket = await toApproval(deps, office, service, [
    { name: '', type: 'A', ttl: 300, value: '192.0.2.11' },
    {
      name: 'kunci._domainkey',
      type: 'TXT',
      ttl: 300,
      value: `"v=DKIM1; p=${'MIIBIjANBgkqhkiG'.repeat(9)}"`,
    },
  ])
  const plan: ServicePlan = (await planOf(outside, office, ticket)).plan
  await approve(outside, office, ticket)
  const { id } = await readRow(deps, office, ticket)
  const text = manualText.waiting(planLines(plan.dns!))
  await recordTrouble(deps, { kind: 'system', officeId: office.id }, { requestId: id, known: null, text })

  const visitor = await signedIn(portal, office.member('operator'))
  const path = paths.request(office.slug, ticket)
  const html = await (await visitor.get(path)).text()
  assert.ok(html.includes(taskSheetTexts.waitingTitle.id))
  assert.equal(html.includes(requestPageTexts.trouble.id), false, 'nothing went wrong: somebody is at work')

  const page = await browser.newPage()
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    // What follows the work live never ends, and nothing of it is judged here.
    if (url.pathname === paths.requestProgress(office.slug, ticket)) return route.abort()
    const answer = await visitor.get(`${url.pathname}${url.search}`)
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  await page.goto(`http://portal.test${path}`)
  const shown = await page
    .locator('.task-values dd')
    .evaluateAll((cells) =>
      cells.map((cell) => cell.textContent + (cell.querySelector('input')?.value ?? '')),
    )
  for (const { values } of handWorkOf(plan))
    for (const { value } of values)
      assert.ok(
        shown.some((words) => words.includes(value)),
        value,
      )
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    assert.deepEqual(await runAxe(page), [], `at ${width}`)
    assert.equal(await sidewaysOverflow(page), 0, `at ${width}`)
  }
  if (process.env.TEST_SHOTS) await screenshots(page, process.env.TEST_SHOTS, 'lembar-pekerjaan', ['light'])
  await page.context().close()
})
