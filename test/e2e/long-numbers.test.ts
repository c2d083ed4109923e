/** Long numbers and file names beside pills: nothing is pushed out of sight, nothing is stretched. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { asOwner } from '../support/app.ts'
import type { TestBrowser } from '../support/browser.ts'
import { launchBrowser, sidewaysOverflow, widths } from '../support/browser.ts'
import type { World } from '../http/hostile/world.ts'
import { createWorld } from '../http/hostile/world.ts'

describe('beside a long number', () => {
  let world: World
  let browser: TestBrowser
  let server: ReturnType<typeof serve>
  let page: Page
  let url: string
  before(async () => {
    world = await createWorld()
    const { portal } = world
    await asOwner(
      portal.database,
      `insert into letters (id, office_id, request_id, kind, register, year, seq, number, dated, data,
         verification_code, status, created_at)
       select gen_random_uuid(), $1, (select id from requests where office_id = $1 and phase = 'running' limit 1),
         'reply', 'outgoing', 2026, 1, 'B-0001/DISKOMINFO-CONTOH/APTIKA/000.8.3.3/III/2026', '2026-03-02', '{}',
         'AAAA-XXXX', 'awaiting', now()`,
      [portal.id],
    )
    await asOwner(portal.database, "update documents set scan = 'waiting' where office_id = $1", [portal.id])
    server = serve({ fetch: portal.app.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
    page = await browser.newPage()
    const { cookies } = await portal.as('operator')
    await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  })
  after(async () => {
    await browser.close()
    server.close()
    await world.portal.close()
  })

  test('the status of a letter is in sight at both widths', async () => {
    for (const width of Object.values(widths)) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`${url}/o/${world.portal.slug}/surat`)
      const hidden = await page.$$eval('.table-box', (boxes) =>
        boxes.map((box) => box.scrollWidth - box.clientWidth),
      )
      assert.deepEqual(hidden, [0], `${width} px`)
      assert.equal(await sidewaysOverflow(page), 0)
      assert.ok(await page.isVisible('.table .pill'))
    }
  })

  test('the pill of a file is as wide as its words', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    const ticket = world.own.get('ticket')!.at(-1)!
    await page.goto(`${url}/o/${world.portal.slug}/permohonan/${ticket}`)
    const pills = await page.$$eval('.file > .pill', (found) =>
      found.map((pill) => {
        const words = pill.ownerDocument.createRange()
        words.selectNodeContents(pill)
        return pill.getBoundingClientRect().width - words.getBoundingClientRect().width
      }),
    )
    assert.ok(pills.length > 0)
    for (const spare of pills) assert.ok(spare < 24, `${spare} px of a pill are empty`)
  })
})
