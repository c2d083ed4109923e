import { setCookie } from 'hono/cookie'
import { paths, patterns } from '../paths.ts'
import type { Portal } from '../routes.ts'
import { localeCookie, themeCookie } from '../visitor.ts'
import { formValues } from './form-values.ts'

const maxAgeSeconds = 365 * 24 * 60 * 60

const choices = [
  { field: 'locale', cookie: localeCookie, values: ['id', 'en'] },
  { field: 'theme', cookie: themeCookie, values: ['auto', 'light', 'dark'] },
]

/** Language and appearance: kept in the browser, so that they hold before and after sign-in. */
export function registerPreferences(portal: Portal): void {
  const { secureCookies } = portal.deps.config
  portal.app.post(patterns.preferences, async (c) => {
    const form = formValues(await c.req.formData().catch(() => new FormData()))
    for (const { field, cookie, values } of choices) {
      const value = form.text(field)
      if (!values.includes(value)) continue
      setCookie(c, cookie, value, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: secureCookies,
        maxAge: maxAgeSeconds,
      })
    }
    return c.redirect(localPath(form.text('return')), 303)
  })
}

/** @returns the path when it stays on this portal, else the start page */
export function localPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : paths.home()
}
