/**
 * Headless Chromium for the browser tests: start, pictures at both widths in light and dark, axe-core.
 * Nothing here knows the portal; every suite brings its own address.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

const executablePath = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium'

/** Without the background flags Chromium looks for hosts of its own at every start. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Scheme = 'light' | 'dark'

/** The two widths every page must look right at, in CSS pixels. */
export const widths = { phone: 360, desk: 1280 } as const

export type TestBrowser = {
  /** A fresh page with its own cookies. Close it with `page.context().close()`. */
  newPage: (options?: {
    width?: number
    height?: number
    scheme?: Scheme
    javaScript?: boolean
  }) => Promise<Page>
  close: () => Promise<void>
}

/** Starts one Chromium with an empty profile; `close()` ends it and removes the profile. */
export async function launchBrowser(): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'ranah-chromium-'))
  const browser = await chromium.launch({ executablePath, args: [...args, `--disk-cache-dir=${profile}`] })
  return {
    async newPage({ width = widths.desk, height = 800, scheme = 'light', javaScript = true } = {}) {
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        javaScriptEnabled: javaScript,
        reducedMotion: 'reduce',
        locale: 'id-ID',
        timezoneId: 'Asia/Makassar',
      })
      context.setDefaultTimeout(10_000)
      return context.newPage()
    },
    async close() {
      await browser.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** Saves full-page pictures `<name>-<width>-<scheme>.png` of the page's present state; returns their paths. */
export async function screenshots(
  page: Page,
  folder: string,
  name: string,
  schemes: readonly Scheme[] = ['light', 'dark'],
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      const path = join(folder, `${name}-${width}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
      paths.push(path)
    }
  }
  return paths
}

export type Violation = { readonly rule: string; readonly help: string; readonly nodes: readonly string[] }

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Runs axe-core (WCAG 2.2 A and AA and best practice) over the page as it stands; an empty list is a pass. */
export async function runAxe(page: Page): Promise<Violation[]> {
  await page.evaluate(
    `window.axe === undefined && (0, eval)(${JSON.stringify(await readFile(axeSource, 'utf8'))})`,
  )
  return page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(axeTags)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map((v) => ({
        rule: v.id,
        help: v.help,
        nodes: v.nodes.map((n) => n.target.join(' ') + ': ' + (n.failureSummary ?? '')),
      })))`,
  )
}

/** Width in CSS pixels by which the page scrolls sideways: 0 on a page that fits. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
