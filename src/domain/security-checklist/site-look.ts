import type { Text } from '../refused.ts'
import { lookText as text } from '../text/security-look.ts'
import type { SecurityFunction } from './functions.ts'

/** One answer of a site, as far as a look from outside needs it. Header names are in lower case. */
export type SeenAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  /** The beginning of the body. */
  readonly body: string
}

/** What a visitor sees of a site without trying anything; null where nobody answered. */
export type SiteSignals = {
  readonly plain: SeenAnswer | null
  readonly secure: (SeenAnswer & { readonly trusted: boolean; readonly notAfter: Date }) | null
  /** Whether a handshake with TLS 1.0 or 1.1 succeeds. */
  readonly oldTls: boolean
  /** An address that the site cannot have. */
  readonly nowhere: SeenAnswer | null
  /** Files that belong to nobody outside, and were handed out. */
  readonly exposed: readonly string[]
}

export type SiteFinding = { readonly function: SecurityFunction; readonly ok: boolean; readonly text: Text }

/** Days before the end of a certificate from which it counts as a finding. */
const certificateDays = 7
const dayMs = 86_400_000
/** Half a year (RFC 6797 leaves the length open), in seconds. */
const transportSeconds = 15_552_000

/** What the signals say about the functions that can be seen from outside. An outage says nothing: no finding. */
export function judgeSite(signals: SiteSignals, now: Date): SiteFinding[] {
  const { plain, secure } = signals
  if (!plain && !secure) return []
  const page = secure ?? plain!
  return [
    ...judgeTransport(signals, now),
    ...judgeCookies([...(plain?.cookies ?? []), ...(secure?.cookies ?? [])]),
    ...judgeErrors(signals),
    ...judgeApi(page),
    ...judgeConfiguration(page, signals.exposed),
  ]
}

const finding =
  (id: SecurityFunction) =>
  (ok: boolean, good: Text, bad: Text): SiteFinding => ({ function: id, ok, text: ok ? good : bad })

function judgeTransport({ plain, secure, oldTls }: SiteSignals, now: Date): SiteFinding[] {
  const say = finding('communication')
  if (!secure) return [say(false, text.https, text.noHttps)]
  const days = Math.floor((secure.notAfter.getTime() - now.getTime()) / dayMs)
  const age = Number(/max-age="?(\d+)/i.exec(secure.headers['strict-transport-security'] ?? '')?.[1] ?? 0)
  const leads = (plain?.headers.location ?? '').startsWith('https://')
  return [
    say(secure.trusted, text.https, text.untrusted),
    say(days >= certificateDays, text.certificateLasts(days), text.certificateEnds(days)),
    ...(plain ? [say(leads, text.leadsToHttps, text.servesPlain)] : []),
    say(age >= transportSeconds, text.hsts, text.noHsts),
    say(!oldTls, text.newTls, text.oldTls),
  ]
}

function judgeCookies(cookies: readonly string[]): SiteFinding[] {
  const say = finding('session')
  const lacking = cookies.flatMap((line) => {
    const [pair = '', ...attributes] = line.split(';')
    const names = attributes.map((each) => each.split('=')[0]!.trim().toLowerCase())
    const missing = ['secure', 'httponly', 'samesite'].filter((each) => !names.includes(each))
    return missing.length === 0 ? [] : [{ cookie: pair.split('=')[0]!.trim().slice(0, 60), missing }]
  })
  if (cookies.length === 0) return []
  const [first] = lacking
  return [
    say(!first, text.cookiesKept, first ? text.cookieLacks(first.cookie, first.missing) : text.cookiesKept),
  ]
}

/** What programs print about themselves when they break; none of it is for visitors. */
const traces = [
  /stack trace:/i,
  /traceback \(most recent call last\)/i,
  /fatal error<\/b>:|PHP (Fatal|Parse|Warning|Notice)/,
  /SQLSTATE\[|ORA-\d{5}|You have an error in your SQL syntax/,
  /\bat [\w.$]+\([\w]+\.java:\d+\)/,
  /Whoops, looks like something went wrong|Symfony\\Component|Illuminate\\/,
]

function judgeErrors({ nowhere }: SiteSignals): SiteFinding[] {
  if (!nowhere) return []
  const say = finding('errors')
  const tells = traces.some((each) => each.test(nowhere.body))
  return [
    say([404, 410].includes(nowhere.status), text.notFoundTold, text.notFoundWrong(nowhere.status)),
    say(!tells, text.errorsQuiet, text.errorsTell),
  ]
}

function judgeApi({ headers }: SeenAnswer): SiteFinding[] {
  const open = headers['access-control-allow-origin']
  if (open === undefined) return []
  const lets = headers['access-control-allow-credentials'] === 'true' && open !== 'null'
  return [finding('api')(!lets, text.originsBounded, text.originsOpen)]
}

function judgeConfiguration({ headers, body }: SeenAnswer, exposed: readonly string[]): SiteFinding[] {
  const say = finding('configuration')
  const policy = headers['content-security-policy'] ?? ''
  const framed = /frame-ancestors/i.test(policy) || headers['x-frame-options'] !== undefined
  const versions = ['server', 'x-powered-by'].filter((name) => /\d/.test(headers[name] ?? ''))
  const [name] = versions
  return [
    say(
      !name,
      text.versionsHidden,
      name ? text.versionShown(name, headers[name]!.slice(0, 60)) : text.versionsHidden,
    ),
    say(headers['x-content-type-options'] === 'nosniff', text.nosniff, text.noNosniff),
    say(framed, text.framesBounded, text.framesOpen),
    say(!/<title>\s*Index of \//i.test(body), text.noListing, text.listing),
    say(exposed.length === 0, text.noneExposed, text.exposed(exposed)),
  ]
}
