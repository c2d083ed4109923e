import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { TestBrowser } from './browser.ts'
import { sidewaysOverflow, widths } from './browser.ts'

/** What is typed, chosen or ticked in a form, by the names of its fields. */
export type Entries = Readonly<
  Record<
    string,
    | string
    | boolean
    | { readonly file: string; readonly bytes: Buffer }
    | { readonly label: string }
    | { readonly index: number }
  >
>

/**
 * Somebody at a telephone: a real browser 360 px wide that runs no script of the portal. They open pages,
 * fill fields, press what they can see, and every page they come to must fit the screen.
 */
export class Walker {
  readonly page: Page
  readonly url: string

  constructor(page: Page, url: string) {
    this.page = page
    this.url = url
  }

  static async start(browser: TestBrowser, url: string, javaScript = false): Promise<Walker> {
    const width = javaScript ? widths.desk : widths.phone
    return new Walker(await browser.newPage({ width, javaScript }), url)
  }

  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.url).href)
    await this.#arrived()
  }

  /** Fills fields of the page by name; hidden behind a disclosure, it is opened first. */
  async enter(entries: Entries, within = 'main'): Promise<void> {
    for (const [name, value] of Object.entries(entries)) {
      const field = this.page.locator(`${within} [name="${name}"]:not([type=hidden])`).first()
      await this.#reveal(field)
      const type = await field.evaluate((each) =>
        `${each.nodeName} ${each.getAttribute('type') ?? ''}`.toLowerCase(),
      )
      if (typeof value === 'object' && !('file' in value)) await field.selectOption(value)
      else if (typeof value === 'object')
        await field.setInputFiles({
          name: value.file,
          mimeType: 'application/octet-stream',
          buffer: value.bytes,
        })
      else if (typeof value === 'boolean') await field.setChecked(value)
      else if (type.startsWith('select')) await field.selectOption(value)
      else if (type === 'input radio' || type === 'input checkbox')
        await this.page.locator(`${within} [name="${name}"][value="${value}"]`).first().check()
      else await field.fill(value)
    }
  }

  /** Presses the button or link with that label; more words after it, for a screen reader, may follow. */
  async press(label: string, within = 'main'): Promise<void> {
    const target = this.page
      .locator(`${within} :is(button, a, [role=button])`)
      .filter({ hasText: new RegExp(`^\\s*${escaped(label)}(?![\\w-])`) })
      .first()
    await this.#reveal(target)
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), target.click()])
    await this.#arrived()
  }

  /** @throws AssertionError with the page's words unless it says all this */
  async sees(...words: readonly (string | RegExp)[]): Promise<void> {
    const text = await this.text()
    for (const word of words)
      assert.ok(
        typeof word === 'string' ? text.includes(word) : word.test(text),
        `${this.page.url()} does not say ${String(word)}:\n${text}`,
      )
  }

  async seesNot(...words: readonly string[]): Promise<void> {
    const text = await this.text()
    for (const word of words) assert.ok(!text.includes(word), `${this.page.url()} says ${word}:\n${text}`)
  }

  async text(): Promise<string> {
    return (await this.page.locator('body').innerText()).replaceAll(/[ \t]+/g, ' ')
  }

  path(): string {
    return new URL(this.page.url()).pathname
  }

  /** Opens the page again until it says so, as somebody does who waits. */
  async waitFor(word: string | RegExp, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs
    const says = async (): Promise<boolean> => {
      const text = await this.text()
      return typeof word === 'string' ? text.includes(word) : word.test(text)
    }
    while (!(await says())) {
      if (Date.now() > deadline) return this.sees(word)
      await this.page.waitForTimeout(300)
      await this.page.reload()
    }
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }

  async #reveal(target: ReturnType<Page['locator']>): Promise<void> {
    await target.waitFor({ state: 'attached' })
    for (let depth = 0; depth < 4 && !(await target.isVisible()); depth += 1) {
      const closed = target.locator('xpath=ancestor::details[not(@open)]').first()
      if ((await closed.count()) === 0) return
      await closed.locator('> summary').click()
    }
  }

  async #arrived(): Promise<void> {
    const where = new URL(this.page.url()).pathname
    assert.equal(await sidewaysOverflow(this.page), 0, `${where} scrolls sideways`)
    const folder = process.env.TEST_SHOTS
    if (!folder) return
    shots += 1
    const name = `${String(shots).padStart(3, '0')}${where.replaceAll(/[^a-z0-9]+/gi, '_')}`
    await this.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  }
}

let shots = 0
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
