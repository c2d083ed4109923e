import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import ssh2 from 'ssh2'
import * as z from 'zod'
import { signIn, readState } from '../../src/cli/demo/people.ts'
import { verifyLogbookFile } from '../../src/cli/logbook-verifier/export.ts'
import { embeddedHosting } from '../../src/drivers/hosting/embedded/driver.ts'
import { stopServers } from '../../src/servers/installed.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { dig } from '../support/dns-server.ts'
import { startExternalPostgres } from '../support/external-postgres.ts'
import type { LongRun } from '../support/ranah.ts'
import { ranah, spawnRanah, startRanah } from '../support/ranah.ts'
import '../support/own-networks.ts'

const names = ['perpustakaan.kukarkab.example', 'perpustakaan.katingankab.example'] as const
const zones = ['kukarkab.example', 'katingankab.example'] as const
const page = `<!doctype html><title>Uji</title>${'x'.repeat(70_000)}`

const statusShape = z.object({
  servers: z.array(z.object({ name: z.string(), ports: z.record(z.string(), z.number()) })),
  database: z.object({
    offices: z.array(z.object({ slug: z.string(), entries: z.number(), head: z.string() })),
  }),
})

let here: string
let running: LongRun
const ownerPassword = randomBytes(12).toString('hex')
let credentials: { username: string; password: string }
const original = (): string => join(here, 'data')
const file = (): string => join(here, 'ranah.backup')
const clusters: string[] = []
const template = '// kaki surat kantor\n'

/** An installation with both SOPs run to their end, an upload by SFTP on one site, and its backup. */
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-ops-'))
  clusters.push(original())
  running = await startRanah(original(), ['demo', '--json'], (said) => said.trimEnd().endsWith('\n}'))
  const { sites } = await portsOf(original())
  const host = embeddedHosting({
    dataDir: join(original(), 'sites'),
    controlSecretFile: join(original(), 'secrets', 'site-control'),
    webTarget: async () => ({ address: '127.0.0.1', port: sites!.web! }),
  })
  credentials = await host.issueCredentials(names[0], 'ops-test')
  await putBySftp(sites!.sftp!, 'uji.html', page)
  await mkdir(join(original(), 'templates', 'kukar'), { recursive: true })
  await writeFile(join(original(), 'templates', 'kukar', 'foot.typ'), template)
  await symlink('/etc/passwd', join(original(), 'templates', 'kukar', 'tautan.typ'))
  const made = await ranah(original(), ['backup', file()])
  assert.equal(made.code, 0, made.stderr)
})

after(async () => {
  await running?.end('SIGINT')
  for (const place of clusters) {
    await stopServers(place)
    await destroyPostgres(place).catch(() => undefined)
  }
  await rm(here, { recursive: true, force: true })
})

function fresh(name: string): string {
  const place = join(here, name)
  clusters.push(place)
  return place
}

async function statusOf(place: string, more: Record<string, string> = {}) {
  const { stdout, stderr } = await ranah(place, ['status', '--json'], more)
  const parsed = statusShape.safeParse(JSON.parse(stdout || 'null'))
  assert.ok(parsed.success, `${stdout}${stderr}`)
  return parsed.data
}

async function portsOf(place: string, more: Record<string, string> = {}) {
  const { servers } = await statusOf(place, more)
  return Object.fromEntries(servers.map(({ name, ports }) => [name, ports]))
}

function connectSftp(port: number): Promise<ssh2.Client> {
  const client = new ssh2.Client()
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve(client)).once('error', reject)
    client.connect({ host: '127.0.0.1', port, ...credentials, readyTimeout: 20_000 })
  })
}

async function putBySftp(port: number, name: string, content: string): Promise<void> {
  const client = await connectSftp(port)
  await new Promise<void>((resolve, reject) =>
    client.sftp((error, sftp) => {
      if (error) return reject(error)
      const stream = sftp.createWriteStream(`/${name}`)
      stream.once('close', () => resolve()).once('error', reject)
      stream.end(content)
    }),
  )
  client.end()
}

async function fetchPage(port: number, name: string, path: string) {
  const answer = execFileSync(
    'curl',
    ['-s', '-i', '--max-time', '10', '-H', `Host: ${name}`, `http://127.0.0.1:${port}${path}`],
    { encoding: 'utf8' },
  )
  // the time of the answer, and of the file in nanoseconds
  return answer.replaceAll(/^(date|etag):.*\r?\n/gim, '')
}

async function answerOf(port: number, question: readonly string[]) {
  const { status, answer, authority } = await dig(port, question)
  return { status, answer, authority }
}

/** Every file below a folder with its content, to hold two of them against each other. */
async function treeOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true })
  const files = await Promise.all(
    entries.toSorted().map(async (path) => {
      const full = join(root, path)
      return (await stat(full)).isFile() ? [[path, (await readFile(full)).toString('base64')] as const] : []
    }),
  )
  return Object.fromEntries(files.flat())
}

test('a restored installation answers as the one that was saved', { timeout: 600_000 }, async () => {
  const place = fresh('restored')
  const restored = await ranah(place, ['restore', file(), '--json'])
  assert.equal(restored.code, 0, restored.stderr)
  const headsBefore = (await statusOf(original())).database.offices
  const told = z
    .object({ logbooks: z.array(z.object({ office: z.string(), entries: z.number(), head: z.string() })) })
    .parse(JSON.parse(restored.stdout))
  assert.deepEqual(
    told.logbooks,
    headsBefore.map(({ slug, entries, head }) => ({ office: slug, entries, head })),
  )
  assert.deepEqual(
    await treeOf(join(place, 'sites', 'sites')),
    await treeOf(join(original(), 'sites', 'sites')),
  )

  const again = await startRanah(place, ['serve'], (said) => /melayani di http/.test(said))
  try {
    const templates = join(place, 'templates', 'kukar')
    assert.deepEqual(await readdir(templates), ['foot.typ'])
    assert.equal(await readFile(join(templates, 'foot.typ'), 'utf8'), template)
    const [old, now] = [await portsOf(original()), await portsOf(place)]
    for (const question of [
      ...names.map((name) => [name, 'A']),
      ...zones.flatMap((zone) => [
        [zone, 'SOA'],
        [zone, 'NS'],
      ]),
      ['tidak-ada.kukarkab.example', 'A'],
    ])
      assert.deepEqual(
        await answerOf(now.dns!.dns!, question),
        await answerOf(old.dns!.dns!, question),
        question.join(' '),
      )
    for (const name of names)
      assert.equal(await fetchPage(now.sites!.web!, name, '/'), await fetchPage(old.sites!.web!, name, '/'))
    assert.ok((await fetchPage(now.sites!.web!, names[0], '/uji.html')).endsWith(page))
    const session = await connectSftp(now.sites!.sftp!)
    session.end()
    await proveSignIn(place, /http:\/\/\S+/.exec(again.said)![0], headsBefore)
  } finally {
    assert.equal(await again.end('SIGINT'), 0)
  }
})

/** The auditor of each office signs in with password and code; the chain goes on from the head that was saved. */
async function proveSignIn(
  place: string,
  url: string,
  heads: readonly { readonly slug: string; readonly head: string }[],
): Promise<void> {
  const state = await readState(join(place, 'demo', 'accounts.json'))
  for (const { slug, head } of heads) {
    const auditor = state!.accounts.find((each) => each.office === slug && each.role === 'auditor')!
    const client = await signIn(url, auditor, () => undefined)
    const exported = join(place, `${slug}.ndjson`)
    await writeFile(exported, await client.download(`/api/v1/offices/${slug}/logbook/export`))
    const verdict = await verifyLogbookFile(exported, { head })
    assert.equal(verdict.verdict, 'ok', JSON.stringify(verdict))
  }
}

test('the file can be read by its owner only and holds no half files beside it', async () => {
  assert.equal((await stat(file())).mode & 0o777, 0o600)
  assert.deepEqual(
    (await readdir(here)).filter((name) => name.startsWith('.ranah-backup-')),
    [],
  )
})

test('a backup never writes over a file', async () => {
  const taken = join(here, 'taken')
  await writeFile(taken, 'mine')
  const { code, stderr } = await ranah(original(), ['backup', taken])
  assert.equal(code, 1)
  assert.match(stderr, /sudah ada/)
  assert.equal(await readFile(taken, 'utf8'), 'mine')
})

test(
  'one changed byte in any part is refused, and the directory stays empty',
  { timeout: 600_000 },
  async () => {
    const whole = await readFile(file())
    const markers = ['"format"', 'PRIVATE KEY', 'appDatabasePassword', 'x'.repeat(100)]
    for (const marker of markers) {
      const at = whole.indexOf(marker)
      assert.ok(at > 0, marker)
      const damaged = Buffer.from(whole)
      damaged[at + 2] = damaged[at + 2]! ^ 1
      const copy = join(here, 'damaged.backup')
      await writeFile(copy, damaged)
      const place = fresh('of-damaged')
      const { code, stderr } = await ranah(place, ['restore', copy])
      assert.equal(code, 1, marker)
      assert.match(stderr, /Cadangan rusak/)
      assert.deepEqual(await readdir(place), [])
    }
    const cut = join(here, 'cut.backup')
    await writeFile(cut, whole.subarray(0, whole.length / 2))
    const { code, stderr } = await ranah(fresh('of-cut'), ['restore', cut])
    assert.deepEqual([code, /Cadangan rusak/.test(stderr)], [1, true], stderr)
  },
)

test('only an empty directory is filled, and the saved installation never', async () => {
  const { code, stderr } = await ranah(original(), ['restore', file()])
  assert.equal(code, 1)
  assert.match(stderr, /tidak kosong/)
  const place = fresh('occupied')
  await mkdir(place)
  await writeFile(join(place, 'catatan.txt'), 'mine')
  assert.equal((await ranah(place, ['restore', file()])).code, 1)
  assert.deepEqual(await readdir(place), ['catatan.txt'])
})

test('the sealing key comes back with its file only; without it a new one is made', async () => {
  const keyOf = async (place: string): Promise<string> =>
    z
      .object({ keyEncryptionKey: z.string() })
      .parse(JSON.parse(await readFile(join(place, 'secrets', 'installation.json'), 'utf8'))).keyEncryptionKey
  const kept = join(original(), 'secrets', 'installation.json')
  const key = await keyOf(original())
  assert.equal((await readFile(file())).includes(key), false)
  const [withKey, without, wrong] = [fresh('with-key'), fresh('without-key'), fresh('wrong-key')]
  assert.equal((await ranah(withKey, ['restore', file(), '--key-file', kept])).code, 0)
  assert.equal(await keyOf(withKey), key)
  assert.equal((await ranah(without, ['restore', file()])).code, 0)
  assert.notEqual(await keyOf(without), key)
  const refused = await ranah(wrong, ['restore', file(), '--key-file', join(here, 'ranah.backup')])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /installation\.json/)
})

test('a passphrase seals the file; without it or with another nothing is opened', async () => {
  const [right, wrong] = [join(here, 'right'), join(here, 'wrong')]
  await writeFile(right, `${randomBytes(20).toString('hex')}\n`)
  await writeFile(wrong, `${randomBytes(20).toString('hex')}\n`)
  const sealed = join(here, 'sealed.backup')
  const made = await ranah(original(), ['backup', sealed, '--passphrase-file', right])
  assert.equal(made.code, 0, made.stderr)
  const text = await readFile(sealed)
  assert.equal(text.indexOf('manifest'), -1)
  for (const args of [[], ['--passphrase-file', wrong]]) {
    const place = fresh('of-sealed')
    const { code, stderr } = await ranah(place, ['restore', sealed, ...args])
    assert.equal(code, 1)
    assert.match(stderr, /terenkripsi|Frasa sandi salah/)
    assert.deepEqual(await readdir(place), [])
  }
  const short = join(here, 'short.backup')
  await writeFile(short, text.subarray(0, text.length - 40))
  assert.equal((await ranah(fresh('of-short'), ['restore', short, '--passphrase-file', right])).code, 1)
  assert.equal((await ranah(fresh('of-right'), ['restore', sealed, '--passphrase-file', right])).code, 0)
})

test('after kill -9 in a restore nothing starts until it was run again', { timeout: 600_000 }, async () => {
  for (const moment of [/Membuka dan memeriksa/, /Menempatkan/, /Mengisi basis data/]) {
    const place = fresh(`killed-${moment.source.slice(0, 5)}`)
    const child = spawnRanah(place, ['restore', file()])
    let said = ''
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (moment.test(said)) child.kill('SIGKILL')
    })
    await once(child, 'close')
    assert.equal(child.signalCode, 'SIGKILL', said)
    const started = await ranah(place, ['serve'])
    assert.equal(started.code, 1)
    assert.match(started.stderr, /belum selesai/)
    assert.equal((await ranah(place, ['backup', join(here, 'no')])).code, 1)
    const second = await ranah(place, ['restore', file()])
    assert.equal(second.code, 0, second.stderr)
    await destroyPostgres(place)
  }
})

test('a backup that is killed leaves nothing under its name; the next one clears up', async () => {
  const target = join(here, 'killed.backup')
  const child = spawnRanah(original(), ['backup', target])
  child.stderr!.on('data', (chunk: Buffer) => {
    if (chunk.toString('utf8').includes('Menyalin zona')) child.kill('SIGKILL')
  })
  await once(child, 'close')
  assert.equal(child.signalCode, 'SIGKILL')
  assert.ok(!(await readdir(here)).includes('killed.backup'))
  assert.equal((await ranah(original(), ['backup', target])).code, 0)
  assert.deepEqual(
    (await readdir(here)).filter((name) => name.startsWith('.ranah-backup-')),
    [],
  )
})

test(
  'it goes into the office own PostgreSQL, whose owner is no superuser',
  { timeout: 600_000 },
  async () => {
    const server = await startExternalPostgres()
    try {
      const admin = new Client({ connectionString: server.adminUrl })
      await admin.connect()
      await admin.query(`create role ranah login createrole password '${ownerPassword}'`)
      await admin.query('create database ranah owner ranah')
      await admin.end()
      const own = { DATABASE_URL: server.urlFor('ranah', ownerPassword, 'ranah') }
      const place = fresh('external')
      const restored = await ranah(place, ['restore', file()], own)
      assert.equal(restored.code, 0, restored.stderr)
      assert.deepEqual(
        (await statusOf(place, own)).database.offices,
        (await statusOf(original())).database.offices,
      )
      const portal = await startRanah(place, ['serve'], (said) => /melayani di http/.test(said), own)
      assert.equal(await portal.end('SIGINT'), 0)
      const back = join(here, 'back.backup')
      assert.equal((await ranah(place, ['backup', back], own)).code, 0)
      const twice = await ranah(fresh('external-twice'), ['restore', back], own)
      assert.equal(twice.code, 1)
      assert.match(twice.stderr, /sudah berisi tabel/)
      const home = await ranah(fresh('home'), ['restore', back])
      assert.equal(home.code, 0, home.stderr)
    } finally {
      await server.stop()
    }
  },
)
