import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { loadConfig, publicUrlOf, redacted, warnings } from '../../src/config.ts'
import { Refused } from '../../src/domain/refused.ts'

let here: string
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-config-'))
})
after(() => rm(here, { recursive: true }))

async function complaints(env: Record<string, string>): Promise<readonly string[]> {
  try {
    await loadConfig(env, here)
    return []
  } catch (error) {
    assert.ok(error instanceof Refused)
    for (const issue of error.issues) assert.ok(error.text.id.includes(issue.text.id))
    return error.issues.map((issue) => issue.text.en)
  }
}

test('without anything the defaults hold', async () => {
  const config = await loadConfig({ PATH: '/bin' }, here)
  assert.deepEqual(config.ports, { portal: 8080, dns: 5300, sites: 8081, sftp: 2222 })
  assert.deepEqual(
    [config.dataDirectory, config.listen, config.publicUrl, config.databaseUrl, config.trustedProxies],
    [join(here, '.ranah'), '127.0.0.1', undefined, undefined, []],
  )
  assert.equal(publicUrlOf(config, 8080), 'http://127.0.0.1:8080')
  assert.deepEqual(await warnings(config), [])
})

test('times of sessions have bounds, and staff have no longer than applicants', async () => {
  const minute = 60_000
  assert.deepEqual((await loadConfig({}, here)).sessions, {
    staffIdleMs: 30 * minute,
    applicantIdleMs: 120 * minute,
    longestMs: 720 * minute,
  })
  for (const [name, value] of [
    ['RANAH_STAFF_IDLE_MINUTES', '4'],
    ['RANAH_STAFF_IDLE_MINUTES', '121'],
    ['RANAH_APPLICANT_IDLE_MINUTES', '721'],
    ['RANAH_SESSION_HOURS', '0'],
    ['RANAH_SESSION_HOURS', '25'],
    ['RANAH_SESSION_HOURS', '1.5'],
  ] as const)
    assert.equal((await complaints({ [name]: value })).length, 1, `${name}=${value}`)
  assert.match(
    (await complaints({ RANAH_STAFF_IDLE_MINUTES: '60', RANAH_APPLICANT_IDLE_MINUTES: '20' }))[0]!,
    /RANAH_STAFF_IDLE_MINUTES \(60\) is longer/,
  )
})

test('environment goes before file, file before default', async () => {
  const data = join(here, 'data')
  await mkdir(data)
  await writeFile(
    join(data, 'ranah.conf'),
    '# a note\nRANAH_PORT=9000\r\nRANAH_LISTEN = "::1"\n\nRANAH_SMTP_URL=\n',
  )
  const config = await loadConfig({ RANAH_DATA: 'data', RANAH_PORT: '9001', RANAH_SFTP_PORT: '' }, here)
  assert.deepEqual([config.ports.portal, config.listen, config.ports.sftp], [9001, '::1', 2222])
  assert.equal(publicUrlOf(config, 9001), 'http://[::1]:9001')
  assert.equal(config.smtpUrl, undefined)
})

test('everything that is wrong is named at once, with its place and what it must be', async () => {
  const file = join(here, 'wrong.conf')
  await writeFile(file, 'RANAH_PROT=80\nnonsense\nRANAH_PORT=1\nRANAH_PORT=2\nRANAH_SITES_PORT=70000\n')
  const found = await complaints({
    RANAH_CONFIG: 'wrong.conf',
    RANAH_DEMO: '1',
    RANAH_LISTEN: 'localhost',
    RANAH_PUBLIC_URL: 'https://ranah.contohkab.go.id/desk',
    RANAH_TRUSTED_PROXIES: '127.0.0.1, 192.0.2.0/33',
    RANAH_OWN_NETWORKS: 'dns.contohkab.go.id',
    RANAH_SMTP_URL: 'mail.contohkab.go.id',
    RANAH_CLAMD: 'unix:clamd.ctl',
    DATABASE_URL: 'postgresql://ranah@192.0.2.1,192.0.2.2/ranah',
  })
  assert.deepEqual(
    found.toSorted(),
    [
      'environment: DATABASE_URL must be an address postgresql://user:password@server/database with one server.',
      'environment: RANAH_CLAMD must be unix:/path of the socket or tcp://host:port, for example unix:/run/clamav/clamd.ctl.',
      'environment: RANAH_DEMO is not known. Remove it, or see the list in docs/operator-guide.md.',
      'environment: RANAH_LISTEN must be an IP address, for example 127.0.0.1.',
      'environment: RANAH_OWN_NETWORKS must be IP addresses or networks separated by commas, for example 127.0.0.1,192.0.2.0/24.',
      'environment: RANAH_PUBLIC_URL must be an http:// or https:// address without a path, for example https://ranah.contohkab.go.id.',
      'environment: RANAH_SMTP_URL must be an smtp:// or smtps:// address, for example smtps://user:password@mail.contohkab.go.id.',
      'environment: RANAH_TRUSTED_PROXIES must be IP addresses or networks separated by commas, for example 127.0.0.1,192.0.2.0/24.',
      `${file}, line 2: write NAME=value, or # at the start of a line for a note.`,
      `${file}, line 4: RANAH_PORT was written before. Leave only one.`,
      `${file}:1: RANAH_PROT is not known. Did you mean RANAH_PORT?`,
      `${file}:5: RANAH_SITES_PORT must be a number from 0 to 65535 (0: pick a free one).`,
    ].toSorted(),
  )
})

test('a named file must be there; the data directory is not named inside itself; ports differ', async () => {
  assert.match((await complaints({ RANAH_CONFIG: 'none.conf' }))[0]!, /none.conf cannot be read \(ENOENT\)/)
  await mkdir(join(here, 'itself'))
  await writeFile(join(here, 'itself', 'ranah.conf'), 'RANAH_DATA=/srv/elsewhere\n')
  assert.match((await complaints({ RANAH_DATA: 'itself' }))[0]!, /cannot be written in a file that lies in/)
  const [same] = await complaints({ RANAH_SITES_PORT: '8080' })
  assert.equal(same, 'RANAH_PORT and RANAH_SITES_PORT are both 8080. Give each a port of its own.')
  const free = { RANAH_PORT: '0', RANAH_SITES_PORT: '0', RANAH_DNS_PORT: '0', RANAH_SFTP_PORT: '0' }
  assert.deepEqual(await complaints(free), [])
})

test('where the malware scanner listens is a socket or a host with its port, and nothing else', async () => {
  const placeOf = async (text: string) => (await loadConfig({ RANAH_CLAMD: text }, here)).clamd
  assert.deepEqual(await placeOf('unix:/run/clamav/clamd.ctl'), {
    kind: 'unix',
    path: '/run/clamav/clamd.ctl',
  })
  assert.deepEqual(await placeOf('tcp://192.0.2.7:3310'), { kind: 'tcp', host: '192.0.2.7', port: 3310 })
  assert.deepEqual(await placeOf('tcp://[2001:db8::7]:3310'), {
    kind: 'tcp',
    host: '2001:db8::7',
    port: 3310,
  })
  assert.equal(await placeOf(''), undefined)
  for (const wrong of [
    '/run/clamd.ctl',
    'tcp://192.0.2.7',
    'tcp://a@192.0.2.7:1',
    'tcp://192.0.2.7:0',
    'tcp://a:1/x',
  ])
    assert.equal((await complaints({ RANAH_CLAMD: wrong })).length, 1, wrong)
})

test('no password is printed, wherever the URL carries it', async () => {
  const config = await loadConfig(
    {
      DATABASE_URL: 'postgresql://ranah:pw-one@192.0.2.1/ranah?sslpassword=pw-two&password=pw-three',
      RANAH_SMTP_URL: 'smtps://robot:pw-four@mail.contohkab.go.id',
    },
    here,
  )
  const printed = redacted(config).join('\n')
  assert.doesNotMatch(printed, /pw-/)
  assert.match(printed, /DATABASE_URL=postgresql:\/\/ranah:\*\*\*@192.0.2.1\/ranah\?.* \(environment\)/)
  assert.match(printed, /RANAH_PORT=8080 \(default\)/)
  assert.match(printed, /RANAH_PUBLIC_URL \(not set\)/)
})

test('what works but should not stay so is warned about', async () => {
  const file = join(here, 'open.conf')
  await writeFile(file, 'RANAH_SMTP_URL=smtp://robot:sandi@mail.contohkab.go.id\n')
  await chmod(file, 0o644)
  const base = { RANAH_CONFIG: file, RANAH_LISTEN: '0.0.0.0', RANAH_TRUSTED_PROXIES: '0.0.0.0/0' }
  const sentences = (await warnings(await loadConfig(base, here))).map((text) => text.en)
  assert.equal(sentences.length, 4)
  assert.match(sentences[0]!, /without HTTPS/)
  await chmod(file, 0o600)
  const better = { ...base, RANAH_PUBLIC_URL: 'https://ranah.contohkab.go.id/', RANAH_TRUSTED_PROXIES: '::1' }
  const left = (await warnings(await loadConfig(better, here))).map((text) => text.en)
  assert.deepEqual(left.length, 1)
  assert.match(left[0]!, /mail password/)
})
