import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { sessionBounds, type SessionTimes } from './domain/access/sessions.ts'
import { type FieldIssue, Refused, type Text } from './domain/refused.ts'
import * as say from './domain/text/configuration.ts'

const minuteMs = 60_000

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535))
const directory = z.string().min(1)
const address = z.union([z.ipv4(), z.ipv6()])
const networks = z.string().transform(splitNetworks)
const idleMinutes = wholeNumber(sessionBounds.idleMinutes)
const sessionHours = wholeNumber(sessionBounds.hours)
const webUrl = z.string().transform(readOrigin)
const origins = z
  .string()
  .transform((text, context) => text.split(',').map((part) => readOrigin(part.trim(), context)))
const clamd = z.string().transform(readClamd)
const smtpUrl = z.string().transform(readUrl(['smtp:', 'smtps:']))
const databaseUrl = z.string().transform(readUrl(['postgresql:', 'postgres:'], /^\/[^/]+$/))

/** Every setting there is: its variable, its shape and, when it is wrong, what it must be. */
const settings = {
  RANAH_DATA: { shape: directory, wanted: say.wanted.directory },
  RANAH_LISTEN: { shape: address, wanted: say.wanted.address },
  RANAH_PORT: { shape: port, wanted: say.wanted.port },
  RANAH_DNS_PORT: { shape: port, wanted: say.wanted.port },
  RANAH_SITES_PORT: { shape: port, wanted: say.wanted.port },
  RANAH_SFTP_PORT: { shape: port, wanted: say.wanted.port },
  RANAH_PUBLIC_URL: { shape: webUrl, wanted: say.wanted.webUrl },
  RANAH_TRUSTED_PROXIES: { shape: networks, wanted: say.wanted.networks },
  RANAH_SMTP_URL: { shape: smtpUrl, wanted: say.wanted.smtpUrl },
  RANAH_CLAMD: { shape: clamd, wanted: say.wanted.clamd },
  RANAH_STAFF_IDLE_MINUTES: { shape: idleMinutes, wanted: say.wantedNumber(sessionBounds.idleMinutes) },
  RANAH_APPLICANT_IDLE_MINUTES: { shape: idleMinutes, wanted: say.wantedNumber(sessionBounds.idleMinutes) },
  RANAH_SESSION_HOURS: { shape: sessionHours, wanted: say.wantedNumber(sessionBounds.hours) },
  RANAH_OWN_NETWORKS: { shape: networks, wanted: say.wanted.networks },
  RANAH_IDENTITY_PROVIDERS: { shape: origins, wanted: say.wanted.origins },
  DATABASE_URL: { shape: databaseUrl, wanted: say.wanted.databaseUrl },
} as const

type Name = keyof typeof settings
const names = Object.keys(settings) as Name[]
const isName = (name: string): name is Name => names.includes(name as Name)

/** Known, but no settings of an installation: where the file is, and what only the commands over the API read. */
const besides = ['RANAH_CONFIG', 'RANAH_URL', 'RANAH_TOKEN']

const defaults: Partial<Record<Name, string>> = {
  RANAH_DATA: '.ranah',
  RANAH_LISTEN: '127.0.0.1',
  RANAH_PORT: '8080',
  RANAH_DNS_PORT: '5300',
  RANAH_SITES_PORT: '8081',
  RANAH_SFTP_PORT: '2222',
  RANAH_STAFF_IDLE_MINUTES: '30',
  RANAH_APPLICANT_IDLE_MINUTES: '120',
  RANAH_SESSION_HOURS: '12',
}

/** clamd's local socket, or a host and port. */
export type ClamdPlace =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }

type Source = 'environment' | 'file' | 'default'
type Given = { readonly value: string; readonly source: Source; readonly place: string }

/** What an installation is told from outside. Only start.ts and the CLI read it; everything else is handed its part. */
export type Config = {
  /** absolute path of the data directory */
  readonly dataDirectory: string
  /** address that the portal, the site host and the DNS server listen on */
  readonly listen: string
  /** 0 means: pick a free one */
  readonly ports: {
    readonly portal: number
    readonly dns: number
    readonly sites: number
    readonly sftp: number
  }
  /** origin without a slash at the end; undefined when it follows from the address and port of the portal */
  readonly publicUrl: string | undefined
  /** addresses and networks whose X-Forwarded-For is believed */
  readonly trustedProxies: readonly string[]
  readonly smtpUrl: string | undefined
  /** where the malware scanner listens; undefined: what is uploaded is not scanned */
  readonly clamd: ClamdPlace | undefined
  /** networks beside the public internet in which the offices' own servers may be reached */
  readonly ownNetworks: readonly string[]
  /** origins of identity providers in the office's own network, or without https */
  readonly identityProviders: readonly string[]
  /** when a person who is signed in must sign in again */
  readonly sessions: SessionTimes
  /** undefined: the embedded PostgreSQL */
  readonly databaseUrl: string | undefined
  /** absolute path of the configuration file that was read */
  readonly file: string | undefined
  /** the texts as given, for `redacted` */
  readonly given: Readonly<Partial<Record<Name, Given>>>
}

/**
 * Reads the configuration: environment before file before default.
 * The file is RANAH_CONFIG, or `ranah.conf` in the data directory if it is there: lines NAME=value.
 * @throws Refused `configuration-invalid` that names every unknown, doubled or wrong setting at once
 */
export async function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Promise<Config> {
  const issues: FieldIssue[] = []
  const fromEnvironment = readEnvironment(env, issues)
  const dataGiven = fromEnvironment.RANAH_DATA?.value ?? defaults.RANAH_DATA!
  const named = env.RANAH_CONFIG
  const path = named
    ? resolve(workingDirectory, named)
    : join(resolve(workingDirectory, dataGiven), 'ranah.conf')
  const fromFile = await readConfigFile(path, named !== undefined, issues)
  const given: Partial<Record<Name, Given>> = { ...defaultsGiven(), ...fromFile, ...fromEnvironment }
  const values = parseAll(given, issues)
  refuseSamePorts(values, issues)
  refuseLongerForStaff(values, issues)
  if (issues.length > 0) throw invalid(issues)
  return {
    dataDirectory: resolve(workingDirectory, values.RANAH_DATA!),
    listen: values.RANAH_LISTEN!,
    ports: {
      portal: values.RANAH_PORT!,
      dns: values.RANAH_DNS_PORT!,
      sites: values.RANAH_SITES_PORT!,
      sftp: values.RANAH_SFTP_PORT!,
    },
    publicUrl: values.RANAH_PUBLIC_URL,
    trustedProxies: values.RANAH_TRUSTED_PROXIES ?? [],
    smtpUrl: values.RANAH_SMTP_URL,
    clamd: values.RANAH_CLAMD,
    ownNetworks: values.RANAH_OWN_NETWORKS ?? [],
    identityProviders: values.RANAH_IDENTITY_PROVIDERS ?? [],
    sessions: {
      staffIdleMs: values.RANAH_STAFF_IDLE_MINUTES! * minuteMs,
      applicantIdleMs: values.RANAH_APPLICANT_IDLE_MINUTES! * minuteMs,
      longestMs: values.RANAH_SESSION_HOURS! * 60 * minuteMs,
    },
    databaseUrl: values.DATABASE_URL,
    file: fromFile ? path : undefined,
    given,
  }
}

/** Where people reach the portal: as configured, or as it listens. @param portalPort the port really taken */
export function publicUrlOf(config: Config, portalPort: number): string {
  if (config.publicUrl) return config.publicUrl
  const everywhere = config.listen === '0.0.0.0' || config.listen === '::'
  const host = everywhere ? 'localhost' : config.listen.includes(':') ? `[${config.listen}]` : config.listen
  return `http://${host}:${portalPort}`
}

/** One line per setting for the log of the start, with every password masked and the source named. */
export function redacted(config: Config): readonly string[] {
  return names.map((name) => {
    const given = config.given[name]
    if (!given) return `${name} (not set)`
    return `${name}=${maskPasswords(given.value)} (${given.source})`
  })
}

/** What works but should not stay so. */
export async function warnings(config: Config): Promise<readonly Text[]> {
  const found: Text[] = []
  if (!isLoopback(config.listen) && !config.publicUrl?.startsWith('https:')) {
    found.push(say.openWithoutHttps(config.listen))
  }
  if (config.trustedProxies.some((network) => /\/0+$/.test(network))) found.push(say.everybodyTrusted)
  if (config.ownNetworks.some((network) => /\/0+$/.test(network))) found.push(say.everythingReached)
  if (config.smtpUrl) {
    const { protocol, password, hostname } = new URL(config.smtpUrl)
    const local = isLoopback(hostname) || hostname === 'localhost'
    if (protocol === 'smtp:' && password && !local) found.push(say.mailInClear(hostname))
  }
  if (config.file && ((await stat(config.file)).mode & 0o077) !== 0) {
    const holdsSecrets = [config.given.DATABASE_URL, config.given.RANAH_SMTP_URL].some(
      (one) => one?.source === 'file',
    )
    if (holdsSecrets) found.push(say.fileOpenToOthers(config.file))
  }
  return found
}

const isLoopback = (host: string): boolean => host.startsWith('127.') || host === '::1' || host === '[::1]'

export function invalid(issues: readonly FieldIssue[]): Refused {
  const join = (locale: 'id' | 'en'): string =>
    [say.configurationInvalid[locale], ...issues.map((issue) => `- ${issue.text[locale]}`)].join('\n')
  return new Refused('configuration-invalid', { id: join('id'), en: join('en') }, { issues })
}

function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  issues: FieldIssue[],
): Partial<Record<Name, Given>> {
  const place = 'environment'
  const found: Partial<Record<Name, Given>> = {}
  for (const [name, value] of Object.entries(env)) {
    if (isName(name)) {
      if (value !== undefined && value !== '') found[name] = { value, source: 'environment', place }
    } else if (name.startsWith('RANAH_') && !besides.includes(name)) {
      issues.push({ field: name, text: say.unknownSetting(name, place, nearest(name)) })
    }
  }
  return found
}

function defaultsGiven(): Partial<Record<Name, Given>> {
  const entries = Object.entries(defaults).map(([name, value]) => [
    name,
    { value, source: 'default', place: 'default' } satisfies Given,
  ])
  return Object.fromEntries(entries) as Partial<Record<Name, Given>>
}

/** @returns undefined when there is no file and none was asked for */
async function readConfigFile(
  path: string,
  isNamed: boolean,
  issues: FieldIssue[],
): Promise<Partial<Record<Name, Given>> | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !isNamed) return undefined
    issues.push({ field: 'RANAH_CONFIG', text: say.fileUnreadable(path, code ?? String(error)) })
    return undefined
  }
  const found: Partial<Record<Name, Given>> = {}
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    readLine(line, index + 1, path, found, issues)
  }
  if (found.RANAH_DATA && !isNamed) issues.push({ field: 'RANAH_DATA', text: say.dataInOwnFile(path) })
  return found
}

const assignment = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*?))\s*$/

function readLine(
  line: string,
  number: number,
  path: string,
  found: Partial<Record<Name, Given>>,
  issues: FieldIssue[],
): void {
  const [, name, double, single, bare] = assignment.exec(line) ?? []
  const value = double ?? single ?? bare
  if (!name || value === undefined) {
    issues.push({ field: `line ${number}`, text: say.badLine(path, number) })
  } else if (!isName(name)) {
    issues.push({ field: name, text: say.unknownSetting(name, `${path}:${number}`, nearest(name)) })
  } else if (found[name]) {
    issues.push({ field: name, text: say.doubledSetting(path, number, name) })
  } else if (value !== '') {
    found[name] = { value, source: 'file', place: `${path}:${number}` }
  }
}

type Values = { [N in Name]?: z.output<(typeof settings)[N]['shape']> }

function parseAll(given: Partial<Record<Name, Given>>, issues: FieldIssue[]): Values {
  const values: Partial<Record<Name, unknown>> = {}
  for (const name of names) {
    const one = given[name]
    if (!one) continue
    const result = settings[name].shape.safeParse(one.value)
    if (result.success) values[name] = result.data
    else issues.push({ field: name, text: say.badSetting(name, one.place, settings[name].wanted) })
  }
  return values as Values
}

function refuseSamePorts(values: Values, issues: FieldIssue[]): void {
  const ports = names.filter((name) => name.endsWith('_PORT'))
  for (const [index, first] of ports.entries()) {
    const second = ports.slice(index + 1).find((other) => values[other] === values[first])
    const taken = Number(values[first])
    if (second && taken > 0) issues.push({ field: second, text: say.samePort(first, second, taken) })
  }
}

/** Whoever acts in the office's name is not left signed in for longer than an applicant. */
function refuseLongerForStaff(values: Values, issues: FieldIssue[]): void {
  const { RANAH_STAFF_IDLE_MINUTES: staff, RANAH_APPLICANT_IDLE_MINUTES: applicants } = values
  if (staff !== undefined && applicants !== undefined && staff > applicants)
    issues.push({ field: 'RANAH_STAFF_IDLE_MINUTES', text: say.staffIdleLonger(staff, applicants) })
}

/** The known name within two typing mistakes, if any. */
function nearest(name: string): string | undefined {
  const distances = [...names, ...besides].map((known) => ({
    known,
    distance: editDistance(name, known),
  }))
  const best = distances.reduce((a, b) => (b.distance < a.distance ? b : a))
  return best.distance <= 2 ? best.known : undefined
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(substitution, previous[j]! + 1, row[j - 1]! + 1))
    }
    previous = row
  }
  return previous[b.length]!
}

/** Hides the password of a URL, wherever the URL carries it. */
function maskPasswords(value: string): string {
  if (!URL.canParse(value)) return value
  const url = new URL(value)
  if (url.password) url.password = '***'
  for (const key of url.searchParams.keys()) {
    if (/pass|secret|token/i.test(key)) url.searchParams.set(key, '***')
  }
  return url.href
}

function readUrl(
  protocols: readonly string[],
  path = /^/,
): (text: string, context: z.RefinementCtx) => string {
  return (text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url && protocols.includes(url.protocol) && /^[^,]+$/.test(url.hostname) && path.test(url.pathname))
      return url.href
    context.addIssue('not such a URL')
    return z.NEVER
  }
}

function wholeNumber({ least, most }: { readonly least: number; readonly most: number }) {
  return z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))
}

function readOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username
  if (bare && ['http:', 'https:'].includes(url.protocol)) return url.origin
  context.addIssue('not such a URL')
  return z.NEVER
}

/** `unix:/path` or `tcp://host:port`, and nothing beside it. */
function readClamd(text: string, context: z.RefinementCtx): ClamdPlace {
  const path = /^unix:(\/[^\0\s]{1,100})$/.exec(text)?.[1]
  if (path) return { kind: 'unix', path }
  const [, host, digits] =
    /^tcp:\/\/(?:\[([\da-fA-F:]+)\]|([A-Za-z\d.-]+)):(\d{1,5})$/.exec(text)?.filter(Boolean) ?? []
  const port = Number(digits)
  if (host && port > 0 && port <= 65_535) return { kind: 'tcp', host, port }
  context.addIssue('not such a place')
  return z.NEVER
}

function splitNetworks(text: string, context: z.RefinementCtx): readonly string[] {
  const list = text.split(',').map((part) => part.trim())
  if (!list.every(isNetwork)) context.addIssue('not a list of networks')
  return list
}

function isNetwork(text: string): boolean {
  const [host = '', prefix] = text.split('/')
  const family = isIP(host)
  if (family === 0) return false
  const longest = family === 6 ? 128 : 32
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)
}
