import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, mock, test } from 'node:test'
import { askKeyRenewal } from '../../src/actions/oversight/ask-key-renewal.ts'
import { readCall } from '../../src/cli/arguments.ts'
import type { CommandDeps } from '../../src/cli/installation.ts'
import { openCheckpoint, trust } from '../../src/cli/logbook-verifier/note.ts'
import { logbookWitness } from '../../src/cli/witness/witness.ts'
import { writeHandover } from '../../src/domain/logbook/handover.ts'
import { checkpointText, privateKeyOf, signatureLine, vkeyOf } from '../../src/domain/logbook/note.ts'
import { writeConsistency } from '../../src/domain/logbook/receipt.ts'
import type { Parts } from '../../src/domain/logbook/tree.ts'
import { consistencyParts, grow, leafHash, rootParts } from '../../src/domain/logbook/tree.ts'
import { Refused } from '../../src/domain/refused.ts'
import { whileKeeping } from '../../src/servers/installed.ts'
import type { TestApp } from '../support/app.ts'
import { asOwner, createTestApp } from '../support/app.ts'
import { signingFor, writeEntries } from '../support/checkpoints.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'

const origin = 'desk.example/o/contoh/buku-log/00000001'
const key = privateKeyOf(Buffer.alloc(32, 7))
const vkey = vkeyOf(origin, 'note', key)
const most = 20
type Signer = { readonly name: string; readonly signer: ReturnType<typeof privateKeyOf> }
const office1: Signer = { name: origin, signer: key }
const renewed: Signer = {
  name: 'desk.example/o/contoh/buku-log/0000000a',
  signer: privateKeyOf(Buffer.alloc(32, 9)),
}
const renewedVkey = vkeyOf(renewed.name, 'note', renewed.signer)
const handover = writeHandover(origin, key, renewedVkey)

/** A history; one that differs from entry `forgedAt` on is another. */
function historyOf(forgedAt = most) {
  const leaves = Array.from({ length: most }, (_, at) => leafHash(at < forgedAt ? `${at}` : `forged ${at}`))
  const nodes = new Map(grow(0, [], leaves).map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  const put = ({ join: joined }: Parts) => joined(({ level, index }) => nodes.get(`${level} ${index}`)!)
  const checkpoint = (size: number, { name, signer }: Signer = office1): string => {
    const text = checkpointText({ origin: name, size, root: put(rootParts(size))[0]! })
    return `${text}\n${signatureLine(name, signer, text)}`
  }
  const consistency =
    (signer?: Signer) =>
    (from: number, to: number): string =>
      writeConsistency({ from, hashes: put(consistencyParts(from, to)), checkpoint: checkpoint(to, signer) })
  return { checkpoint, consistency: consistency(), consistencyBy: consistency }
}
const honest = historyOf()

/** An office that answers whatever a test wants. */
type Answers = {
  handovers: () => string
  checkpoint: () => string
  consistency: (from: number, to: number) => string
  cosignatures: (body: string) => number
}
let answers: Answers
const at = (size: number, history = honest): Partial<Answers> => ({
  checkpoint: () => history.checkpoint(size),
  consistency: history.consistency,
})
const answer = (change: Partial<Answers>): void => void (answers = { ...answers, ...change })

const office = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://x')
  const what = pathname.split('/').at(-1)!
  let body = ''
  request.on('data', (part) => (body += String(part)))
  request.on('end', () => {
    if (what === 'checkpoint') return response.end(answers.checkpoint())
    if (what === 'handovers') return response.end(answers.handovers())
    if (what === 'consistency')
      return response.end(
        answers.consistency(Number(searchParams.get('from')), Number(searchParams.get('to'))),
      )
    response.writeHead(answers.cosignatures(body), { 'content-type': 'application/problem+json' })
    return response.end(JSON.stringify({ detail: 'kata portal' }))
  })
})

let url: string
let root: string
let folder: string
let nth = 0
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'ranah-witness-'))
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(office.address() as AddressInfo).port}`
})
after(async () => {
  office.close()
  await rm(root, { recursive: true, force: true })
})
beforeEach(() => {
  folder = join(root, String((nth += 1)))
  answers = {
    checkpoint: () => '',
    consistency: () => '',
    handovers: () => '',
    cosignatures: () => 500,
    ...at(5),
  }
})

const deps = { servers: { whileKeeping } } as unknown as CommandDeps
const name = 'inspektorat.example/saksi'

/** Runs the command. @returns its exit code or the reason of its refusal, and what it printed */
async function witness(...more: string[]): Promise<{ end: number | string; out: string; said: string }> {
  const given = ['--url', url, '--office', 'contoh', '--vkey', vkey, '--state', folder, '--name', name]
  const out: string[] = []
  const said: string[] = []
  const log = mock.method(console, 'log', (line: string) => void out.push(line))
  const error = mock.method(console, 'error', (line: string) => void said.push(line))
  try {
    const end = await logbookWitness.run(readCall(logbookWitness, [...given, '--lang', 'en', ...more]), deps)
    return { end, out: `${out.join('\n')}\n`, said: said.join('\n') }
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused
    return { end: refused.reason, out: out.join('\n'), said: refused.text.en }
  } finally {
    log.mock.restore()
    error.mock.restore()
  }
}
const seenFile = () => readFile(join(folder, 'seen.json'), 'utf8')
const evidence = async () => (await readdir(folder)).filter((file) => file.startsWith('evidence-'))

describe('a witness', () => {
  test('makes its key once, cosigns what it sees, and what has grown since', async () => {
    const first = await witness()
    assert.equal(first.end, 0)
    const [, own] = /(inspektorat\S+)/.exec(first.said)!
    assert.deepEqual(
      openCheckpoint(first.out, [vkey, own!].map(trust)).cosigned.map((each) => each.name),
      [name],
    )
    assert.match(first.said, /Seen for the first time: 5/)
    answer(at(5))
    assert.match((await witness()).said, /Still 5 entries/)
    answer(at(13))
    const grown = await witness()
    assert.match(grown.said, /from 5 to 13/)
    assert.equal(openCheckpoint(grown.out, [vkey, own!].map(trust)).cosigned.length, 1)
    assert.deepEqual(await evidence(), [])
  })

  test('sends back, and tells when the portal does not take it', async () => {
    const bodies: string[] = []
    answer({ cosignatures: (body) => (bodies.push(body), 201) })
    assert.equal((await witness('--send')).end, 0)
    const { size, line } = JSON.parse(bodies[0]!) as { size: number; line: string }
    assert.equal(size, 5)
    assert.match(line, /^— inspektorat\.example\/saksi [A-Za-z0-9+/=]+$/)
    answer({ cosignatures: () => 403 })
    const refused = await witness('--send')
    assert.equal(refused.end, 2)
    assert.match(refused.said, /checked and cosigned, but .*kata portal/)
  })

  test('needs a name once, and keeps it', async () => {
    const call = (more: string[]) =>
      logbookWitness.run(
        readCall(logbookWitness, [
          '--url',
          url,
          '--office',
          'contoh',
          '--vkey',
          vkey,
          '--state',
          folder,
          ...more,
        ]),
        deps,
      )
    await assert.rejects(call([]), { reason: 'name-missing' })
    await assert.rejects(call(['--name', 'dua kata']), { reason: 'bad-name' })
    await witness()
    assert.equal((await witness('--send')).end, 2)
    await assert.rejects(call(['--name', 'lain.example']), { reason: 'other-name' })
  })
})

describe('refuses, keeps what it saw and the evidence', () => {
  const refusedAfter = async (reason: string, change: Partial<Answers>): Promise<string> => {
    answer(at(9))
    assert.equal((await witness()).end, 0)
    const before_ = await seenFile()
    answer(change)
    const found = await witness('--send')
    assert.equal(found.end, reason, found.said)
    assert.equal(found.out, '', 'nothing is cosigned')
    assert.equal(await seenFile(), before_)
    return found.said
  }

  test('a logbook that was turned back', async () => {
    assert.match(await refusedAfter('rollback', at(8)), /shows 8 entries, but it has shown 9/)
    const [file] = await evidence()
    const kept = (await readFile(join(folder, file!), 'utf8')).split('\n=====\n')
    assert.deepEqual(
      kept.map((note) => openCheckpoint(note, [trust(vkey)]).size),
      [9, 8],
    )
  })

  test('a fork: two contents of one size', async () => {
    assert.match(await refusedAfter('fork', at(9, historyOf(4))), /has forked/)
    assert.equal((await evidence()).length, 1)
  })

  test('a history that was rewritten and goes on', async () => {
    assert.match(await refusedAfter('rewritten', at(15, historyOf(4))), /not proven/)
    assert.equal((await evidence()).length, 1)
  })

  test('a proof of something else', async () => {
    for (const consistency of [
      () => '',
      () => 'x'.repeat(5000),
      () => honest.consistency(8, 15),
      () => honest.consistency(9, 14),
      () => historyOf(4).consistency(9, 15),
    ]) {
      folder = join(root, String((nth += 1)))
      await refusedAfter('rewritten', { ...at(15), consistency })
    }
  })

  test('a checkpoint under another key, another name, or none', async () => {
    const signer = privateKeyOf(Buffer.alloc(32, 8))
    await refusedAfter('bad-checkpoint', {
      checkpoint: () => honest.checkpoint(12, { name: origin, signer }),
    })
    const other = 'desk.example/o/contoh/buku-log/00000002'
    folder = join(root, String((nth += 1)))
    const said = await refusedAfter('other-origin', {
      checkpoint: () => honest.checkpoint(12, { name: other, signer }),
    })
    assert.match(said, /now signs under the name .*00000002.*restore/)
    folder = join(root, String((nth += 1)))
    await refusedAfter('bad-checkpoint', { checkpoint: () => `${origin}\n12\n` })
  })

  test('everything, when it no longer knows what it saw', async () => {
    assert.equal((await witness()).end, 0)
    await writeFile(join(folder, 'seen.json'), '{"half')
    assert.equal((await witness()).end, 'state-damaged')
  })

  test('one of two forks that it is shown at the same moment', async () => {
    await witness()
    let asked = 0
    answer({
      checkpoint: () => ((asked += 1) % 2 ? honest : historyOf(7)).checkpoint(11),
      consistency: (from, to) => honest.consistency(from, to),
    })
    const given = ['--url', url, '--office', 'contoh', '--vkey', vkey, '--state', folder]
    const log = mock.method(console, 'log', () => {})
    const error = mock.method(console, 'error', () => {})
    const ends = await Promise.allSettled(
      [1, 2, 3, 4].map(() => logbookWitness.run(readCall(logbookWitness, given), deps)),
    )
    log.mock.restore()
    error.mock.restore()
    const roots = new Set(
      ends.flatMap((end) => (end.status === 'fulfilled' ? ['cosigned'] : [(end.reason as Refused).reason])),
    )
    assert.deepEqual([...roots].toSorted(), ['cosigned', 'fork'])
  })
})

describe('follows an office that replaced its key', () => {
  const goneOn = (size: number, history = honest): Partial<Answers> => ({
    checkpoint: () => history.checkpoint(size, renewed),
    consistency: history.consistencyBy(renewed),
    handovers: () => handover,
  })

  test('by the handover, from what it saw under the old one; the call stays the same', async () => {
    assert.equal((await witness()).end, 0)
    answer(goneOn(9))
    const first = await witness()
    assert.equal(first.end, 0, first.said)
    assert.match(first.said, /from 5 to 9[^]*signed the handover to .*0000000a/)
    assert.equal(openCheckpoint(first.out, [trust(renewedVkey)]).size, 9)
    answer({ ...goneOn(12), handovers: () => 'the portal lost them' })
    const next = await witness()
    assert.equal(next.end, 0, next.said)
    assert.match(next.said, /from 9 to 12/)
  })

  test('never to a history that does not continue', async () => {
    assert.equal((await witness()).end, 0)
    for (const [reason, change] of [
      ['rewritten', goneOn(9, historyOf(2))],
      ['fork', goneOn(5, historyOf(2))],
      ['rollback', goneOn(4)],
    ] as const) {
      answer(change)
      assert.equal((await witness()).end, reason)
    }
    answer(goneOn(9))
    assert.equal((await witness()).end, 0)
  })

  test('and to nobody else: not by a handover of another key, nor back to the key that handed over', async () => {
    assert.equal((await witness()).end, 0)
    const thief = privateKeyOf(Buffer.alloc(32, 8))
    answer({ ...goneOn(9), handovers: () => writeHandover(origin, thief, renewedVkey) })
    assert.equal((await witness()).end, 'bad-checkpoint')
    answer({ ...goneOn(9), handovers: () => handover.replace(renewed.name, `${renewed.name}b`) })
    assert.equal((await witness()).end, 'bad-checkpoint')
    answer(goneOn(9))
    assert.equal((await witness()).end, 0)
    answer(at(11))
    const back = await witness()
    assert.equal(back.end, 'name-ended')
    assert.match(back.said, /old name .*00000001.*copied the old key/)
    assert.equal((await evidence()).length, 1)
    const second = { name: 'desk.example/o/contoh/buku-log/0000000c', signer: thief }
    answer({
      checkpoint: () => honest.checkpoint(13, second),
      consistency: honest.consistencyBy(second),
      handovers: () => writeHandover(origin, key, vkeyOf(second.name, 'note', thief)),
    })
    assert.equal((await witness()).end, 'other-origin', 'the old key hands over once')
  })
})

describe('knows nothing, and says so with exit code 2', () => {
  test('when nobody answers, or more than a checkpoint can be', async () => {
    const own = url
    url = 'http://127.0.0.1:9'
    const away = await witness()
    url = own
    assert.deepEqual([away.end, /Nothing is known yet/.test(away.said)], [2, true], away.said)
    answer({ checkpoint: () => 'x'.repeat(200_000) })
    assert.match((await witness()).said, /more than 100000 octets/)
    assert.equal((await witness()).end, 2)
  })
})

describe('against a portal as it is', () => {
  let portal: TestApp
  before(async () => {
    portal = await createTestApp()
  })
  after(() => portal.close())

  test('sees it grow, is shown there, and notices when its database is turned back', async () => {
    const desk = await createTestOffice(
      portal.deps,
      'contoh',
      await readSopFile('sops/katingan-subdomain-hosting.yaml'),
    )
    const sign = signingFor(portal.deps)
    await writeEntries(portal.deps, desk.id, 3)
    await sign(desk.id)
    const pass = async (asked: Request, response: ServerResponse): Promise<void> => {
      const found = await portal.app.fetch(asked)
      response.writeHead(found.status)
      response.end(Buffer.from(await found.arrayBuffer()))
    }
    const door = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const { method = 'GET', headers } = request
        const body = method === 'POST' ? Buffer.concat(parts) : undefined
        const type = headers['content-type']
        const asked = new Request(`http://portal.test${request.url!}`, {
          method,
          ...(body && { body, headers: { ...(type && { 'content-type': type }) } }),
        })
        void pass(asked, response)
      })
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const keys = (await (await portal.visit().api('GET', '/public/offices/contoh/logbook/keys')).json()) as {
      names: { vkey: string }[]
    }
    const given = (more: string[]) => [
      `--url=http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      '--office=contoh',
      `--vkey=${keys.names[0]!.vkey}`,
      `--state=${folder}`,
      `--name=${name}`,
      ...more,
    ]
    const run = (...more: string[]) => logbookWitness.run(readCall(logbookWitness, given(more)), deps)
    const said: string[] = []
    const log = mock.method(console, 'log', () => {})
    const error = mock.method(console, 'error', (line: string) => void said.push(line))
    try {
      assert.equal(await run(), 0)
      const own = /(inspektorat\S+)/.exec(said.join('\n'))![1]!
      await asOwner(
        portal.database,
        `insert into logbook_witnesses (id, office_id, organisation, vkey, since)
         values (gen_random_uuid(), $1, 'Inspektorat Contoh', $2, now())`,
        [desk.id, own],
      )
      // witnesses read the clock of their own machine
      portal.clock.now = new Date()
      await writeEntries(portal.deps, desk.id, 4)
      await sign(desk.id)
      assert.equal(await run('--send'), 0)
      assert.match(await (await portal.visit().get('/buku-log')).text(), /Inspektorat Contoh/)
      await askKeyRenewal(portal.deps, desk.member('administrator'))
      await sign(desk.id)
      await writeEntries(portal.deps, desk.id, 2)
      await sign(desk.id)
      assert.equal(await run('--send'), 0)
      assert.match(said.join('\n'), /alih kunci/)
      assert.match(await (await portal.visit().get('/buku-log')).text(), /kunci diganti[^]*handovers/)
      await asOwner(portal.database, 'delete from logbook_cosignatures where office_id = $1', [desk.id])
      await asOwner(
        portal.database,
        `delete from logbook_checkpoints where office_id = $1
            and size = (select max(size) from logbook_checkpoints)`,
        [desk.id],
      )
      await assert.rejects(run('--send'), { reason: 'rollback' })
    } finally {
      log.mock.restore()
      error.mock.restore()
      door.close()
    }
  })
})
