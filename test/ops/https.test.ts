/** The operator guide's nginx and systemd examples, run and checked by Debian's own programs. */
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopServers } from '../../src/servers/installed.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { startRanah } from '../support/ranah.ts'
import { codeAt } from '../support/totp.ts'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const host = 'ranah.contohkab.go.id'
const password = 'kata-sandi-yang-cukup-panjang'
const readyMs = 30_000

type Ports = {
  readonly http: number
  readonly https: number
  readonly portal: number
  readonly sites: number
}

/** The guide's own file with nothing changed but ports and the places of the certificate. */
async function guideConfig(here: string, ports: Ports): Promise<string> {
  const text = await readFile(join(docs, 'examples/nginx.conf'), 'utf8')
  return text
    .replaceAll(/listen (\[::\]:)?80\b/g, (_all, v6: string | undefined) => `listen ${v6 ?? ''}${ports.http}`)
    .replaceAll(
      /listen (\[::\]:)?443\b/g,
      (_all, v6: string | undefined) => `listen ${v6 ?? ''}${ports.https}`,
    )
    .replaceAll(/\/etc\/letsencrypt\/live\/[^;]*\//g, `${here}/`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${ports.portal}`)
    .replaceAll('127.0.0.1:8081', `127.0.0.1:${ports.sites}`)
}

async function startNginx(t: TestContext, here: string, ports: Ports): Promise<void> {
  execFileSync(
    '/usr/bin/openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      join(here, 'privkey.pem'),
      '-out',
      join(here, 'fullchain.pem'),
      '-subj',
      `/CN=${host}`,
      '-addext',
      `subjectAltName=DNS:${host}`,
    ],
    { stdio: 'pipe' },
  )
  await writeFile(join(here, 'ranah.conf'), await guideConfig(here, ports))
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  await mkdir(join(here, 'temp'))
  await writeFile(
    join(here, 'nginx.conf'),
    [
      ...(process.getuid!() === 0 ? ['user root;'] : []),
      `daemon off; worker_processes 1; pid ${here}/nginx.pid; error_log ${here}/error.log;`,
      'events {}',
      `http { access_log off; ${places.map((name) => `${name}_temp_path ${here}/temp/${name};`).join(' ')}`,
      `include ${here}/ranah.conf; }`,
    ].join('\n'),
  )
  const argv = ['-p', here, '-e', join(here, 'error.log'), '-c', join(here, 'nginx.conf')]
  const checked = spawnSync('/usr/sbin/nginx', ['-t', ...argv], { encoding: 'utf8' })
  assert.equal(checked.status, 0, checked.stderr)
  const nginx = spawn('/usr/sbin/nginx', argv, { stdio: 'ignore' })
  t.after(async () => {
    const ended = once(nginx, 'exit')
    nginx.kill('SIGTERM')
    await ended
  })
}

test('behind nginx as the guide sets it up, people sign in over HTTPS and sites are served', async (t) => {
  const here = await mkdtemp(join(tmpdir(), 'ranah-https-'))
  const data = join(here, 'data')
  let portal: Awaited<ReturnType<typeof startRanah>> | undefined
  t.after(async () => {
    // the portal first: it would start again the servers that it misses
    await portal?.end('SIGINT')
    await stopServers(data)
    await destroyPostgres(data)
    await rm(here, { recursive: true, force: true, maxRetries: 10 })
  })
  const ports = {
    http: await freePort(),
    https: await freePort(),
    portal: await freePort(),
    sites: await freePort(),
  }
  const origin = `https://${host}:${ports.https}`
  portal = await startRanah(data, ['serve'], (said) => /siapkan\?kode=\S+\n/.test(said), {
    RANAH_PORT: String(ports.portal),
    RANAH_SITES_PORT: String(ports.sites),
    RANAH_PUBLIC_URL: origin,
    RANAH_TRUSTED_PROXIES: '127.0.0.1,::1',
  })
  await startNginx(t, here, ports)

  const curl = (...argv: string[]): string => {
    const common = ['-s', '-i', '--max-time', '20', '--cacert', join(here, 'fullchain.pem')]
    const resolve = [ports.http, ports.https].flatMap((port) => ['--resolve', `${host}:${port}:127.0.0.1`])
    const cookies = ['-c', join(here, 'cookies'), '-b', join(here, 'cookies')]
    const { stdout } = spawnSync('curl', [...common, ...resolve, ...cookies, ...argv], { encoding: 'utf8' })
    return stdout.replaceAll('\r', '')
  }
  const post = (path: string, body: unknown): string =>
    curl('-H', `Origin: ${origin}`, '--json', JSON.stringify(body), `${origin}${path}`)
  const deadline = performance.now() + readyMs
  while (curl(`${origin}/`) === '' && performance.now() < deadline) await sleep(50)

  assert.match(
    curl(`http://${host}:${ports.http}/masuk?x=1`),
    /^HTTP\S+ 301[^]*^Location: https:\/\/ranah\.contohkab\.go\.id\/masuk\?x=1$/m,
  )
  const code = /siapkan\?kode=(\S+)/.exec(portal.said)![1]
  assert.match(portal.said, new RegExp(`${origin}/siapkan`), 'the first-run page has the public address')
  const administrator = { name: 'Administrator Contoh', email: 'administrator@contoh.example', password }
  const made = post('/api/v1/setup', {
    code,
    sop: 'katingan-subdomain-hosting.yaml',
    office: { slug: 'contoh', zone: 'contohkab.example' },
    administrator,
  })
  assert.match(made, /^HTTP\/2 20[01] /, made)
  const signedIn = post('/api/v1/session', { email: administrator.email, password })
  assert.match(signedIn, /^HTTP\/2 200 /, signedIn)
  const cookies = signedIn.split('\n').filter((line) => /^set-cookie:/i.test(line))
  assert.ok(cookies.length > 0)
  for (const cookie of cookies) assert.match(cookie, /; Secure/i)
  assert.equal(signedIn.match(/^strict-transport-security: /gm)?.length, 1, 'said once, by the portal')
  assert.match(curl(`${origin}/api/v1/offices/contoh/people`), /second-factor-needed/)
  const begun = post('/api/v1/me/second-factor', { password })
  const code6 = codeAt(/"secret":"([A-Z2-7]+)"/.exec(begun)![1]!, Date.now())
  const body = JSON.stringify({ code: code6 })
  const put = ['-X', 'PUT', '-H', `Origin: ${origin}`, '--json', body, `${origin}/api/v1/me/second-factor`]
  assert.match(curl(...put), /^HTTP\/2 200 /)
  assert.match(curl(`${origin}/api/v1/offices/contoh/people`), /administrator@contoh\.example/)
  assert.match(curl(`${origin}/`), /^HTTP\/2 (200|302|303)/)
  // names that are no portal go to the site host, which knows none yet
  const site = curl('-H', 'Host: belum.contohkab.example', `http://127.0.0.1:${ports.http}/`)
  assert.match(site, /^HTTP\S+ 404/)
})

test('the guide shows the examples as they are in their files', async () => {
  const guide = await readFile(join(docs, 'operator-guide.md'), 'utf8')
  const [, ...lines] = (await readFile(join(docs, 'examples/nginx.conf'), 'utf8')).split('\n')
  assert.ok(guide.includes(lines.join('\n').trim()))
})

test('systemd finds nothing wrong with the unit', async (t) => {
  const here = await mkdtemp(join(tmpdir(), 'ranah-unit-'))
  t.after(() => rm(here, { recursive: true, force: true }))
  const unit = await readFile(join(docs, 'examples/ranah.service'), 'utf8')
  // the paths and the account of an installation are not those of the machine that runs the tests
  const adapted = unit
    .replaceAll('/opt/ranah/node_modules/.bin/node', process.execPath)
    .replaceAll(/^(User|Group)=ranah$/gm, '$1=root')
    .replaceAll(/^Documentation=.*\n/gm, '')
  const file = join(here, 'ranah.service')
  await writeFile(file, adapted)
  const { status, stderr } = spawnSync('/usr/bin/systemd-analyze', ['verify', file], { encoding: 'utf8' })
  const about = stderr.split('\n').filter((line) => line.includes('ranah.service'))
  assert.deepEqual([status, about], [0, []], stderr)
})
