import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { totp, untilNextCode } from '../../src/cli/demo/totp.ts'
import type { RouteRecord } from '../../src/http/routes.ts'
import { createTestApp } from '../support/app.ts'
import type { TestBrowser } from '../support/browser.ts'
import { launchBrowser, runAxe, screenshots, sidewaysOverflow, widths } from '../support/browser.ts'
import { dataDirectory, printed, startDemo, startRanah } from '../support/installation.ts'

/** Addresses that no link leads to from a signed-in page; each is opened by a test of its own below. */
const openedElsewhere = [
  '/siapkan',
  '/masuk/kode',
  '/undangan/:token',
  '/masuk',
  '/akun/surel/:token',
  '/serah-terima/:reveal',
  // to an identity provider and back: test/http/people/sign-on.test.ts
  '/masuk/kembali',
  '/masuk/kantor/:office',
  '/o/:office/permohonan/:ticket/isian',
  '/o/:office/permohonan/:ticket/surat-permohonan',
  // the crawled office has no step that disposes: test/http/requests/disposition-sheet.test.ts
  '/o/:office/permohonan/:ticket/lembar-disposisi',
  // the demo files no scan: test/http/people/appointments.test.ts
  '/o/:office/penugasan/:appointment/surat',
  // nothing is due in a demo that is seconds old: test/e2e/archive-walk.test.ts
  '/o/:office/arsip/usul/:disposal',
  // no checkpoint is over the entries of a demo that is seconds old: test/http/oversight/checkpoints.test.ts
  '/o/:office/buku-log/:seq/tanda-terima',
  '/periksa/:code/tanda-terima',
]
/** Pages that one role may open at most, so that a crawl of a growing registry stays bounded. */
const maxPages = 400
const roles = [
  'administrator',
  'operator',
  'applicant',
  'head-of-division',
  'head-of-office',
  'auditor',
] as const

let demo: Awaited<ReturnType<typeof startDemo>>
let data: Awaited<ReturnType<typeof dataDirectory>>
let browser: TestBrowser
let routes: readonly RouteRecord[]
/** One address of each page, with the role whose links led there. */
const found = new Map<string, { readonly path: string; readonly role: string | null }>()
const contexts = new Map<string | null, BrowserContext>()

before(async () => {
  data = await dataDirectory()
  demo = await startDemo(data.path)
  browser = await launchBrowser()
  const app = await createTestApp()
  routes = app.app.routes.filter((route) => route.method === 'GET')
  await app.close()
})
after(async () => {
  await browser.close()
  await demo.stop()
  await data.remove()
})

/** Signed in as the role in the Kukar office; nobody for null. */
async function contextOf(role: string | null): Promise<BrowserContext> {
  const known = contexts.get(role)
  if (known) return known
  const context = (await browser.newPage()).context()
  contexts.set(role, context)
  if (role !== null) await signIn(context, role)
  return context
}

async function signIn(context: BrowserContext, role: string): Promise<void> {
  const account = demo.report.accounts.find((each) => each.role === role && each.office === 'kukar')!
  const { url } = demo.report
  const headers = { origin: url }
  const post = (path: string, body: unknown) =>
    context.request.post(`${url}/api/v1${path}`, { data: body, headers })
  await post('/session', { email: account.login, password: account.secret })
  const first = await post('/session/code', { code: totp(account.totp, new Date()) })
  if (first.ok()) return
  await new Promise((resolve) => setTimeout(resolve, untilNextCode(new Date()) + 500))
  const second = await post('/session/code', { code: totp(account.totp, new Date()) })
  assert.ok(second.ok(), `${role}: ${second.status()} ${await second.text()}`)
}

/** The registered page that an address belongs to; fixed words win over parameters. */
function patternOf(path: string): string | undefined {
  const words = path.split('/')
  const fits = routes
    .map((route) => route.path)
    .filter((pattern) => {
      const parts = pattern.split('/')
      return (
        parts.length === words.length &&
        parts.every((part, index) => part.startsWith(':') || part === words[index])
      )
    })
  return fits.toSorted((a, b) => a.split(':').length - b.split(':').length)[0]
}

/** A server of the office, so that its page is judged too; nobody answers there. */
async function connectServer(): Promise<void> {
  const { request } = await contextOf('administrator')
  const answer = await request.post(`${demo.report.url}/api/v1/offices/kukar/servers`, {
    headers: { origin: demo.report.url },
    data: {
      driver: 'rfc2136',
      name: 'DNS cadangan yang namanya panjang sekali untuk layar telepon',
      settings: { host: '192.0.2.53', keyName: 'contoh' },
      secret: { keySecret: Buffer.from('only for the test, 32 octets long').toString('base64') },
    },
  })
  assert.equal(answer.status(), 201, await answer.text())
}

/** Follows every link of every page that the role can reach, once for each kind of page. */
async function crawl(role: string | null, start: readonly string[]): Promise<void> {
  const context = await contextOf(role)
  const queue = [...start]
  const seen = new Set<string>()
  while (queue.length > 0 && seen.size < maxPages) {
    const link = queue.shift()!
    const bare = link.replace(/\?.*/, '')
    const pattern = patternOf(bare)
    if (pattern === undefined || seen.has(pattern)) continue
    seen.add(pattern)
    const open = (path: string) => context.request.get(`${demo.report.url}${path}`, { maxRedirects: 0 })
    let path = bare
    let response = await open(path)
    // some addresses say nothing without what stands behind the question mark
    if (response.status() === 404 && link !== bare) {
      path = link
      response = await open(path)
    }
    if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) {
      if (response.ok()) found.set(pattern, { path, role: 'file' })
      continue
    }
    if (response.status() !== 200) continue
    if (!found.has(pattern)) found.set(pattern, { path, role })
    const html = await response.text()
    for (const [, href = ''] of html.matchAll(/href="(\/[^"#]*)/g)) queue.push(href.replaceAll('&amp;', '&'))
  }
}

describe('every page of the registry', () => {
  before(async () => {
    await connectServer()
    await crawl(null, ['/', `/lacak/${demo.report.runs[0]!.request}`])
    for (const role of roles) await crawl(role, ['/o/kukar', '/akun'])
  })

  test('is reached by links from the start pages of some role', () => {
    const missing = routes
      .map((route) => route.path)
      .filter((path) => !found.has(path) && !openedElsewhere.includes(path))
    const withoutData = missing.filter(
      (path) => !/:(document|letter|version|registration|invitation|token|finding)/.test(path),
    )
    assert.deepEqual(
      withoutData.filter((path) => !isHelper(path)),
      [],
    )
  })

  test('has no violation of WCAG 2.2 AA that axe-core finds and no sideways scroll, at both widths', async () => {
    const problems: string[] = []
    let opened = 0
    for (const [pattern, { path, role }] of found) {
      if (role === 'file') continue
      const page = await (await contextOf(role)).newPage()
      await page.goto(`${demo.report.url}${path}`)
      problems.push(...(await judge(page, pattern)))
      await page.close()
      opened += 1
    }
    console.log(`pages judged at ${Object.values(widths).join(' and ')} px: ${opened}`)
    assert.deepEqual(problems, [])
    assert.ok(opened >= 25, `only ${opened} pages were found`)
  })
})

/** Addresses that answer scripts and not people. */
const isHelper = (path: string): boolean => /kemajuan|cek-nama|berkas|logo|csv|pdf|ekspor|rencana/.test(path)

async function judge(page: Page, name: string): Promise<string[]> {
  const problems: string[] = []
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    for (const { rule, help, nodes } of await runAxe(page))
      problems.push(`${name} @${width}: ${rule} (${help}) ${nodes.join(' | ')}`)
    const overflow = await sidewaysOverflow(page)
    if (overflow > 0) problems.push(`${name} @${width}: scrolls sideways by ${overflow} px`)
  }
  const folder = process.env.TEST_SHOTS
  if (folder) await screenshots(page, folder, name.replaceAll(/[^a-z0-9]+/gi, '_'), ['light'])
  return problems
}

describe('pages that no link leads to', () => {
  test('every stage of the guided form, for a new draft', async () => {
    const context = await contextOf('applicant')
    const base = `${demo.report.url}/api/v1/offices/kukar`
    const options = (await (await context.request.get(`${base}/request-options`)).json()) as {
      zones: { id: string }[]
      agencies: { id: string }[]
    }
    const draft = {
      kind: 'subdomain-hosting',
      agencyId: options.agencies[0]!.id,
      zoneId: options.zones[0]!.id,
      application: {},
    }
    const made = await context.request.post(`${base}/requests`, {
      data: draft,
      headers: { origin: demo.report.url },
    })
    assert.equal(made.status(), 201, await made.text())
    const { ticket } = (await made.json()) as { ticket: string }
    const page = await context.newPage()
    for (const stage of ['subjek', 'surat', 'kontak', 'sistem', 'periksa']) {
      await page.goto(`${demo.report.url}/o/kukar/permohonan/${ticket}/isian?tahap=${stage}`)
      assert.deepEqual(await judge(page, `isian ${stage}`), [])
    }
    await page.goto(`${demo.report.url}/o/kukar/permohonan/${ticket}/isian?tahap=surat`)
    const prepared = await page.getAttribute('main a[href$="/surat-permohonan"]', 'href')
    const letter = await context.request.get(`${demo.report.url}${prepared}`)
    assert.equal(letter.headers()['content-type'], 'application/pdf')
    await page.close()
  })

  test('the busiest pages in dark', async () => {
    const { request } = demo.report.runs[0]!
    const page = await (await contextOf('operator')).newPage()
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of ['/o/kukar', '/o/kukar/kotak-masuk', `/o/kukar/permohonan/${request}`]) {
      await page.goto(`${demo.report.url}${path}`)
      assert.deepEqual(await judge(page, `${path} gelap`), [])
    }
    await page.close()
  })

  test('the code page after a right password, and the sign-in page with its refusal', async () => {
    const page = await browser.newPage()
    const account = demo.report.accounts.find(
      (each) => each.role === 'operator' && each.office === 'katingan',
    )!
    await page.goto(`${demo.report.url}/masuk`)
    assert.deepEqual(await judge(page, '/masuk'), [])
    await page.fill('input[name=email]', account.login)
    await page.fill('input[name=password]', 'bukan kata sandi saya')
    await page.click('main button[type=submit]')
    await page.waitForSelector('[role=alert], .error-summary, .alert')
    assert.deepEqual(await judge(page, '/masuk ditolak'), [])
    await page.fill('input[name=email]', account.login)
    await page.fill('input[name=password]', account.secret)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/masuk/kode**')
    assert.deepEqual(await judge(page, '/masuk/kode'), [])
    await page.context().close()
  })

  test('an invitation and an address that does not exist', async () => {
    const page = await browser.newPage()
    await page.goto(`${demo.report.url}/undangan/tidak-ada`)
    assert.deepEqual(await judge(page, '/undangan/:token'), [])
    await page.goto(`${demo.report.url}/o/kukar/tidak-ada`)
    assert.deepEqual(await judge(page, 'tidak ada'), [])
    await page.context().close()
  })

  test('the first-run page of an empty installation', async () => {
    const empty = await dataDirectory()
    const installation = startRanah(['serve'], empty.path)
    try {
      const [, address] = await printed(installation, /(http:\S+\/siapkan\?kode=\S+)/)
      const page = await browser.newPage()
      await page.goto(address!)
      assert.deepEqual(await judge(page, '/siapkan'), [])
      await page.context().close()
    } finally {
      await installation.stop()
      await empty.remove()
    }
  })
})
