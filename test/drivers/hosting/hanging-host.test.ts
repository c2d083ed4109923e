import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { linuxHosting } from '../../../src/drivers/hosting/linux-host/driver.ts'
import { makeKeyPair } from '../../../src/servers/sites/host-key.ts'
import '../../support/own-networks.ts'

/** Far above what the driver waits, and far below for ever. */
const limitMs = 120_000

test(
  'a host that takes the connection and says nothing is unreachable, after a bounded wait',
  { timeout: limitMs },
  async (t) => {
    const held = new Set<Socket>()
    const server = createServer((socket) => {
      held.add(socket)
      socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => {
      for (const socket of held) socket.destroy()
      server.close()
    })
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const settings = { host: '127.0.0.1', port, hostKey: makeKeyPair().publicKey, webPort: 1, tlsPort: 1 }
    const driver = linuxHosting(settings, { privateKey: makeKeyPair().privateKey })
    const fqdn = 'aset.contohkab.go.id'
    const site = { fqdn, title: 'Sistem Contoh', agency: 'Dinas Contoh' }
    const plan = {
      driver: 'linux-host',
      fqdn,
      token: 'a',
      changes: [{ do: 'remove' as const, site }],
      lines: [],
    }
    const [applied, seen, findings] = await Promise.all([
      driver.apply(plan).then(
        () => 'done',
        (error: { reason?: string }) => error.reason,
      ),
      driver.inspect(fqdn),
      driver.check(),
    ])
    assert.equal(applied, 'site-host-unreachable')
    assert.equal(seen.kind, 'unknown')
    assert.ok(findings[0] && !findings[0].ok && findings[0].text.id.length > 40)
    assert.ok(held.size > 0, 'it was really connected to')
  },
)
