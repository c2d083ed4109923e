import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import ssh2 from 'ssh2'
import { SshConnection } from '../../../src/drivers/hosting/linux-host/ssh.ts'
import { makeKeyPair } from '../../../src/servers/sites/host-key.ts'
import '../../support/own-networks.ts'

const commands = 20
const limitMs = 60_000

test('a command that ends in the moment it begins is heard: its output and how it ended come in one piece', async (t) => {
  const [hostKey, own] = [makeKeyPair(), makeKeyPair()]
  // In this process, so that all that the server says stands ready before the client reads any of it.
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    client.on('error', () => undefined)
    client.on('authentication', (given) => given.accept())
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec()
        channel.write(`said ${command}`)
        channel.exit(7)
        channel.end()
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const connection = new SshConnection({
    host: '127.0.0.1',
    port,
    hostKey: hostKey.publicKey,
    username: 'root',
    privateKey: own.privateKey,
  })
  t.after(() => {
    connection.close()
    server.close()
  })
  for (let number = 0; number < commands; number += 1) {
    const { code, stdout } = await connection.run(`perintah-${number}`, [], limitMs)
    assert.deepEqual([code, stdout.toString()], [7, `said perintah-${number}`])
  }
})
