import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { HELPER_COMMAND } from '../../src/domain/hosting/helper.ts'
import { HelperClient } from '../../src/drivers/hosting/linux-host/helper-client.ts'
import { SshConnection } from '../../src/drivers/hosting/linux-host/ssh.ts'
import { preparedHost } from '../support/debian-host.ts'

const endsWithinMs = 10_000

const site = {
  title: 'Sistem Contoh',
  agency: 'Dinas Contoh',
  kind: 'static',
  token: 'permohonan-1',
} as const
const create = (fqdn: string) => ({ verb: 'ensure-site', request: { ...site, fqdn } })

describe('a helper that is kept for the next line', () => {
  const ends: (() => unknown)[] = []
  let prepared: Awaited<ReturnType<typeof preparedHost>>
  let connection: SshConnection
  let client: HelperClient
  before(async () => {
    prepared = await preparedHost({ after: (end) => void ends.push(end) }, ['sshd', 'nginx'])
    const { settings, ranah } = prepared
    connection = new SshConnection({ ...settings, username: 'root', privateKey: ranah.privateKey })
    ends.push(() => connection.close())
    client = new HelperClient(connection, 'contoh:22')
  })
  after(async () => {
    for (const end of ends.toReversed()) await end()
  })

  const ping = async () => (await client.ask('ping', {})).pid
  const namesOf = async () => (await client.ask('list-sites', {})).sites.map(({ fqdn }) => fqdn)

  test('one program answers what is asked over one connection, and ends with it', async () => {
    const first = await ping()
    await client.ask('ensure-site', { ...site, fqdn: 'satu.contohkab.example' })
    assert.equal(await ping(), first)
    connection.close()
    const second = await ping()
    assert.notEqual(second, first)
    assert.equal(await ping(), second, 'the end of the connection before does not take this one with it')
    const isRunning = async () =>
      (await prepared.host.run(['/usr/bin/test', '-d', `/proc/${first}`])).code === 0
    const deadline = performance.now() + endsWithinMs
    while (await isRunning()) {
      assert.ok(performance.now() < deadline, 'the helper still runs')
      await sleep(50)
    }
  })

  test('one that was killed between two lines is replaced, and one killed within a line is not taken for done', async () => {
    const pid = await ping()
    await prepared.host.run(['/usr/bin/kill', '-KILL', String(pid)])
    await untilAnswered(ping)
    const kept = await ping()
    await prepared.host.run(['/usr/bin/kill', '-STOP', String(kept)])
    const asked = client.ask('ensure-site', { ...site, fqdn: 'dua.contohkab.example' })
    const refused = assert.rejects(asked, { status: 503 })
    await prepared.host.run(['/usr/bin/kill', '-KILL', String(kept)])
    await refused
    await untilAnswered(ping)
  })

  test('nothing that stands behind an archive or a line that was not understood is carried out', async () => {
    const behind = `${JSON.stringify({ commands: [create('tiga.contohkab.example')] })}\n`
    const strange = [
      `${JSON.stringify({ archive: { fqdn: 'tidak-ada.contohkab.example', token: 'x' } })}\n`,
      `${JSON.stringify({ settle: true })}\n`,
      '{"commands":[]}\n',
      'no line of ours\n',
    ]
    for (const line of strange) {
      const { stdout } = await connection.run(HELPER_COMMAND, [Buffer.from(line + behind)], 30_000)
      assert.equal(stdout.toString().trim().split('\n').length, 1, `${line}: ${stdout.toString()}`)
    }
    assert.ok(!(await namesOf()).includes('tiga.contohkab.example'))
    const twice = `${JSON.stringify({ commands: [create('empat.contohkab.example')] })}\n`
    const { stdout } = await connection.run(HELPER_COMMAND, [Buffer.from(twice + behind)], 30_000)
    assert.equal(stdout.toString().trim().split('\n').length, 2)
    assert.deepEqual((await namesOf()).filter((name) => /tiga|empat/.test(name)).sort(), [
      'empat.contohkab.example',
      'tiga.contohkab.example',
    ])
  })
})

/** A line that was on its way when the program ended is told as unknown; the next one meets a new program. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  await ask().catch(async (error: unknown) => {
    assert.equal((error as { status?: unknown }).status, 503)
    await ask()
  })
}
