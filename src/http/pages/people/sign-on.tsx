import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import * as z from 'zod'
import { inScope } from '../../../db/database.ts'
import { readIdentityProvider } from '../../../db/identity-providers.ts'
import { listOffices } from '../../../db/people.ts'
import { Refused } from '../../../domain/refused.ts'
import { signOnTexts as text } from '../../../domain/text/sign-on.ts'
import { endSignOn, startSignOn } from '../../auth/sign-on.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import type { PortalEnv } from '../../visitor.ts'
import { requireOffice } from '../../visitor.ts'
import { publicPage } from '../page.ts'
import { localPath } from '../preferences.ts'
import type { Visit } from '../visit.ts'

const cookie = 'ranah_masuk'
/** How long somebody may take at the provider. */
const cookieSeconds = 15 * 60
/** Offices whose providers are offered on the sign-in page. */
const maxOffices = 20

const kept = z.object({
  ticket: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  office: z.string(),
  back: z.string(),
  until: z.number(),
})

const callerOf = (c: Context<PortalEnv>) => ({
  headers: c.req.raw.headers,
  address: c.get('visitor').address,
})

/** The way to an office's identity provider and back. Links, no forms: the page's policy lets no form leave the portal. */
export function registerSignOn(portal: Portal): void {
  publicPage(portal, { path: patterns.signOn, title: text.title, show: start })
  publicPage(portal, { path: patterns.signOnBack, title: text.title, show: comeBack })
}

async function start({ c, deps, param, query }: Visit): Promise<Response> {
  const office = await requireOffice(deps, param('office'))
  const { url, ticket } = await startSignOn(deps, callerOf(c), office)
  const until = deps.now().getTime() + cookieSeconds * 1000
  const back = localPath(query('kembali') ?? '')
  const value = Buffer.from(JSON.stringify({ ticket, office: office.slug, back, until })).toString(
    'base64url',
  )
  await setSignedCookie(c, cookie, value, deps.config.secret, {
    path: patterns.signIn,
    httpOnly: true,
    sameSite: 'Lax',
    secure: deps.config.secureCookies,
    maxAge: cookieSeconds,
  })
  c.header('cache-control', 'no-store')
  return c.redirect(url, 303)
}

async function comeBack({ c, deps }: Visit): Promise<Response> {
  const value = await getSignedCookie(c, deps.config.secret, cookie)
  deleteCookie(c, cookie, { path: patterns.signIn, secure: deps.config.secureCookies })
  const from = value ? kept.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString())).data : undefined
  if (!from || from.until < deps.now().getTime())
    throw new Refused('sign-on-refused', text.notAccepted, { status: 410 })
  const office = await requireOffice(deps, from.office)
  const query = new URL(c.req.url).searchParams.toString()
  const { next, cookies } = await endSignOn(deps, callerOf(c), office, { ticket: from.ticket, query })
  for (const line of cookies) c.header('set-cookie', line, { append: true })
  c.header('cache-control', 'no-store')
  return c.redirect(
    next === 'code' ? withQuery(paths.secondFactor(), { kembali: from.back }) : from.back,
    303,
  )
}

/** Links to the identity providers of the offices that have one. */
export async function SignOnLinks({ visit }: { visit: Visit }) {
  const { db } = visit.deps
  const offices = (await listOffices(db)).slice(0, maxOffices)
  const labels = await Promise.all(
    offices.map(async ({ id, slug }) => ({
      slug,
      label: (await inScope(db, { officeId: id }, (tx) => readIdentityProvider(tx, id)))?.label,
    })),
  )
  const offered = labels.filter(({ label }) => label !== undefined)
  if (offered.length === 0) return null
  return (
    <div class="passkey-place sign-on-links">
      {offered.map(({ slug, label }) => (
        <ButtonRow>
          <Button
            kind="secondary"
            href={withQuery(paths.signOn(slug), { kembali: visit.query('kembali') })}
            plain
          >
            {visit.say(text.signIn(label!))}
          </Button>
        </ButtonRow>
      ))}
    </div>
  )
}
