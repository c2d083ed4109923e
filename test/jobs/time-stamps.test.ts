import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { askStamp } from '../../src/actions/letters/ask-stamp.ts'
import { declineSigning } from '../../src/actions/letters/decline-signing.ts'
import { reassignLetter } from '../../src/actions/letters/reassign-letter.ts'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { inScope } from '../../src/db/database.ts'
import { Refused } from '../../src/domain/refused.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import { readSignature } from '../../src/drivers/signature/read-signature.ts'
import { signForMember } from '../../src/http/signing.ts'
import { stampLetter } from '../../src/jobs/stamp-letter.ts'
import { certificateName, openSigningDesk } from '../support/signing-desk.ts'
import type { SigningDesk } from '../support/signing-desk.ts'
import { makeSigningKey } from '../support/signing-key.ts'
import { startStampAuthority } from '../support/stamp-authority.ts'
import type { StampAuthority } from '../support/stamp-authority.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

const passphrase = 'sandi pejabat 2026'
const refusedAs =
  (reason: string) =>
  (error: unknown): boolean =>
    error instanceof Refused && error.reason === reason

describe('letters whose signatures are stamped', () => {
  let world: TestWorld
  let desk: SigningDesk
  let authority: StampAuthority
  let way: string
  const settings = (change: Record<string, unknown> = {}) => ({
    file: 'kepala.p12',
    stampUrl: authority.url,
    stampRoot: authority.root,
    ...change,
  })
  before(async () => {
    world = await createTestWorld()
    world.deps.clock.now = new Date()
    desk = await openSigningDesk(world, 'stempel', () => new Date())
    authority = await startStampAuthority(join(world.directory, 'tsa'))
    makeSigningKey(desk.keys, 'kepala.p12', { name: certificateName, passphrase })
    way = (await desk.way('p12', settings())).id
    await desk.appoint(desk.office.member('head-of-office'), { serverId: way })
  })
  after(async () => {
    await authority.close()
    await world.close()
  })
  beforeEach(async () => {
    authority.conduct = 'stamp'
    world.deps.clock.now = new Date()
    await configure({})
  })

  const configure = (change: Record<string, unknown>) =>
    saveServer(
      desk.sealing,
      desk.office.member('administrator'),
      { driver: 'p12', name: 'Kunci', isDefault: false, settings: settings(change) },
      way,
    )
  const sign = (letterId: string) => {
    const deps = { ...desk.sealing, lookups: { signLetter: desk.ask } } as unknown as HttpDeps
    return signForMember(deps, desk.office.member('head-of-office'), letterId, { passphrase })
  }
  const stateOf = (letterId: string) =>
    inScope(world.deps.db, { officeId: desk.office.id }, async (tx) => {
      const letter = await tx
        .selectFrom('letters')
        .selectAll()
        .where('id', '=', letterId)
        .executeTakeFirstOrThrow()
      const signing = await tx
        .selectFrom('signings')
        .selectAll()
        .where('letter_id', '=', letterId)
        .executeTakeFirst()
      const document = letter.document_id
        ? await tx.selectFrom('documents').selectAll().where('id', '=', letter.document_id).executeTakeFirst()
        : undefined
      return { letter, signing, document }
    })
  const notes = (act: string) =>
    inScope(world.deps.db, { officeId: desk.office.id }, (tx) =>
      tx.selectFrom('logbook_entries').select('text').where('act', '=', act).orderBy('seq').execute(),
    )
  const job = (letterId: string) => stampLetter(world.deps, { officeId: desk.office.id, letterId })

  test('goes out with its stamp, and the logbook says whose', async () => {
    const { letter } = await desk.letter('satu')
    assert.equal(await sign(letter.id), 'issued')
    const { letter: issued, document } = await stateOf(letter.id)
    const report = readSignature(document!.bytes!)
    assert.ok(report.kind === 'intact' && report.timeStamp.kind === 'good')
    assert.deepEqual(issued.time_stamp, report.timeStamp)
    assert.match((await notes('letter.signed'))[0]!.text, /"stampedBy":"TSA Contoh"/)
  })

  test('without the authority it is kept signed, is told on the desk, and goes out by itself, signed once', async () => {
    const { ticket, letter } = await desk.letter('dua')
    authority.conduct = 'error-500'
    assert.equal(await sign(letter.id), 'awaits-stamp')
    const held = await stateOf(letter.id)
    assert.deepEqual([held.letter.status, held.letter.document_id], ['awaiting', null], 'it does not go out')
    assert.match(JSON.stringify(held.letter.trouble), /Otoritas stempel waktu tidak menjawab/)
    const signed = held.signing!.signed_pdf!
    await assert.rejects(job(letter.id), refusedAs('stamp-awaited'))
    authority.conduct = 'other-authority'
    for (let tries = 0; tries < 3; tries += 1)
      await assert.rejects(job(letter.id), refusedAs('stamp-awaited'))
    assert.match(JSON.stringify((await stateOf(letter.id)).letter.trouble), /tidak berasal dari otoritas/)
    assert.equal((await notes('letter.trouble')).length, 1, 'each sentence is recorded once')
    await assert.rejects(sign(letter.id), refusedAs('stamp-awaited'))
    const head = desk.office.member('head-of-office')
    await assert.rejects(
      declineSigning(world.deps, head, letter.id, 'tidak boleh sekarang'),
      refusedAs('signing-under-way'),
    )
    await assert.rejects(
      reassignLetter(world.deps, desk.office.member('administrator'), letter.id),
      refusedAs('signing-under-way'),
    )
    authority.conduct = 'stamp'
    await Promise.all([job(letter.id), job(letter.id)])
    await job(letter.id)
    const done = await stateOf(letter.id)
    assert.deepEqual([done.letter.status, done.signing, done.letter.trouble], ['issued', undefined, null])
    const [before, report] = [readSignature(signed), readSignature(done.document!.bytes!)]
    assert.ok(report.kind === 'intact' && before.kind === 'intact' && report.timeStamp.kind === 'good')
    assert.ok(done.document!.bytes!.subarray(0, 20_000).equals(signed.subarray(0, 20_000)))
    assert.equal((await notes('letter.signed')).filter(({ text }) => text.includes(ticket)).length, 1)
    const path = join(world.directory, 'judged.pdf')
    await writeFile(path, done.document!.bytes!)
    assert.match((await promisify(execFile)('pdfsig', [path])).stdout, /Signature is Valid/)
  })

  /** A worker that is killed with the stamp in hand. @returns what it says that it had got */
  async function stampAndDie(letterId: string): Promise<string> {
    const program = fileURLToPath(new URL('../support/stamp-and-die.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(
      JSON.stringify({
        appUrl: world.appUrl,
        officeId: desk.office.id,
        letterId,
        sealingKey: world.deps.settings.sealingKey.toString('base64'),
        signing: join(world.directory, 'signing'),
      }),
    )
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
    return said
  }

  test('kill -9 between the stamp and its record: one stamp in the file, and one record', async () => {
    const { ticket, letter } = await desk.letter('mati')
    authority.conduct = 'error-500'
    await sign(letter.id)
    authority.conduct = 'stamp'
    const { asked } = authority
    assert.equal(await stampAndDie(letter.id), 'done')
    const between = await stateOf(letter.id)
    assert.deepEqual([between.letter.status, between.letter.document_id], ['awaiting', null])
    await Promise.all([job(letter.id), job(letter.id)])
    await job(letter.id)
    assert.ok(authority.asked >= asked + 2, 'the stamp of the killed worker is lost and asked for again')
    const { letter: issued, document, signing } = await stateOf(letter.id)
    assert.deepEqual([issued.status, signing], ['issued', undefined])
    const report = readSignature(document!.bytes!)
    assert.ok(report.kind === 'intact' && report.timeStamp.kind === 'good' && report.earlier.length === 0)
    assert.deepEqual(issued.time_stamp, report.timeStamp)
    // the token is kept as unsigned attribute id-aa-timeStampToken (RFC 3161, appendix A): once
    const cms = /\/Contents ?<([0-9a-f]+)>/i.exec(document!.bytes!.toString('latin1'))![1]!
    assert.equal(cms.toLowerCase().split('060b2a864886f70d010910020e').length - 1, 1)
    const records = (await notes('letter.signed')).filter(({ text }) => text.includes(ticket))
    assert.equal(records.length, 1)
    const documents = await inScope(world.deps.db, { officeId: desk.office.id }, (tx) =>
      tx.selectFrom('documents').select('id').where('sha256', '=', document!.sha256).execute(),
    )
    assert.equal(documents.length, 1)
  })

  test('is asked for now by whoever works at the desk; after three days Ranah gives up, says so, and begins anew', async () => {
    const { letter } = await desk.letter('lama')
    authority.conduct = 'error-500'
    const signedAt = world.deps.now()
    await sign(letter.id)
    const operator = desk.office.member('operator')
    const enqueued: unknown[] = []
    const enqueue = (_tx: unknown, ...given: unknown[]): Promise<void> => {
      enqueued.push(given)
      return Promise.resolve()
    }
    const ask = (member = operator) => askStamp({ ...world.deps, enqueue }, member, letter.id)
    const about = { officeId: desk.office.id, letterId: letter.id }
    await ask()
    assert.deepEqual(enqueued, [['stamp-letter', about, { once: true }]])
    for (const role of ['applicant', 'auditor'] as const)
      await assert.rejects(ask(desk.office.member(role)), { status: 403 })
    const days = 24 * 3_600_000
    const until = new Date(signedAt.getTime() + 3 * days)
    const late = () => stampLetter(world.deps, { ...about, until: until.toISOString() })
    world.deps.clock.now = new Date(until.getTime() - 60_000)
    await assert.rejects(late(), refusedAs('stamp-awaited'))
    world.deps.clock.now = until
    await late()
    await late()
    const { trouble } = (await stateOf(letter.id)).letter
    assert.ok(trouble?.gaveUp)
    assert.match(trouble.text.id, /tiga hari\..*tidak menjawab.*berhenti mencoba.*"Coba sekarang"/)
    enqueued.length = 0
    await ask()
    const again = new Date(until.getTime() + 3 * days).toISOString()
    assert.deepEqual(enqueued, [['stamp-letter', { ...about, until: again }, undefined]])
    await assert.rejects(job(letter.id), refusedAs('stamp-awaited'))
    assert.equal((await stateOf(letter.id)).letter.trouble?.gaveUp, undefined)
    world.deps.clock.now = new Date()
    authority.conduct = 'stamp'
    await job(letter.id)
    assert.equal((await stateOf(letter.id)).letter.status, 'issued')
    await assert.rejects(ask(), refusedAs('letter-not-awaiting'))
    const { letter: unsigned } = await desk.letter('belum')
    await assert.rejects(askStamp(world.deps, operator, unsigned.id), refusedAs('no-stamp-awaited'))
  })

  test('of an office that takes them where it can goes out without, and says so', async () => {
    await configure({ stampMode: 'if-available' })
    const { letter } = await desk.letter('tiga')
    authority.conduct = 'far-off'
    assert.equal(await sign(letter.id), 'issued')
    const { letter: issued } = await stateOf(letter.id)
    assert.deepEqual([issued.status, issued.time_stamp], ['issued', { kind: 'none' }])
    assert.match((await notes('letter.signed')).at(-1)!.text, /"stampMissing":"clock"/)
  })

  test('that waits goes out as it is when the office gives its authority up', async () => {
    const { letter } = await desk.letter('empat')
    authority.conduct = 'error-500'
    await sign(letter.id)
    await configure({ stampUrl: undefined, stampRoot: undefined })
    await job(letter.id)
    const { letter: issued, document } = await stateOf(letter.id)
    assert.deepEqual([issued.status, issued.time_stamp], ['issued', { kind: 'none' }])
    assert.equal(readSignature(document!.bytes!).kind, 'intact')
  })

  test('settings that would trust anybody, or send a password in clear, are refused', async () => {
    for (const change of [
      { stampRoot: undefined },
      { stampUrl: undefined },
      { stampRoot: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      { stampPolicy: '1.2.x' },
      { stampPolicy: '1.99' },
      { stampUser: 'kantor' },
      { stampUrl: 'ftp://192.0.2.1/' },
    ])
      await assert.rejects(
        configure(change),
        (error: Error) => error.name === 'ZodError',
        JSON.stringify(change),
      )
  })
})
