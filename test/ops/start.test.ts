/** Starts that cannot be: each ends with a sentence and exit code 1, and leaves running what it found and nothing else. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as z from 'zod'
import { stopServers } from '../../src/servers/installed.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { ranah, spawnRanah, startRanah } from '../support/ranah.ts'

const demo = ['demo', '--json', '--exit']
const statusShape = z.object({
  servers: z.array(z.object({ name: z.string(), pid: z.number().nullish() })),
})

let here: string
const places: string[] = []
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-start-'))
})
after(async () => {
  for (const place of places) {
    await stopServers(place)
    await destroyPostgres(place).catch(() => undefined)
  }
  await rm(here, { recursive: true, force: true })
})

function placeOf(name: string): string {
  const place = join(here, name)
  places.push(place)
  return place
}

async function pidsOf(place: string): Promise<Readonly<Record<string, number | null>>> {
  const { stdout, stderr } = await ranah(place, ['status', '--json'])
  const parsed = statusShape.safeParse(JSON.parse(stdout || 'null'))
  assert.ok(parsed.success, `${stdout}${stderr}`)
  return Object.fromEntries(parsed.data.servers.map(({ name, pid }) => [name, pid ?? null]))
}

/** Runs a demo that must fail. @returns why it says it did */
async function refused(place: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await ranah(place, demo, more)
  assert.deepEqual([code, stdout], [1, ''], stderr)
  assert.doesNotMatch(stderr, /^\s+at /m, 'a sentence, not a stack')
  return stderr
}

test('a port that somebody else has is named with its setting, and nothing stays behind', async () => {
  const place = placeOf('ports')
  const stranger = createServer().listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const { port } = stranger.address() as AddressInfo
  for (const setting of ['RANAH_DNS_PORT', 'RANAH_SITES_PORT', 'RANAH_SFTP_PORT', 'RANAH_PORT']) {
    const why = await refused(place, { [setting]: String(port) })
    assert.match(why, new RegExp(`Porta ${port} sudah dipakai .* ${setting}\\.`), setting)
    assert.deepEqual(await pidsOf(place), { postgres: null, dns: null, sites: null }, setting)
  }
  stranger.close()
})

test('two portals never share a data directory; the first one and its servers are not disturbed', async () => {
  const place = placeOf('twice')
  const ready = (said: string): boolean => /melayani di http/.test(said)
  const first = await startRanah(place, ['serve'], ready)
  const pids = await pidsOf(place)
  assert.ok(Object.values(pids).every((pid) => pid !== null))
  assert.match(await refused(place), /sudah berjalan pada direktori data/)
  assert.deepEqual(await pidsOf(place), pids)
  assert.equal(await first.end('SIGTERM'), 0)
  assert.deepEqual(await pidsOf(place), pids, 'SIGTERM ends the portal alone')
  // a start that fails leaves the servers that it found
  const stranger = createServer().listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  assert.match(
    await refused(place, { RANAH_PORT: String((stranger.address() as AddressInfo).port) }),
    /RANAH_PORT/,
  )
  stranger.close()
  assert.deepEqual(await pidsOf(place), pids)
  const second = await startRanah(place, ['serve'], ready)
  assert.deepEqual(await pidsOf(place), pids, 'the next portal takes the servers over')
  assert.equal(await second.end('SIGINT'), 0)
  assert.deepEqual(await pidsOf(place), { postgres: null, dns: null, sites: null }, 'Ctrl+C ends everything')
})

test('a demo that was killed while it set up its offices says what to do', async () => {
  const place = placeOf('killed')
  const child = spawnRanah(place, demo)
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
    if (/mengundang pegawai/.test(said)) child.kill('SIGKILL')
  })
  await once(child, 'close')
  assert.match(said, /mengundang pegawai/)
  assert.match(await refused(place), /demo sebelumnya terhenti saat menyiapkan .* RANAH_DATA/)
})

test('a demo never sends mail outside, and a place that is no directory is told in a sentence', async () => {
  const place = placeOf('nothing')
  assert.match(await refused(place, { RANAH_SMTP_URL: 'smtp://127.0.0.1:9' }), /RANAH_SMTP_URL/)
  const file = join(here, 'file')
  await writeFile(file, '')
  assert.match(await refused(join(file, 'data')), /tidak dapat dibaca \(ENOTDIR\)/)
})
