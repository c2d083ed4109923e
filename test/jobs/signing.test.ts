import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { declineSigning } from '../../src/actions/letters/decline-signing.ts'
import { endSignatory } from '../../src/actions/letters/end-signatory.ts'
import { reassignLetter } from '../../src/actions/letters/reassign-letter.ts'
import { voidLetter } from '../../src/actions/letters/void-letter.ts'
import { inScope } from '../../src/db/database.ts'
import type { Settlement } from '../../src/domain/letters/signing.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import { Refused } from '../../src/domain/refused.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import { exportLogbook } from '../../src/lookups/logbook.ts'
import { signForMember } from '../../src/http/signing.ts'
import type { EsignService } from '../support/esign-service.ts'
import { startEsignService } from '../support/esign-service.ts'
import { ranah } from '../support/ranah.ts'
import { filesOf, placesWith, tablesOf } from '../support/secret-search.ts'
import { certificateName, openSigningDesk } from '../support/signing-desk.ts'
import type { SigningDesk } from '../support/signing-desk.ts'
import { makeSigningKey } from '../support/signing-key.ts'
import { requestsIn } from '../support/walk-request.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

const run = promisify(execFile)
const passphrase = 'sandi-pejabat-2026-kerbau'
const nik = '9999012345678901'
const minutes = 60_000

let world: TestWorld
before(async () => {
  world = await createTestWorld()
})
after(() => world.close())

const { read } = requestsIn(() => world)

const depsOf = (desk: SigningDesk): HttpDeps =>
  ({ ...desk.sealing, lookups: { signLetter: desk.ask } }) as unknown as HttpDeps

const sign = (
  desk: SigningDesk,
  letterId: string,
  order: { passphrase?: string; settle?: Settlement; as?: Parameters<typeof desk.office.member>[0] } = {},
) =>
  signForMember(depsOf(desk), desk.office.member(order.as ?? 'head-of-office'), letterId, {
    passphrase: order.passphrase ?? passphrase,
    settle: order.settle,
  })

const refusedAs =
  (...reasons: readonly string[]) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Refused, String(error))
    assert.ok(reasons.includes(error.reason), error.reason)
    return true
  }

const letterIn = (desk: SigningDesk, id: string) =>
  inScope(world.deps.db, { officeId: desk.office.id }, async (tx) => {
    const letter = await tx.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const document = letter.document_id
      ? await tx
          .selectFrom('documents')
          .selectAll()
          .where('id', '=', letter.document_id)
          .executeTakeFirstOrThrow()
      : undefined
    const signing = await tx.selectFrom('signings').selectAll().where('letter_id', '=', id).executeTakeFirst()
    return { letter, document, signing }
  })

const actsOf = (desk: SigningDesk) =>
  inScope(world.deps.db, { officeId: desk.office.id }, async (tx) => {
    const entries = await tx
      .selectFrom('logbook_entries')
      .select(['seq', 'prev', 'hash', 'text', 'act'])
      .orderBy('seq')
      .execute()
    const verdict = verifyChain(desk.office.id, entries)
    assert.ok(verdict.ok, JSON.stringify(verdict))
    return entries.map(({ act }) => act)
  })

async function pdfsig(pdf: Buffer): Promise<string> {
  const path = join(world.directory, 'judged.pdf')
  await writeFile(path, pdf)
  return (await run('pdfsig', [path])).stdout
}

describe('a letter of an office that signs with its own key', () => {
  let desk: SigningDesk
  before(async () => {
    desk = await openSigningDesk(world, 'kunci', () => world.deps.now())
    makeSigningKey(desk.keys, 'kepala.p12', { name: certificateName, passphrase })
    const { id } = await desk.way('p12', { file: 'kepala.p12' })
    await desk.appoint(desk.office.member('head-of-office'), { serverId: id })
    // openssl dated the certificate by the real clock
    world.deps.clock.now = new Date(Math.max(Date.now() + minutes, world.deps.clock.now.getTime()))
  })
  beforeEach(() => world.deps.clock.advance(20 * minutes))

  test('waits for the head of office, is signed once, recorded with its digest, and the request goes on', async () => {
    const { ticket, letter } = await desk.letter('tertanda')
    assert.equal(letter.status, 'awaiting')
    assert.equal((await read(desk.office, ticket)).stage, 'working')
    assert.ok((await world.mails()).some((mail) => mail.includes('Menunggu tanda tangan Anda')))
    const waiting = await letterIn(desk, letter.id)
    await sign(desk, letter.id)
    const done = await letterIn(desk, letter.id)
    assert.deepEqual([done.letter.status, done.signing], ['issued', undefined])
    assert.equal((done.letter.certificate as { commonName: string }).commonName, certificateName)
    assert.ok(done.document!.bytes!.subarray(0, waiting.signing!.pdf.length).equals(waiting.signing!.pdf))
    const said = await pdfsig(done.document!.bytes!)
    assert.match(said, /Signature is Valid/)
    assert.match(said, /Total document signed/)
    assert.equal((await read(desk.office, ticket)).phase, 'ended')
    const acts = (await actsOf(desk)).filter((act) => act.startsWith('letter.'))
    assert.deepEqual(acts.slice(-4), [
      'letter.numbered',
      'letter.prepared',
      'letter.signing-decided',
      'letter.signed',
    ])
    await assert.rejects(sign(desk, letter.id), refusedAs('letter-not-awaiting'))
  })

  test('an exported logbook tells offline whether a file is that letter, and whether it stands', async () => {
    const { letter } = await desk.letter('luring')
    await sign(desk, letter.id)
    const { document } = await letterIn(desk, letter.id)
    const [good, bad, logbook] = ['surat.pdf', 'berubah.pdf', 'bukulog.jsonl'].map((each) =>
      join(world.directory, each),
    ) as [string, string, string]
    const changed = Buffer.from(document!.bytes!)
    changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
    await writeFile(good, document!.bytes!)
    await writeFile(bad, changed)
    const exported = async (): Promise<void> => {
      const lines: string[] = []
      const office = { id: desk.office.id, name: 'Dinas Contoh' }
      for await (const line of exportLogbook(world.deps.db, office, world.deps.now())) lines.push(line)
      await writeFile(logbook, lines.join(''))
    }
    const verify = async (file: string, ...more: string[]) => {
      const { code, stdout } = await ranah(world.directory, [
        'letter',
        'verify',
        file,
        '--logbook',
        logbook,
        ...more,
      ])
      return { code, stdout }
    }
    await exported()
    const whole = await verify(good, '--json')
    const answer = JSON.parse(whole.stdout) as {
      stands: boolean
      letter: { number: string; signatory: string; decision: string; isSigned: boolean }
      signature: { kind: string }
    }
    assert.equal(whole.code, 0)
    assert.deepEqual(
      [
        answer.stands,
        answer.letter.number,
        answer.letter.signatory,
        answer.letter.decision,
        answer.signature.kind,
      ],
      [true, letter.number, 'Kepala Dinas Contoh', 'accepted', 'intact'],
    )
    const inEnglish = (await verify(good, '--lang', 'en')).stdout
    assert.match(inEnglish, /Decision: approved/)
    assert.doesNotMatch(inEnglish, /disetujui|balasan/i)
    const longer = join(world.directory, 'ditambah.pdf')
    await writeFile(longer, Buffer.concat([document!.bytes!, Buffer.from('7 0 obj\n<<>>\nendobj\n%%EOF\n')]))
    const added = await verify(longer)
    assert.equal(added.code, 1)
    assert.match(
      added.stdout,
      new RegExp(`berawal dari surat nomor ${letter.number.replaceAll('/', '\\/')} `),
    )
    assert.doesNotMatch(added.stdout, /TIDAK DIKENAL/)
    const begins = JSON.parse((await verify(longer, '--json')).stdout) as {
      letter: null
      beginsAs: { number: string }
    }
    assert.deepEqual([begins.letter, begins.beginsAs.number], [null, letter.number])
    const doubtful = await verify(bad)
    assert.equal(doubtful.code, 1)
    assert.match(doubtful.stdout, /TIDAK DIKENAL[^]*berkas ini telah berubah/)
    // on a machine without any network: a name of one's own changes nothing, a copy that a program saved anew is
    // another file, and so is half of one
    const [named, saved, half] = ['lain.bin', 'disimpan.pdf', 'separuh.pdf'].map((each) =>
      join(world.directory, each),
    ) as [string, string, string]
    await copyFile(good, named)
    execFileSync('/usr/bin/qpdf', ['--object-streams=generate', good, saved])
    await writeFile(half, document!.bytes!.subarray(0, document!.bytes!.length / 2))
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
    for (const [file, code, words] of [
      [named, 0, /BERLAKU/],
      [saved, 1, /TIDAK DIKENAL/],
      [half, 1, /TIDAK DIKENAL/],
    ] as const) {
      const call = ['--import', 'tsx', main, 'letter', 'verify', file, '--logbook', logbook]
      const said = spawnSync('/usr/bin/unshare', ['--net', process.execPath, ...call], { encoding: 'utf8' })
      assert.equal(said.status, code, `${file}: ${said.stdout} ${said.stderr}`)
      assert.match(said.stdout, words)
    }
    await voidLetter(world.deps, desk.office.member('head-of-office'), letter.id, 'Dibatalkan dalam uji ini.')
    await exported()
    const voided = await verify(good)
    assert.equal(voided.code, 1)
    assert.match(voided.stdout, /DIBATALKAN[^]*tidak ada yang berubah sejak ditandatangani/)
    const torn = (await readFile(logbook, 'utf8')).replace('letter.voided', 'letter.noided')
    await writeFile(logbook, torn)
    assert.notEqual((await verify(good)).code, 0)
  })

  test('everybody else, a wrong passphrase and guessing are refused, and nothing is signed', async () => {
    const { letter } = await desk.letter('ditolak')
    for (const as of ['operator', 'head-of-division', 'administrator', 'applicant'] as const)
      await assert.rejects(sign(desk, letter.id, { as }), refusedAs('not-signatory'))
    for (let count = 0; count < 5; count += 1)
      await assert.rejects(sign(desk, letter.id, { passphrase: 'salah' }), refusedAs('wrong-passphrase'))
    await assert.rejects(sign(desk, letter.id), refusedAs('too-many-tries'))
    assert.equal((await letterIn(desk, letter.id)).letter.status, 'awaiting')
    world.deps.clock.advance(20 * minutes)
    await sign(desk, letter.id)
  })

  test('two at once sign once', async () => {
    const { letter } = await desk.letter('serentak')
    const before = (await actsOf(desk)).filter((act) => act === 'letter.signed').length
    const ends = await Promise.allSettled([1, 2, 3].map(() => sign(desk, letter.id)))
    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const end of ends)
      if (end.status === 'rejected') refusedAs('signing-under-way', 'letter-not-awaiting')(end.reason)
    const acts = await actsOf(desk)
    assert.equal(acts.filter((act) => act === 'letter.signed').length, before + 1)
  })

  test('killed between signing and recording, the same decision gives the same file', async () => {
    const { letter } = await desk.letter('terbunuh')
    const killed = await signAndDie(desk, letter.id)
    const waiting = await letterIn(desk, letter.id)
    assert.equal(waiting.letter.status, 'awaiting')
    assert.ok(waiting.signing!.attempt)
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-under-way'))
    world.deps.clock.advance(5 * minutes)
    await sign(desk, letter.id)
    assert.equal((await letterIn(desk, letter.id)).letter.sha256, killed, 'no second signature exists')
  })

  test('given back with a reason, it is voided with its number and the officer has the step again', async () => {
    const { ticket, letter } = await desk.letter('kembali')
    await assert.rejects(
      declineSigning(world.deps, desk.office.member('operator'), letter.id, 'bukan hak saya di sini'),
      refusedAs('not-signatory'),
    )
    const head = desk.office.member('head-of-office')
    await declineSigning(world.deps, head, letter.id, 'Nama aplikasi pada surat keliru.')
    const row = await read(desk.office, ticket)
    assert.deepEqual([row.step, row.stage], [7, 'acting'])
    const { letter: voided } = await letterIn(desk, letter.id)
    assert.deepEqual([voided.status, voided.void_reason], ['voided', 'Nama aplikasi pada surat keliru.'])
  })

  test('an acting head signs only within the dates of the appointment, and a letter is set anew for them', async () => {
    const { letter } = await desk.letter('pelaksana')
    const today = world.deps.clock.now.toISOString().slice(0, 10)
    const { id: way } = await desk.way('p12', { file: 'plh.p12' })
    makeSigningKey(desk.keys, 'plh.p12', { name: 'Kepala Bidang Contoh', passphrase })
    const division = desk.office.member('head-of-division')
    const later = new Date(world.deps.clock.now.getTime() + 3 * 24 * 60 * minutes).toISOString().slice(0, 10)
    const acting = { acting: 'Plh.', serverId: way, certificateName: 'Kepala Bidang Contoh' } as const
    await desk.appoint(division, { ...acting, fromDay: today, untilDay: later })
    await assert.rejects(
      desk.appoint(division, { ...acting, fromDay: later, untilDay: later }),
      refusedAs('signatory-overlaps'),
    )
    await assert.rejects(sign(desk, letter.id, { as: 'head-of-division' }), refusedAs('not-signatory'))
    await reassignLetter(world.deps, desk.office.member('administrator'), letter.id)
    await world.drain()
    const anew = await letterIn(desk, letter.id)
    assert.deepEqual([anew.letter.status, anew.letter.number], ['awaiting', letter.number])
    assert.match(JSON.stringify(anew.letter.data), /"acting":"Plh."/)
    await assert.rejects(sign(desk, letter.id), refusedAs('not-signatory'))
    const clock = world.deps.clock.now
    world.deps.clock.now = new Date(clock.getTime() + 5 * 24 * 60 * minutes)
    await assert.rejects(sign(desk, letter.id, { as: 'head-of-division' }), refusedAs('not-in-office'))
    world.deps.clock.now = clock
    await sign(desk, letter.id, { as: 'head-of-division' })
    assert.match(await pdfsig((await letterIn(desk, letter.id)).document!.bytes!), /Kepala Bidang Contoh/)
  })

  test('the key of another person is refused', async () => {
    const { letter } = await desk.letter('kunci-lain')
    makeSigningKey(desk.keys, 'plh.p12', { name: 'Orang Lain', passphrase })
    await assert.rejects(sign(desk, letter.id, { as: 'head-of-division' }), refusedAs('other-certificate'))
  })

  test('the passphrase lies in no table and in no file', async () => {
    const places = [...(await tablesOf(world.ownerUrl)), ...(await filesOf(world.directory))]
    assert.ok(places.length > 30)
    assert.deepEqual(placesWith(passphrase, places), [])
    assert.deepEqual(
      placesWith('Menunggu tanda tangan Anda', places).filter((name) => name.endsWith('.eml')).length > 0,
      true,
      'the search finds what is there',
    )
  })

  test('an ended appointment leaves the office to sign on paper', async () => {
    const signatories = await inScope(world.deps.db, { officeId: desk.office.id }, (tx) =>
      tx.selectFrom('signatories').select(['id', 'until_day']).execute(),
    )
    const yesterday = new Date(world.deps.clock.now.getTime() - 24 * 60 * minutes).toISOString().slice(0, 10)
    const administrator = desk.office.member('administrator')
    const open = signatories.find(({ until_day }) => until_day === null)!
    await endSignatory(world.deps, administrator, open.id, yesterday)
    await assert.rejects(
      endSignatory(world.deps, administrator, open.id, '2030-01-01'),
      refusedAs('signatory-day'),
    )
    world.deps.clock.advance(10 * 24 * 60 * minutes)
    const { letter } = await desk.letter('kertas')
    assert.equal(letter.status, 'issued')
  })
})

/** A process that decides and signs, and is killed before it records. @returns the digest of what it signed */
async function signAndDie(desk: SigningDesk, letterId: string): Promise<string> {
  const program = fileURLToPath(new URL('../support/sign-and-die.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(
    JSON.stringify({
      appUrl: world.appUrl,
      member: desk.office.member('head-of-office'),
      letterId,
      now: world.deps.clock.now.toISOString(),
      sealingKey: world.deps.settings.sealingKey.toString('base64'),
      keys: desk.keys,
      passphrase,
    }),
  )
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL', `exit ${code}`)
  return said.trim()
}

describe('a letter of an office that signs through BSrE', () => {
  let desk: SigningDesk
  let service: EsignService
  before(async () => {
    const real = new Date(Date.now() + minutes)
    if (world.deps.clock.now < real) world.deps.clock.now = real
    desk = await openSigningDesk(world, 'bsre', () => world.deps.now())
    const key = makeSigningKey(join(world.directory, 'service'), 'bsre.p12', {
      name: certificateName,
      passphrase: 'x',
    })
    service = await startEsignService(key, { nik, passphrase })
    const { url, username, password } = service
    const { id } = await desk.way('bsre', { url, username }, { password })
    await assert.rejects(
      desk.appoint(desk.office.member('head-of-office'), { serverId: id }),
      refusedAs('nik-missing'),
    )
    await desk.appoint(desk.office.member('head-of-office'), { serverId: id, nik })
  })
  after(() => service.close())
  beforeEach(() => {
    world.deps.clock.advance(20 * minutes)
    service.signed = 0
    service.conduct = 'pdf'
  })

  test('is signed by the service, and neither passphrase nor NIK nor password lies anywhere', async () => {
    const { letter } = await desk.letter('satu')
    await assert.rejects(sign(desk, letter.id, { passphrase: 'salah' }), refusedAs('wrong-passphrase'))
    await sign(desk, letter.id)
    assert.match(await pdfsig((await letterIn(desk, letter.id)).document!.bytes!), /Signature is Valid/)
    const places = [...(await tablesOf(world.ownerUrl)), ...(await filesOf(join(world.directory, 'outbox')))]
    for (const secret of [passphrase, nik, service.password])
      assert.deepEqual(placesWith(secret, places), [], secret)
  })

  test('a lost reply is never signed again of itself: a person says what the service has', async () => {
    const { letter } = await desk.letter('hilang')
    service.conduct = 'lost'
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-outcome-unknown'))
    service.conduct = 'pdf'
    for (let tries = 0; tries < 2; tries += 1)
      await assert.rejects(sign(desk, letter.id), refusedAs('signing-unknown'))
    assert.equal(service.signed, 1)
    const head = desk.office.member('head-of-office')
    await assert.rejects(
      declineSigning(world.deps, head, letter.id, 'tidak boleh dikembalikan sekarang'),
      refusedAs('signing-under-way'),
    )
    await assert.rejects(
      sign(desk, letter.id, { settle: { documentId: 'salah-ketik' } }),
      refusedAs('signing-outcome-unknown'),
    )
    assert.equal(service.signed, 1)
  })

  test('what was found not to be signed is signed by a new decision, which says so in the logbook', async () => {
    const { letter } = await desk.letter('belum')
    service.conduct = 'error-500'
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-outcome-unknown'))
    service.conduct = 'pdf'
    await sign(desk, letter.id, { settle: { unsigned: true } })
    assert.equal(service.signed, 1)
    assert.equal((await letterIn(desk, letter.id)).letter.status, 'issued')
  })

  test('a reply cut off after its header is fetched by its id, without a second signature', async () => {
    const { letter } = await desk.letter('terputus')
    service.conduct = 'cut'
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-outcome-unknown'))
    assert.ok((await letterIn(desk, letter.id)).signing!.remote_id)
    service.conduct = 'pdf'
    await sign(desk, letter.id, { passphrase: '' })
    assert.equal(service.signed, 1)
    assert.equal((await letterIn(desk, letter.id)).letter.status, 'issued')
    assert.ok((await actsOf(desk)).includes('letter.signature-fetched'))
  })

  test('a process that dies while the service signs leaves the letter to be settled', async () => {
    const { letter } = await desk.letter('mati')
    await inScope(world.deps.db, { officeId: desk.office.id }, (tx) =>
      tx
        .updateTable('signings')
        .set({
          attempt: world.deps.newId(),
          decided_at: world.deps.now(),
          lease_until: new Date(world.deps.now().getTime() + minutes),
        })
        .where('letter_id', '=', letter.id)
        .execute(),
    )
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-under-way'))
    world.deps.clock.advance(2 * minutes)
    await assert.rejects(sign(desk, letter.id), refusedAs('signing-unknown'))
    await sign(desk, letter.id, { settle: { unsigned: true } })
  })
})
