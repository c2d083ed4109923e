import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientAddress, networkOf } from '../../src/http/client-address.ts'

const proxies = ['192.0.2.250', '2001:db8:ffff::/48']

for (const [what, peer, forwarded, expected] of [
  ['without proxies the peer counts', '198.51.100.1', undefined, '198.51.100.1'],
  ['a claim of the client itself is ignored', '198.51.100.1', '203.0.113.9', '198.51.100.1'],
  ['a trusted proxy names the client', '192.0.2.250', '203.0.113.9', '203.0.113.9'],
  [
    'what the client wrote before the proxy is ignored',
    '192.0.2.250',
    '203.0.113.1, 203.0.113.9',
    '203.0.113.9',
  ],
  ['a chain of proxies is followed', '192.0.2.250', '203.0.113.9, 2001:db8:ffff::1', '203.0.113.9'],
  ['a broken entry ends the walk', '192.0.2.250', '203.0.113.9, bukan-alamat', '192.0.2.250'],
  ['IPv4 on a dual-stack socket is IPv4', '::ffff:192.0.2.250', '203.0.113.9', '203.0.113.9'],
  ['an unknown peer stays unknown', undefined, '203.0.113.9', 'unknown'],
] as const)
  test(what, () => assert.equal(clientAddress(peer, forwarded, proxies), expected))

test('X-Forwarded-For means nothing where no proxy is trusted', () => {
  assert.equal(clientAddress('192.0.2.250', '203.0.113.9', []), '192.0.2.250')
})

for (const [address, network] of [
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:ffff::9', '2001:db8:0:0::/64'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
] as const)
  test(`the network of ${address} is ${network}`, () => assert.equal(networkOf(address), network))
