import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import ssh2 from 'ssh2'
import { z } from 'zod'
import type { Client } from '../../src/cli/demo/client.ts'
import { readState, signIn } from '../../src/cli/demo/people.ts'
import { runningPostgresUrl, stopServers } from '../../src/servers/installed.ts'
import { readState as readCluster } from '../../src/servers/postgres/cluster.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { eventually } from '../support/dns-server.ts'
import type { LongRun } from '../support/ranah.ts'
import { ranah, startRanah } from '../support/ranah.ts'
import { filesOf, type Place, placesWith, spellingsOf, tablesOf } from '../support/secret-search.ts'

const office = 'kukar'
const reportShape = z.object({ url: z.string() })
const servicesShape = z.object({ items: z.array(z.object({ id: z.uuid(), hasSite: z.boolean() })) })
const serviceShape = z.object({ reveal: z.object({ id: z.uuid(), status: z.string() }).nullable() })
const openedShape = z.object({ username: z.string(), password: z.string(), port: z.number() })

let here: string
let running: LongRun
const data = (): string => join(here, 'data')

before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-secrets-'))
  running = await startRanah(data(), ['demo', '--json'], (said) => said.trimEnd().endsWith('\n}'))
})
after(async () => {
  await running?.end('SIGINT')
  await stopServers(data())
  await destroyPostgres(data()).catch(() => undefined)
  await rm(here, { recursive: true, force: true })
})

/** All that the installation has at this moment: tables, files with those of the database, log, and a backup. */
async function everything(label: string): Promise<Place[]> {
  const backup = join(here, `${label}.backup`)
  const made = await ranah(data(), ['backup', backup])
  assert.equal(made.code, 0, made.stderr)
  const cluster = await readCluster(await realpath(data()))
  return [
    ...(await tablesOf((await runningPostgresUrl(data()))!)),
    ...(await filesOf(data())),
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

async function opensSftp(access: z.infer<typeof openedShape>): Promise<void> {
  const client = new ssh2.Client()
  const { username, password, port } = access
  const ready = once(client, 'ready')
  client.connect({ host: '127.0.0.1', port, username, password, readyTimeout: 20_000 })
  await ready
  client.end()
}

describe('the secret of a site', () => {
  test('stands in the one answer to its contact, and in no table, file, log, mail or backup', async () => {
    const { url } = reportShape.parse(JSON.parse(running.said))
    const state = await readState(join(data(), 'demo', 'accounts.json'))
    const contact = state!.accounts.find((each) => each.office === office && each.role === 'applicant')!
    const client = await signIn(url, contact, () => undefined)
    const reveal = await rotated(client)
    const waiting = await everything('waiting')

    const kept = join(data(), 'secrets', 'installation.json')
    const { keyEncryptionKey } = z
      .object({ keyEncryptionKey: z.string() })
      .parse(JSON.parse(await readFile(kept, 'utf8')))
    assert.deepEqual(placesWith(keyEncryptionKey, waiting), [kept], 'what opens it lies in one place')

    const path = `/api/v1/offices/${office}/reveals/${reveal}`
    const opened = openedShape.parse(await client.send('POST', path, {}))
    await opensSftp(opened)
    await assert.rejects(client.send('POST', path, {}), { status: 410 })
    const later = await everything('opened')

    const names = later.map(({ name }) => name)
    for (const part of [
      'credential_reveals',
      'pgboss.job',
      'logbook_entries',
      '/outbox/',
      'pg_wal',
      '/sites/',
      'backup',
    ])
      assert.ok(
        names.some((name) => name.includes(part)),
        `${part} was not searched`,
      )
    const about = placesWith(opened.username, later)
    assert.ok(about.length > 0, 'the name of the account, which is no secret, is found where it stands')
    assert.deepEqual(placesWith(opened.password, waiting), [], 'while it waits to be opened')
    assert.deepEqual(placesWith(opened.password, later), [], 'after it was opened')
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
