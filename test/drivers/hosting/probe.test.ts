import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'

import { probeSite } from '../../../src/drivers/hosting/probe.ts'
import '../../support/own-networks.ts'

test('the probe tells an outage and a lying server from a site', async (t) => {
  const server = createServer((request, response) => {
    const { host } = request.headers
    if (host?.startsWith('putus')) return void request.socket.destroy()
    if (host?.startsWith('setengah')) {
      response.writeHead(200, { 'content-length': 1_000 })
      response.write('<title>Setengah</title>')
      setTimeout(() => response.destroy(), 50)
      return
    }
    if (host?.startsWith('panjang')) {
      const timer = setInterval(
        () => response.write('<title>Panjang &amp; &#66;esar</title>'.repeat(2_000)),
        1,
      )
      return void response.on('close', () => clearInterval(timer))
    }
    response.writeHead(503).end('<TITLE lang=id>\n Sedang\n rusak </TITLE >')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const probe = (name: string) => probeSite(name, async () => ({ address: '127.0.0.1', port }))
  assert.equal((await probe('putus.contohkab.go.id')).kind, 'unknown')
  assert.equal((await probe('setengah.contohkab.go.id')).kind, 'unknown')
  const long = await probe('panjang.contohkab.go.id')
  assert.ok(long.kind === 'seen' && long.title === 'Panjang & Besar')
  const broken = await probe('rusak.contohkab.go.id')
  assert.ok(broken.kind === 'seen' && broken.status === 503 && broken.title === 'Sedang rusak')
})
