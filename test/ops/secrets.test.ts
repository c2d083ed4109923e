import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import ssh2 from 'ssh2'
import * as z from 'zod'
import type { Client } from '../../src/cli/demo/client.ts'
import { readState, signIn } from '../../src/cli/demo/people.ts'
import { runningPostgresUrl, stopServers } from '../../src/servers/installed.ts'
import { places as hostPlaces } from '../../src/servers/site-helper/places.ts'
import { readState as readCluster } from '../../src/servers/postgres/cluster.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { eventually } from '../support/dns-server.ts'
import type { LongRun } from '../support/ranah.ts'
import { ranah, startRanah } from '../support/ranah.ts'
import { filesOf, type Place, placesWith, spellingsOf, tablesOf } from '../support/secret-search.ts'

const office = 'kukar'
const reportShape = z.object({
  url: z.string(),
  runs: z.array(
    z.object({
      fqdn: z.string(),
      dns: z.object({ answers: z.array(z.string()) }),
      servers: z.array(z.object({ kind: z.string(), version: z.string(), pid: z.number() })).optional(),
    }),
  ),
})
const servicesShape = z.object({ items: z.array(z.object({ id: z.uuid(), hasSite: z.boolean() })) })
const serviceShape = z.object({ reveal: z.object({ id: z.uuid(), status: z.string() }).nullable() })
const openedShape = z.object({
  username: z.string(),
  password: z.string(),
  port: z.number(),
  database: z.object({ password: z.string() }).optional(),
})

/** An installation that has just told both stories of the demo and goes on serving. */
type Told = { readonly data: string; readonly here: string; readonly running: LongRun }

async function tell(words: readonly string[]): Promise<Told> {
  const here = await mkdtemp(join(tmpdir(), 'ranah-secrets-'))
  const asked = join(here, 'data')
  const isReady = (said: string): boolean => said.trimEnd().endsWith('\n}')
  const running = await startRanah(asked, ['demo', '--json', ...words], isReady)
  // on Debian's servers each demo has a directory of its own
  const own = (await readdir(asked)).find((name) => name.startsWith('real-'))
  return { here, data: own ? join(asked, own) : asked, running }
}

async function end({ here, data, running }: Told): Promise<void> {
  await running.end('SIGINT')
  await stopServers(data)
  await destroyPostgres(data).catch(() => undefined)
  await rm(here, { recursive: true, force: true })
}

/** All that the installation has at this moment: tables, files with those of the database, log, and a backup. */
async function everything({ here, data, running }: Told, label: string): Promise<Place[]> {
  const backup = join(here, `${label}.backup`)
  const made = await ranah(data, ['backup', backup])
  assert.equal(made.code, 0, made.stderr)
  const cluster = await readCluster(await realpath(data))
  return [
    ...(await tablesOf((await runningPostgresUrl(data))!)),
    ...(await filesOf(data)),
    ...(await filesOf(cluster!.home)),
    { name: 'log', octets: Buffer.from(running.printed()) },
    { name: 'backup', octets: await readFile(backup) },
  ]
}

/** @returns the one-time page of credentials that were just asked for */
async function rotated(client: Client): Promise<string> {
  const services = servicesShape.parse(await client.get(`/api/v1/offices/${office}/services`))
  const { id } = services.items.find(({ hasSite }) => hasSite)!
  const path = `/api/v1/offices/${office}/services/${id}`
  const old = serviceShape.parse(await client.get(path)).reveal?.id
  await client.send('POST', `${path}/credentials`)
  let reveal = ''
  await eventually(async () => {
    const now = serviceShape.parse(await client.get(path)).reveal
    assert.ok(now && now.id !== old && now.status === 'ready')
    reveal = now.id
  }, 60_000)
  return reveal
}

/** The root of the demo's site host, as nginx there sees it. */
async function hostRootOf({ running }: Told): Promise<string> {
  const { runs } = reportShape.parse(JSON.parse(running.said))
  const { pid } = runs[0]!.servers!.find(({ kind }) => kind === 'nginx')!
  // the process that entered the host and waits there for nginx
  const [inside] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')
  return join('/proc', inside!, 'root')
}

const databaseFiles = '/var/lib/mysql'

/**
 * What programs on the site host wrote down: their logs, their configuration, the files of MariaDB with its own logs,
 * the content of sites, and what Ranah's helper keeps.
 */
async function hostFiles(root: string): Promise<Place[]> {
  const places: Place[] = []
  const directories = [
    '/var/log',
    '/etc',
    '/root',
    '/tmp',
    '/var/tmp',
    '/srv',
    databaseFiles,
    hostPlaces.state,
  ]
  for (const directory of directories) places.push(...(await filesOf(join(root, directory))))
  return places
}

/** What MariaDB keeps of a password (mysql_native_password). */
function databaseHash(password: string): string {
  const sha1 = (octets: string | Buffer): Buffer => createHash('sha1').update(octets).digest()
  return `*${sha1(sha1(password)).toString('hex').toUpperCase()}`
}

/** The private keys of the certificates as they lie on the demo's host, without their armour. */
async function tlsKeysOf(root: string): Promise<readonly string[]> {
  const directory = join(root, hostPlaces.keys)
  const files = (await readdir(directory)).filter((name) => name.endsWith('.key'))
  const texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')))
  return texts.map((text) => text.split('\n')[1]!)
}

async function opensSftp(host: string, access: z.infer<typeof openedShape>): Promise<void> {
  const client = new ssh2.Client()
  const { username, password, port } = access
  const ready = once(client, 'ready')
  client.connect({ host, port, username, password, readyTimeout: 20_000 })
  await ready
  client.end()
}

/** Has new credentials made, looks for them while they wait, opens them, and looks once more. */
async function searchFor(told: Told, parts: readonly string[]): Promise<z.infer<typeof openedShape>> {
  const { url, runs } = reportShape.parse(JSON.parse(told.running.said))
  const state = await readState(join(told.data, 'demo', 'accounts.json'))
  const contact = state!.accounts.find((each) => each.office === office && each.role === 'applicant')!
  const client = await signIn(url, contact, () => undefined)
  const reveal = await rotated(client)
  const waiting = await everything(told, 'waiting')

  const kept = join(told.data, 'secrets', 'installation.json')
  const { keyEncryptionKey } = z
    .object({ keyEncryptionKey: z.string() })
    .parse(JSON.parse(await readFile(kept, 'utf8')))
  assert.deepEqual(placesWith(keyEncryptionKey, waiting), [kept], 'what opens it lies in one place')

  const path = `/api/v1/offices/${office}/reveals/${reveal}`
  const opened = openedShape.parse(await client.send('POST', path, {}))
  await opensSftp(runs[0]!.dns.answers[0]!, opened)
  await assert.rejects(client.send('POST', path, {}), { status: 410 })
  const later = await everything(told, 'opened')

  const names = later.map(({ name }) => name)
  for (const part of [...everywhere, ...parts])
    assert.ok(
      names.some((name) => name.includes(part)),
      `${part} was not searched`,
    )
  assert.ok(placesWith(runs[0]!.fqdn, later).length > 2, 'what is no secret is found where it stands')
  for (const secret of [opened.password, opened.database?.password])
    for (const [when, places] of Object.entries({ waiting, later }))
      if (secret) assert.deepEqual(placesWith(secret, places), [], `a password, ${when}`)
  return opened
}

const everywhere = ['credential_reveals', 'pgboss.job', 'logbook_entries', '/outbox/', 'pg_wal', 'backup']

describe('the secret of a site', () => {
  test('stands in the one answer to its contact, and in no table, file, log, mail or backup', async (t) => {
    const told = await tell([])
    t.after(() => end(told))
    await searchFor(told, ['/sites/'])
  })

  test('nor does it on Debian’s own servers, and the key of its certificate stays on the host', async (t) => {
    const told = await tell(['--with', 'real'])
    t.after(() => end(told))
    const opened = await searchFor(told, ['/pebble/', 'certificates'])
    assert.ok(opened.database, 'the site has a database, whose password was searched for')
    const root = await hostRootOf(told)
    const keys = await tlsKeysOf(root)
    assert.ok(keys.length >= 2, 'one key for each of the two sites')
    const onHost = await hostFiles(root)
    for (const part of ['/var/log/nginx/', '/etc/ssh/', '/etc/mysql/', '/srv/ranah/', hostPlaces.records])
      assert.ok(
        onHost.some(({ name }) => name.includes(part)),
        `${part} was not searched`,
      )
    for (const secret of [opened.password, opened.database.password])
      assert.deepEqual(placesWith(secret, onHost), [], 'a password, on the host')
    const hash = databaseHash(opened.database.password)
    const hashed = onHost.filter(({ octets }) => octets.includes(hash)).map(({ name }) => name)
    assert.ok(hashed.length > 0, 'MariaDB has written down what it knows of the password by now')
    for (const name of hashed) assert.ok(name.startsWith(join(root, databaseFiles, '/')), name)
    const places = await everything(told, 'keys')
    const elsewhere = onHost.filter(({ name }) => !name.startsWith(join(root, hostPlaces.keys)))
    for (const key of keys) {
      assert.deepEqual(placesWith(key, [...places, ...elsewhere]), [])
      assert.equal(placesWith(key, onHost).length, 1, 'it is found where it belongs')
      assert.deepEqual(placesWith(key, [{ name: 'planted', octets: Buffer.from(`x${key}`) }]), ['planted'])
    }
  })

  test('would be found in every spelling', () => {
    const secret = 'hN7kQ2pWx9RtVb4MzcYd8FgE'
    const inside = `{"host":"a","password":"${secret}","port":22}`
    const planted = [inside, `x${inside}`, `xx${inside}`].flatMap((text) => [
      text,
      Buffer.from(text).toString('base64'),
      Buffer.from(text).toString('base64url'),
      Buffer.from(text).toString('hex'),
      Buffer.from(text).toString('hex').toUpperCase(),
      encodeURIComponent(text),
    ])
    for (const [index, text] of planted.entries())
      assert.deepEqual(placesWith(secret, [{ name: String(index), octets: Buffer.from(text) }]), [
        String(index),
      ])
    assert.ok(spellingsOf(secret).every((spelling) => spelling.length >= secret.length))
    assert.deepEqual(placesWith(secret, [{ name: 'other', octets: Buffer.from(secret.slice(1)) }]), [])
  })
})
