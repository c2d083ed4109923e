/**
 * `node --import tsx tools/scan/run.ts [--minutes N] [--sqlmap-minutes N]`: lets Debian's wapiti and sqlmap loose on the demo
 * that serves here (`npm run demo`), as a visitor and signed in as each role, and says what they found. The demo is not
 * fit for anything else afterwards. docs/security.md explains a report.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { tableRoutes } from '../../src/domain/access/table.ts'
import { readState, type Account } from '../../src/cli/demo/people.ts'
import { roleFor, targetOf, type Crawled, type OpenApi, type Target } from './addresses.ts'
import { run } from './command.ts'
import { crawl } from './crawl.ts'
import { keptAway, openGuard, type Guard, type Tally } from './guard.ts'
import { sessionOf, tokenOf } from './sign-in.ts'
import { runSqlmap, type Outcome } from './sqlmap.ts'

type Finding = { readonly method: string; readonly path: string; readonly info: string }
type Report = Readonly<Record<'vulnerabilities' | 'anomalies', Readonly<Record<string, readonly Finding[]>>>>

/** All of wapiti's that need no host on the internet: `ssrf` and `xxe` would ask one. */
const modules =
  'blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss'
const roles = [
  'visitor',
  'auditor',
  'applicant',
  'operator',
  'head-of-division',
  'head-of-office',
  'administrator',
]

const { values } = parseArgs({
  options: {
    portal: { type: 'string', default: 'http://127.0.0.1:8080' },
    data: { type: 'string', default: '.ranah' },
    office: { type: 'string', default: 'kukar' },
    minutes: { type: 'string', default: '1' },
    'sqlmap-minutes': { type: 'string', default: '30' },
  },
})
const portal = new URL(values.portal)
const seconds = Math.round(Number(values.minutes) * 60)
const sqlmapSeconds = Math.max(1, Math.round(Number(values['sqlmap-minutes']) * 60))
const out = resolve(values.data, 'scans')
const start = ['/', '/masuk', '/daftar-subdomain', '/periksa', '/lacak', '/akun', `/o/${values.office}`]

async function main(): Promise<boolean> {
  const state = await readState(join(values.data, 'demo', 'accounts.json'))
  if (!state)
    throw new Error(`no demo in ${values.data}: start it with \`npm run demo\` and leave it running`)
  rmSync(out, { recursive: true, force: true })
  const people = new Map(
    state.accounts.filter(({ office }) => office === values.office).map((each) => [each.role, each]),
  )
  const targets = await allTargets(people)
  let clean = true
  if (seconds > 0) for (const role of roles) clean = (await wapitiAs(role, people.get(role))) && clean
  clean = (await sqlmapOver(targets, people)) && clean
  console.log(clean ? 'nothing found; reports in' : 'see the reports in', out)
  return clean
}

/** What the whole table can be asked with, as far as a crawl of the demo as everybody shows it. */
async function allTargets(people: ReadonlyMap<string, Account>): Promise<readonly Target[]> {
  const crawled: Crawled = { codes: new Map([['office', values.office]]), fields: new Map() }
  for (const role of roles)
    await asRole(role, people.get(role), async (guard) => {
      console.log(`${role}: ${await crawl(guard.url, start, crawled)} pages read`)
    })
  const api = (await (await fetch(new URL('/api/v1/openapi.json', portal))).json()) as OpenApi
  const asked = tableRoutes.filter((route) => !keptAway.includes(route))
  const targets = asked.flatMap((route) => targetOf(route, crawled, api) ?? [])
  console.log(
    `${tableRoutes.length} addresses in the table: ${targets.length} with ${placesOf(targets)} places to write into,`,
    `${asked.length - targets.length} without any, ${tableRoutes.length - asked.length} that would end the session left out`,
  )
  return targets
}

const placesOf = (targets: readonly Target[]): number => targets.reduce((sum, { places }) => sum + places, 0)

async function asRole<T>(
  role: string,
  account: Account | undefined,
  work: (guard: Guard, folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(out, role)
  mkdirSync(folder, { recursive: true })
  const guard = await openGuard(portal, account && (await sessionOf(portal, account)))
  try {
    return await work(guard, folder)
  } finally {
    guard.close()
  }
}

/** Classes that wapiti reports about an answer's headers or a form's fields, not about what an input did. */
const judged = [
  'Content Security Policy Configuration',
  'HttpOnly Flag cookie',
  'Secure Flag cookie',
  'HTTP Secure Headers',
  'Cross Site Request Forgery',
]

const wapitiAs = (role: string, account: Account | undefined): Promise<boolean> =>
  asRole(role, account, async ({ url, tally }, folder) => {
    const report = await runWapiti(url, folder)
    const found = Object.entries({ ...report.vulnerabilities, ...report.anomalies }).filter(
      ([, each]) => each.length > 0,
    )
    console.log(`wapiti as ${role}: ${said(tally)}`)
    for (const [name, each] of found)
      console.log(`  ${name}: ${each.length}, first ${each[0]!.path}: ${each[0]!.info.slice(0, 160)}`)
    return tally.faults.size === 0 && found.every(([name]) => judged.includes(name))
  })

async function runWapiti(url: string, folder: string): Promise<Report> {
  const file = join(folder, 'wapiti.json')
  await run(
    'wapiti',
    [
      ['-u', `${url}/`, '--scope', 'folder', '-m', modules, '-d', '6', '-t', '10', '-l', '2'],
      start.flatMap((each) => ['-s', `${url}${each}`]),
      ['--max-scan-time', String(seconds), '--max-attack-time', String(Math.ceil(seconds / 4))],
      ['--store-session', join(folder, 'session'), '--store-config', join(folder, 'config')],
      ['--flush-session', '--no-bugreport', '-f', 'json', '-o', file],
    ].flat(),
    join(folder, 'wapiti.log'),
    seconds * 6 + 120,
  )
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

/** Each address as the first who may use it; what changes the own account comes last. */
async function sqlmapOver(
  targets: readonly Target[],
  people: ReadonlyMap<string, Account>,
): Promise<boolean> {
  const guards = new Map<string, Guard>()
  try {
    const batches = []
    for (const role of roles) {
      const account = people.get(role)
      const cookie = account && (await sessionOf(portal, account))
      const guard = await openGuard(portal, cookie)
      guards.set(role, guard)
      const token = account && cookie && (await tokenOf(portal, account, cookie))
      const headers = token ? [`Authorization: Bearer ${token}`] : []
      const own = targets.filter(({ route }) => roleFor(route) === role)
      batches.push({ url: guard.url, headers, targets: own.toSorted((a, b) => rank(a) - rank(b)) })
    }
    const folder = join(out, 'sqlmap')
    return printOutcome(targets, await runSqlmap(batches, folder, Date.now() + sqlmapSeconds * 1_000), guards)
  } finally {
    for (const guard of guards.values()) guard.close()
  }
}

const rank = ({ route, method }: Target): number =>
  (method === 'GET' ? 0 : 1) + (/ (\/akun|\/api\/v1\/me)/.test(route) ? 2 : 0)

function printOutcome(
  targets: readonly Target[],
  { done, places, injectable }: Outcome,
  guards: ReadonlyMap<string, Guard>,
): boolean {
  const tallies = [...guards].map(([role, { tally }]) => [role, tally] as const)
  const answered = targets.filter(
    ({ route }) => done.has(route) && tallies.some(([, tally]) => tally.answered.has(route)),
  )
  for (const [role, tally] of tallies) console.log(`sqlmap as ${role}: ${said(tally)}`)
  console.log(
    `sqlmap went through ${done.size} of ${targets.length} addresses (${places} of ${placesOf(targets)} places);`,
    `the handler itself answered at ${answered.length} of them; injectable: ${injectable.join(', ') || 'none'}`,
  )
  const missed = targets.filter(({ route }) => !done.has(route))
  if (missed.length > 0) console.log('  not to the end:', missed.map(({ route }) => route).join(', '))
  const unheard = targets.filter((each) => done.has(each.route) && !answered.includes(each))
  if (unheard.length > 0)
    console.log('  refused before the handler:', unheard.map(({ route }) => route).join(', '))
  return (
    missed.length === 0 && injectable.length === 0 && tallies.every(([, tally]) => tally.faults.size === 0)
  )
}

function said({ requests, statuses, faults }: Tally): string {
  const counted = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`)
  return [
    `${requests} requests (${counted.join(', ')})`,
    ...[...faults.values()].map((each) => `fault: ${each}`),
  ].join('\n  ')
}

process.exitCode = (await main()) ? 0 : 1
