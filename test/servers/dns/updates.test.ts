import { test } from 'node:test'
import assert from 'node:assert/strict'
import {
  dig,
  driverFor,
  newZone,
  nsupdate,
  startDnsServer,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'

/** Updates as Debian's nsupdate sends them. */

const key = {
  name: 'hanya',
  algorithm: 'hmac-sha512' as const,
  secret: 'aGFueWEgdW50dWsgdWppIGNvYmEgc2FqYSB5YSE9PT0=',
}
const KEY = `${key.algorithm}:${key.name}:${key.secret}`

async function serialOf(port: number): Promise<number> {
  const { answer } = await dig(port, [zone, 'SOA'])
  return Number(answer[0]?.split(' ')[6])
}

test('updates follow RFC 2136, prerequisites and all, and the serial follows the changes', async (t) => {
  const { port } = await startDnsServer(t)
  await driverFor(port).createZone(newZone())
  const send = (...lines: string[]): Promise<string> => nsupdate(port, zone, lines)
  const situs = `situs.${zone}`
  const values = async (name: string, type: string): Promise<string[]> =>
    (await dig(port, [name, type])).answer.map((line) => line.split(' ').slice(4).join(' ')).sort()

  await t.test('a serial moves with a change, and only with one', async () => {
    assert.equal(await serialOf(port), 1)
    assert.equal(await send(`update add ${situs} 300 A 192.0.2.1`), 'NOERROR')
    assert.equal(await serialOf(port), 2)
    assert.equal(await send(`update add ${situs} 300 A 192.0.2.1`), 'NOERROR')
    assert.equal(await send(`update delete tidakada.${zone} A`), 'NOERROR')
    assert.equal(await serialOf(port), 2)
  })

  await t.test('each prerequisite has its own answer', async () => {
    const add = `update add baru.${zone} 300 A 192.0.2.9`
    assert.equal(await send(`prereq nxdomain ${situs}`, add), 'YXDOMAIN')
    assert.equal(await send(`prereq yxdomain tidakada.${zone}`, add), 'NXDOMAIN')
    assert.equal(await send(`prereq nxrrset ${situs} A`, add), 'YXRRSET')
    assert.equal(await send(`prereq yxrrset ${situs} MX`, add), 'NXRRSET')
    assert.equal(await send(`prereq yxrrset ${situs} A 192.0.2.2`, add), 'NXRRSET')
    assert.equal(
      await send(`prereq yxrrset ${situs} A 192.0.2.1`, `prereq yxrrset ${situs} A 192.0.2.2`, add),
      'NXRRSET',
    )
    assert.deepEqual(await values(`baru.${zone}`, 'A'), [])
    assert.equal(
      await send(`prereq yxrrset ${situs} A 192.0.2.1`, `prereq nxdomain baru.${zone}`, add),
      'NOERROR',
    )
    assert.deepEqual(await values(`baru.${zone}`, 'A'), ['192.0.2.9'])
  })

  await t.test('an update outside the zone changes nothing, not even its good lines', async () => {
    assert.equal(
      await send(`update add dua.${zone} 300 A 192.0.2.2`, 'update add dua.example.org 300 A 192.0.2.2'),
      'NOTZONE',
    )
    assert.equal((await dig(port, [`dua.${zone}`, 'A'])).status, 'NXDOMAIN')
  })

  await t.test('an alias and other data never meet', async () => {
    await send(`update add ${situs} 300 CNAME lain.${zone}`)
    assert.deepEqual(await values(situs, 'CNAME'), [])
    await send(`update add alias.${zone} 300 CNAME satu.example.org.`)
    await send(`update add alias.${zone} 300 A 192.0.2.1`)
    await send(`update add alias.${zone} 300 CNAME dua.example.org.`)
    assert.deepEqual(await values(`alias.${zone}`, 'CNAME'), ['dua.example.org.'])
  })

  await t.test('the TTL of a set is one', async () => {
    await send(`update add ${situs} 60 A 192.0.2.2`)
    const { answer } = await dig(port, [situs, 'A'])
    assert.deepEqual([...answer].sort(), [`${situs}. 60 IN A 192.0.2.1`, `${situs}. 60 IN A 192.0.2.2`])
  })

  await t.test('records, sets and names are deleted; SOA and NS of the zone stay', async () => {
    await send(`update delete ${situs} A 192.0.2.1`)
    assert.deepEqual(await values(situs, 'A'), ['192.0.2.2'])
    await send(`update delete ${situs}`)
    assert.equal((await dig(port, [situs, 'A'])).status, 'NXDOMAIN')
    assert.equal(await send(`update delete ${zone}`), 'NOERROR')
    assert.equal(await send(`update delete ${zone} NS ns1.${zone}.`), 'NOERROR')
    assert.deepEqual(await values(zone, 'NS'), [`ns1.${zone}.`])
    assert.equal((await dig(port, [zone, 'SOA'])).answer.length, 1)
  })

  await t.test('a serial that goes back is passed over, one that goes on is taken', async () => {
    const before = await serialOf(port)
    const soa = (serial: number): string =>
      `update add ${zone} 3600 SOA ns1.${zone}. hostmaster.${zone}. ${serial} 1 1 1 1`
    await send(soa(before - 1))
    assert.equal(await serialOf(port), before)
    await send(soa(before + 100))
    assert.equal(await serialOf(port), before + 100)
  })
})

test('only a key with the right may change a zone, and only one with that right makes zones', async (t) => {
  const { port } = await startDnsServer(t, {
    keys: [
      { ...key, update: [zone, `baru.${zone}`] },
      { ...testKey, update: ['*'], createZones: true },
    ],
  })
  const born = (name: string, ...more: string[]): string[] => [
    `update add ${name} 3600 SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60`,
    ...more,
  ]
  const ns = `update add ${zone} 3600 NS ns1.${zone}.`
  assert.equal(await nsupdate(port, zone, born(zone, ns), KEY), 'NOTAUTH', 'this key may not make zones')
  assert.equal(await nsupdate(port, zone, born(zone)), 'NOTAUTH', 'a zone needs an NS')
  assert.equal(
    await nsupdate(port, zone, [`update add x.${zone} 60 A 192.0.2.1`]),
    'NOTAUTH',
    'there is no such zone',
  )
  assert.equal((await dig(port, [zone, 'SOA'])).status, 'REFUSED')
  assert.equal(await nsupdate(port, zone, born(zone, ns)), 'NOERROR')
  const add = [`update add x.${zone} 60 A 192.0.2.1`]
  assert.equal(await nsupdate(port, zone, add, KEY), 'NOERROR')
  assert.equal(await nsupdate(port, zone, add, null), 'REFUSED')
  assert.equal(
    await nsupdate(port, 'contohkota.go.id', ['update add x.contohkota.go.id 60 A 192.0.2.1'], KEY),
    'REFUSED',
  )
  assert.equal(
    await nsupdate(port, zone, add, 'hmac-sha256:asing:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='),
    'NOTAUTH',
  )
  assert.match(
    (await dig(port, ['-y', KEY, zone, 'AXFR'])).text,
    /Transfer failed/,
    'changing is not transferring',
  )
})
