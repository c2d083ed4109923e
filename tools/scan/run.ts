/**
 * `node --import tsx tools/scan/run.ts [--minutes N]`: lets Debian's wapiti and sqlmap loose on the demo that serves here
 * (`npm run demo`), as a visitor and signed in as each role, and says what they found. docs/security.md explains a report.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readState, type Account } from '../../src/cli/demo/people.ts'
import { totp, untilNextCode } from '../../src/cli/demo/totp.ts'
import { isCode, openGuard, type Seen, type Tally } from './guard.ts'

type Finding = { readonly method: string; readonly path: string; readonly info: string }
type Report = Readonly<Record<'vulnerabilities' | 'anomalies', Readonly<Record<string, readonly Finding[]>>>>

/** All of wapiti's that need no host on the internet: `ssrf` and `xxe` would ask one. */
const modules =
  'blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss'
const roles = ['applicant', 'operator', 'head-of-division', 'administrator', 'auditor']
const mostTargets = 300

const { values } = parseArgs({
  options: {
    portal: { type: 'string', default: 'http://127.0.0.1:8080' },
    data: { type: 'string', default: '.ranah' },
    office: { type: 'string', default: 'kukar' },
    minutes: { type: 'string', default: '4' },
    role: { type: 'string', multiple: true, default: ['visitor', ...roles] },
  },
})
const portal = new URL(values.portal)
const seconds = Math.max(1, Math.round(Number(values.minutes) * 60))
const out = resolve(values.data, 'scans')

async function main(): Promise<boolean> {
  const state = await readState(join(values.data, 'demo', 'accounts.json'))
  if (!state)
    throw new Error(`no demo in ${values.data}: start it with \`npm run demo\` and leave it running`)
  rmSync(out, { recursive: true, force: true })
  let clean = true
  for (const role of values.role) {
    const account = state.accounts.find((each) => each.office === values.office && each.role === role)
    if (!account && role !== 'visitor') throw new Error(`the demo has no ${role} in ${values.office}`)
    clean = (await scanAs(role, account)) && clean
  }
  console.log(clean ? 'nothing found; reports in' : 'see the reports in', out)
  return clean
}

async function scanAs(role: string, account: Account | undefined): Promise<boolean> {
  const folder = join(out, role)
  mkdirSync(folder, { recursive: true })
  const guard = await openGuard(portal, account && (await sessionOf(account)))
  try {
    const wapiti = await runWapiti(guard.url, folder)
    const crawled = [...guard.tally.shapes.values()].slice(0, mostTargets)
    const sqlmap = await runSqlmap(guard.url, crawled, folder)
    print(role, guard.tally, wapiti, sqlmap)
    return guard.tally.faults.size === 0 && sqlmap.injectable.length === 0 && worstOf(wapiti).length === 0
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

const worstOf = (report: Report): string[] =>
  Object.entries({ ...report.vulnerabilities, ...report.anomalies })
    .filter(([name, found]) => found.length > 0 && !judged.includes(name))
    .map(([name]) => name)

/** Signs in over the public API as a browser would. @returns the cookie of the session */
async function sessionOf({ login, secret, totp: key }: Account): Promise<string> {
  const first = await post('/api/v1/session', { email: login, password: secret }, '')
  for (let tries = 0; tries < 3; tries++) {
    const second = await post('/api/v1/session/code', { code: totp(key, new Date()) }, cookiesOf(first))
    if (second.ok) return cookiesOf(second)
    await new Promise((done) => setTimeout(done, untilNextCode(new Date())))
  }
  throw new Error(`${login} could not sign in`)
}

const post = (path: string, body: unknown, cookie: string): Promise<Response> =>
  fetch(new URL(path, portal), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portal.origin, cookie },
    body: JSON.stringify(body),
  })

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')

async function runWapiti(url: string, folder: string): Promise<Report> {
  const file = join(folder, 'wapiti.json')
  const start = [`${url}/`, `${url}/o/${values.office}`, `${url}/masuk`, `${url}/daftar-subdomain`]
  await run(
    'wapiti',
    [
      ['-u', `${url}/`, '--scope', 'folder', '-m', modules, '-d', '6', '-t', '10', '-l', '2'],
      start.flatMap((each) => ['-s', each]),
      ['--max-scan-time', String(seconds), '--max-attack-time', String(Math.ceil(seconds / 4))],
      ['--store-session', join(folder, 'session'), '--store-config', join(folder, 'config')],
      ['--flush-session', '--no-bugreport', '-f', 'json', '-o', file],
    ].flat(),
    join(folder, 'wapiti.log'),
    seconds * 6,
  )
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

/** Every address of the crawl once: its query, its form, and its own codes as places for an injection. */
async function runSqlmap(url: string, crawled: readonly Seen[], folder: string) {
  const targets = crawled.filter(
    (each) => each.path.includes('?') || each.body !== '' || isCode(lastOf(each.path)),
  )
  const until = Date.now() + seconds * 1_000
  const injectable: string[] = []
  let tried = 0
  for (const [index, target] of targets.entries()) {
    if (Date.now() > until) break
    const file = join(folder, `request-${index}.txt`)
    writeFileSync(file, rawRequest(url, target))
    const log = join(folder, `sqlmap-${index}.log`)
    const args = ['-r', file, '--batch', '--level', '1', '--risk', '1', '--flush-session', '--threads', '4']
    await run('sqlmap', [...args, '--timeout', '10', '--output-dir', join(folder, 'sqlmap')], log, 120)
    tried++
    if (/identified the following injection point/.test(readFileSync(log, 'utf8')))
      injectable.push(target.path)
  }
  return { tried, targets: targets.length, injectable }
}

const lastOf = (path: string): string => path.split('?')[0]!.split('/').at(-1)!

function rawRequest(url: string, { method, path, body, type }: Seen): string {
  const marked = path.includes('?') || body !== '' ? path : `${path}*`
  const head = [`${method} ${marked} HTTP/1.1`, `Host: ${new URL(url).host}`]
  return `${[...head, ...(type ? [`Content-Type: ${type}`] : [])].join('\r\n')}\r\n\r\n${body}`
}

/** Ends by itself or after its time; what it said is in the log. */
async function run(
  command: string,
  args: readonly string[],
  log: string,
  limitSeconds: number,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: limitSeconds * 1_000 })
  const file = createWriteStream(log)
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  await new Promise<void>((done, failed) => {
    child.on('error', (cause) =>
      failed(new Error(`${command} is missing: apt-get install wapiti sqlmap`, { cause })),
    )
    child.on('close', () => file.end(done))
  })
}

function print(
  role: string,
  tally: Tally,
  wapiti: Report,
  sqlmap: Awaited<ReturnType<typeof runSqlmap>>,
): void {
  const statuses = [...tally.statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, times]) => `${status}: ${times}`)
  console.log(
    `${role}: ${tally.requests} requests to ${tally.shapes.size} addresses (${statuses.join(', ')})`,
  )
  for (const fault of tally.faults.values()) console.log(`  fault: ${fault}`)
  for (const [name, found] of Object.entries({ ...wapiti.vulnerabilities, ...wapiti.anomalies }))
    if (found.length > 0)
      console.log(
        `  wapiti: ${name}: ${found.length}, first ${found[0]!.path}: ${found[0]!.info.slice(0, 160)}`,
      )
  console.log(
    `  sqlmap: ${sqlmap.tried} of ${sqlmap.targets} addresses, injectable: ${sqlmap.injectable.join(', ') || 'none'}`,
  )
}

process.exitCode = (await main()) ? 0 : 1
