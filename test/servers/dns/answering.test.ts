import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import {
  dig,
  driverFor,
  newZone,
  nsupdate,
  startDnsServer,
  testZone as zone,
} from '../../support/dns-server.ts'

/** What Debian's dig sees of one zone that has everything in it. */

let port = 0
const cleanups: (() => unknown)[] = []

const RECORDS = [
  `${zone}. 300 MX 10 mail.${zone}.`,
  `mail.${zone}. 300 A 192.0.2.25`,
  `situs.${zone}. 300 A 192.0.2.1`,
  `situs.${zone}. 300 AAAA 2001:db8::1`,
  `a.b.c.${zone}. 300 A 192.0.2.3`,
  `alias.${zone}. 300 CNAME alias2.${zone}.`,
  `alias2.${zone}. 300 CNAME situs.${zone}.`,
  `keluar.${zone}. 300 CNAME www.example.org.`,
  `putus.${zone}. 300 CNAME tidakada.${zone}.`,
  `lingkar1.${zone}. 300 CNAME lingkar2.${zone}.`,
  `lingkar2.${zone}. 300 CNAME lingkar1.${zone}.`,
  `*.acara.${zone}. 300 A 192.0.2.80`,
  `*.acara.${zone}. 300 TXT "hai"`,
  `tetap.acara.${zone}. 300 A 192.0.2.81`,
  `x.dalam.acara.${zone}. 300 A 192.0.2.82`,
  `*.lain.${zone}. 300 CNAME situs.${zone}.`,
  `desa.${zone}. 300 NS ns.desa.${zone}.`,
  `desa.${zone}. 300 NS ns.example.org.`,
  `ns.desa.${zone}. 300 A 192.0.2.53`,
  `tetangga.${zone}. 300 CNAME www.tetangga.example.`,
  `tetangga2.${zone}. 300 CNAME tidakada.tetangga.example.`,
  `tetangga3.${zone}. 300 CNAME kembali.tetangga.example.`,
  `aneh.${zone}. 300 TYPE65280 \\# 3 0a0b0c`,
  ...Array.from({ length: 40 }, (_, index) => `besar.${zone}. 300 TXT "${String(index).padStart(60, 'x')}"`),
]

before(async () => {
  // The hooks of a file have no test context; this stands for it.
  const context = { after: (cleanup: () => unknown) => cleanups.push(cleanup) } as unknown as TestContext
  port = (await startDnsServer(context)).port
  await driverFor(port).createZone(newZone())
  assert.equal(
    await nsupdate(
      port,
      zone,
      RECORDS.map((record) => `update add ${record}`),
    ),
    'NOERROR',
  )
  await driverFor(port).createZone(newZone('tetangga.example'))
  const other = ['www 300 A 192.0.2.77', `kembali 300 CNAME situs.${zone}.`]
  assert.equal(
    await nsupdate(
      port,
      'tetangga.example',
      other.map((record) => `update add ${record.replace(' ', '.tetangga.example. ')}`),
    ),
    'NOERROR',
  )
})

after(async () => {
  for (const cleanup of cleanups) await cleanup()
})

const soa = new RegExp(
  `^${zone}\\. 60 IN SOA ns1\\.${zone}\\. hostmaster\\.${zone}\\. \\d+ 3600 600 86400 60$`,
)

test('a record is answered with authority, in the case it was asked', async () => {
  const answer = await dig(port, [`SiTuS.${zone}`, 'A'])
  assert.equal(answer.status, 'NOERROR')
  assert.deepEqual(answer.flags, ['qr', 'aa'])
  assert.deepEqual(answer.answer, [`SiTuS.${zone}. 300 IN A 192.0.2.1`])
})

test('NODATA and NXDOMAIN differ, and both carry the SOA with the negative TTL', async () => {
  for (const [name, status] of [
    [`situs.${zone}`, 'NOERROR'],
    [`b.c.${zone}`, 'NOERROR'],
    [`c.${zone}`, 'NOERROR'],
    [`tidakada.${zone}`, 'NXDOMAIN'],
    [`x.a.b.c.${zone}`, 'NXDOMAIN'],
    [`x.situs.${zone}`, 'NXDOMAIN'],
  ] as const) {
    const answer = await dig(port, [name, 'MX'])
    assert.equal(answer.status, status, name)
    assert.deepEqual(answer.answer, [], name)
    assert.match(answer.authority.join(), soa, name)
  }
})

test('an alias is followed inside the zone and left at its border', async () => {
  const inside = await dig(port, [`alias.${zone}`, 'A'])
  assert.deepEqual(inside.answer, [
    `alias.${zone}. 300 IN CNAME alias2.${zone}.`,
    `alias2.${zone}. 300 IN CNAME situs.${zone}.`,
    `situs.${zone}. 300 IN A 192.0.2.1`,
  ])
  const outside = await dig(port, [`keluar.${zone}`, 'A'])
  assert.deepEqual([outside.status, outside.answer.length], ['NOERROR', 1])
  const broken = await dig(port, [`putus.${zone}`, 'A'])
  assert.deepEqual([broken.status, broken.answer.length], ['NXDOMAIN', 1])
  assert.match(broken.authority.join(), soa)
  const loop = await dig(port, [`lingkar1.${zone}`, 'A'])
  assert.deepEqual([loop.status, loop.answer.length], ['NOERROR', 2])
  const itself = await dig(port, [`alias.${zone}`, 'CNAME'])
  assert.deepEqual(itself.answer, [`alias.${zone}. 300 IN CNAME alias2.${zone}.`])
})

test('an alias is followed into another zone of this server, and its last name decides (RFC 6604)', async () => {
  const across = await dig(port, [`tetangga.${zone}`, 'A'])
  assert.deepEqual(across.answer, [
    `tetangga.${zone}. 300 IN CNAME www.tetangga.example.`,
    'www.tetangga.example. 300 IN A 192.0.2.77',
  ])
  const broken = await dig(port, [`tetangga2.${zone}`, 'A'])
  assert.deepEqual([broken.status, broken.answer.length], ['NXDOMAIN', 1])
  assert.match(broken.authority.join(), /^tetangga\.example\. 60 IN SOA /)
  const back = await dig(port, [`tetangga3.${zone}`, 'A'])
  assert.deepEqual(back.answer.at(-1), `situs.${zone}. 300 IN A 192.0.2.1`)
  assert.equal(back.answer.length, 3)
})

test('ANY is answered over TCP, where the address is proven, and sent there over UDP (RFC 8482)', async () => {
  const udp = await dig(port, [`situs.${zone}`, 'ANY', '+notcp', '+ignore'])
  assert.deepEqual([udp.status, udp.flags.includes('tc'), udp.answer], ['NOERROR', true, []])
  const tcp = await dig(port, [`situs.${zone}`, 'ANY', '+tcp'])
  assert.deepEqual([...tcp.answer].sort(), [
    `situs.${zone}. 300 IN A 192.0.2.1`,
    `situs.${zone}. 300 IN AAAA 2001:db8::1`,
  ])
})

test('options and buffer sizes that clients send are taken for what they are (RFC 6891)', async () => {
  for (const option of ['+cookie', '+nsid', '+subnet=192.0.2.0/24', '+ednsopt=65001:00ff', '+padding=128']) {
    const answer = await dig(port, [`situs.${zone}`, 'A', option])
    assert.deepEqual([answer.status, answer.answer.length], ['NOERROR', 1], option)
  }
  const tiny = await dig(port, [`besar.${zone}`, 'TXT', '+bufsize=1', '+ignore'])
  assert.ok(tiny.flags.includes('tc'), 'less than 512 octets counts as 512')
  assert.equal((await dig(port, [`situs.${zone}`, 'A', '+bufsize=1', '+ignore'])).answer.length, 1)
})

test('a wildcard stands for names that do not exist, and for nothing else (RFC 4592)', async () => {
  const short = async (name: string, type: string): Promise<string> => {
    const answer = await dig(port, [`${name}.${zone}`, type])
    return [answer.status, ...answer.answer].join(' | ')
  }
  assert.equal(await short('apa.acara', 'A'), `NOERROR | apa.acara.${zone}. 300 IN A 192.0.2.80`)
  assert.equal(await short('apa.saja.acara', 'A'), `NOERROR | apa.saja.acara.${zone}. 300 IN A 192.0.2.80`)
  assert.equal(await short('apa.acara', 'MX'), 'NOERROR')
  assert.equal(await short('tetap.acara', 'TXT'), 'NOERROR')
  assert.equal(await short('x.tetap.acara', 'A'), 'NXDOMAIN')
  assert.equal(await short('dalam.acara', 'A'), 'NOERROR')
  assert.equal(await short('y.dalam.acara', 'A'), 'NXDOMAIN')
  assert.equal(await short('acara', 'A'), 'NOERROR')
  assert.equal(await short('*.acara', 'A'), `NOERROR | *.acara.${zone}. 300 IN A 192.0.2.80`)
  assert.equal(
    await short('apa.lain', 'A'),
    `NOERROR | apa.lain.${zone}. 300 IN CNAME situs.${zone}. | situs.${zone}. 300 IN A 192.0.2.1`,
  )
})

test('a delegated name is referred to, with the addresses that are needed to get there', async () => {
  for (const name of [`desa.${zone}`, `www.desa.${zone}`, `ns.desa.${zone}`]) {
    const answer = await dig(port, [name, 'A'])
    assert.deepEqual(
      [answer.status, answer.flags.includes('aa'), answer.answer.length],
      ['NOERROR', false, 0],
      name,
    )
    assert.deepEqual([...answer.authority].sort(), [
      `desa.${zone}. 300 IN NS ns.desa.${zone}.`,
      `desa.${zone}. 300 IN NS ns.example.org.`,
    ])
    assert.deepEqual(answer.additional, [`ns.desa.${zone}. 300 IN A 192.0.2.53`])
  }
  const ds = await dig(port, [`desa.${zone}`, 'DS'])
  assert.match(ds.authority.join(), soa)
  assert.ok(ds.flags.includes('aa'))
})

test('mail servers come with their addresses', async () => {
  const answer = await dig(port, [zone, 'MX'])
  assert.deepEqual(answer.answer, [`${zone}. 300 IN MX 10 mail.${zone}.`])
  assert.deepEqual(answer.additional, [`mail.${zone}. 300 IN A 192.0.2.25`])
})

test('what does not fit is cut off over UDP and whole over TCP', async () => {
  const plain = await dig(port, [`besar.${zone}`, 'TXT', '+noedns', '+ignore'])
  assert.ok(plain.flags.includes('tc'))
  const large = await dig(port, [`besar.${zone}`, 'TXT', '+bufsize=4096', '+ignore'])
  assert.ok(large.flags.includes('tc'), 'never more than 1232 octets')
  const retried = await dig(port, [`besar.${zone}`, 'TXT'])
  assert.equal(retried.answer.length, 40)
  assert.ok(!retried.flags.includes('tc'))
})

test('names outside its zones, other classes and other operations are refused', async () => {
  assert.equal((await dig(port, ['example.org', 'A'])).status, 'REFUSED')
  assert.equal((await dig(port, ['go.id', 'SOA'])).status, 'REFUSED')
  assert.equal((await dig(port, ['-c', 'CH', 'version.bind', 'TXT'])).status, 'REFUSED')
  assert.equal((await dig(port, ['+opcode=NOTIFY', zone, 'SOA'])).status, 'NOTIMP')
  assert.equal((await dig(port, ['-c', 'ANY', zone, 'SOA'])).status, 'REFUSED')
  assert.equal((await dig(port, ['+opcode=STATUS', zone, 'SOA'])).status, 'NOTIMP')
})

test('EDNS is answered in kind, and an unknown version refused with ours', async () => {
  assert.match((await dig(port, [zone, 'SOA'])).text, /EDNS: version: 0, flags:; udp: 1232/)
  assert.doesNotMatch((await dig(port, [zone, 'SOA', '+noedns'])).text, /EDNS/)
  assert.match((await dig(port, [zone, 'SOA', '+dnssec'])).text, /EDNS: version: 0, flags: do;/)
  assert.equal((await dig(port, [zone, 'SOA', '+edns=1', '+noednsnegotiation'])).status, 'BADVERS')
})

test('a type it has never heard of is kept and given as it is (RFC 3597)', async () => {
  const answer = await dig(port, [`aneh.${zone}`, 'TYPE65280'])
  assert.deepEqual(answer.answer, [`aneh.${zone}. 300 IN TYPE65280 \\# 3 0A0B0C`])
})

test('a signed question gets a signed answer, and a wrong key an explanation', async () => {
  const right = await dig(port, [zone, 'SOA'], true)
  assert.equal(right.status, 'NOERROR')
  assert.match(right.text, /TSIG\s+hmac-sha256\..* NOERROR 0/)
  assert.doesNotMatch(right.text, /could not be validated|tsig verify failure/i)
  const wrong = await dig(port, [
    '-y',
    'hmac-sha256:asing:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    zone,
    'SOA',
  ])
  assert.equal(wrong.status, 'NOTAUTH')
  assert.match(wrong.text, /BADKEY/)
  const forged = await dig(port, [
    '-y',
    'hmac-sha256:desk.contoh:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    zone,
    'SOA',
  ])
  assert.match(forged.text, /BADSIG/)
})
