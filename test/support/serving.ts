import type { Page } from 'playwright-core'
import type { Member } from '../../src/actions/act.ts'
import { listenHttp } from '../../src/http/listen.ts'
import type { TestApp } from './app.ts'
import type { TestBrowser } from './browser.ts'
import { sessionCookieOf } from './session.ts'

/** The test portal on a free port of loopback, for a real browser. */
export type Served = { readonly url: string; readonly close: () => Promise<void> }

export async function serving(portal: TestApp): Promise<Served> {
  const listener = await listenHttp('127.0.0.1', 0)
  listener.serve(portal.app.fetch)
  return { url: `http://127.0.0.1:${listener.port}`, close: () => listener.close() }
}

/** @returns a page of the browser in which the member is signed in */
export async function openPage(
  browser: TestBrowser,
  { url }: Served,
  portal: TestApp,
  member: Member,
): Promise<Page> {
  const page = await browser.newPage()
  const value = await sessionCookieOf(portal, member.personId)
  await page.context().addCookies([{ name: 'ranah.session_token', value, url }])
  return page
}
