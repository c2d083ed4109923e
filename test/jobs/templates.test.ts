import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inScope } from '../../src/db/database.ts'
import { accepted } from '../../src/domain/letters/samples.ts'
import { Refused } from '../../src/domain/refused.ts'
import { PdfFault } from '../../src/drivers/pdf/driver.ts'
import { readOfficeTemplates } from '../../src/drivers/pdf/office-templates.ts'
import { issueLetter } from '../../src/jobs/issue-letter.ts'
import { ranah } from '../support/ranah.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { requestsIn } from '../support/walk-request.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

/** Letters by an office's own templates. */

const shipped = fileURLToPath(new URL('../../letters/', import.meta.url))
let world: TestWorld
let office: TestOffice
let folder: string
before(async () => {
  world = await createTestWorld()
  office = await createTestOffice(
    world.deps,
    'templat',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
  await world.deps.enqueue(undefined as never, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  await inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute(),
  )
  await world.drain()
  folder = join(world.directory, 'templates', office.slug)
  await mkdir(folder, { recursive: true })
})
after(() => world.close())

const { read, submitted, walk } = requestsIn(() => world)

const textOf = async (pdf: Buffer): Promise<string> => {
  const path = join(world.directory, 'judged.pdf')
  await writeFile(path, pdf)
  return (await promisify(execFile)('pdftotext', ['-layout', path, '-'])).stdout
}

const faultOf = async (templates: Record<string, string>): Promise<string> => {
  const fault = await world.deps.pdf.render(accepted, templates).then(
    () => assert.fail('it was set'),
    (error: unknown) => error,
  )
  assert.ok(fault instanceof PdfFault && fault.reason === 'template', String(fault))
  return fault.message
}

test("the office's copy goes before the shipped one, for its letter alone", async () => {
  const foot = await readFile(join(shipped, 'sheet.typ'), 'utf8')
  const own = {
    'sheet.typ': `${foot}\n#import "salam.typ": salam\n#salam\n`,
    'salam.typ': '#let salam = [Salam Contoh]',
  }
  assert.match(await textOf((await world.deps.pdf.render(accepted, own)).pdf), /Salam Contoh/)
  assert.doesNotMatch(await textOf((await world.deps.pdf.render(accepted)).pdf), /Salam Contoh/)
})

test('a template with an error names its file and line', async () => {
  assert.match(await faultOf({ 'theme.typ': '\n\n#let half = (\n' }), /^theme\.typ:3: unclosed delimiter/)
  const sheet = await readFile(join(shipped, 'sheet.typ'), 'utf8')
  const last = sheet.split('\n').length
  const message = await faultOf({ 'sheet.typ': `${sheet}#sheet.ada.tidak\n` })
  assert.ok(message.startsWith(`sheet.typ:${last}: `), message)
})

test('a template reads nothing outside its folder, and no package from the network', async () => {
  await writeFile(join(world.directory, 'rahasia.txt'), 'rahasia')
  for (const path of ['../package.json', join(world.directory, 'rahasia.txt'), '/etc/hostname'])
    assert.match(
      await faultOf({ 'theme.typ': `#let x = read("${path}")` }),
      /^theme\.typ:1: .*(denied|not found)/,
    )
  assert.match(
    await faultOf({ 'theme.typ': '#import "@preview/example:0.1.0": *' }),
    /^theme\.typ:1: failed to download package/,
  )
  // and a link in the folder is no file of the folder
  await symlink(join(world.directory, 'rahasia.txt'), join(folder, 'tautan.typ'))
  await writeFile(join(folder, 'catatan.txt'), 'bukan templat')
  assert.deepEqual(await readOfficeTemplates(folder), {})
  assert.deepEqual(await readOfficeTemplates(join(world.directory, 'tidak-ada')), {})
  await rm(join(folder, 'tautan.typ'))
})

test('a letter of a wrong template is not issued: the request stands with a sentence and goes on when it is mended', async () => {
  await writeFile(join(folder, 'foot.typ'), '#let foot(it) = [Kaki Contoh\n')
  const ticket = await submitted(office, 'templat')
  await assert.rejects(
    walk(office, ticket),
    (error) => error instanceof Refused && error.reason === 'template-wrong',
  )
  const stands = await read(office, ticket)
  assert.equal(stands.stage, 'working')
  assert.match(stands.trouble!.text.id, /templat surat kantor salah: foot\.typ:1: .*Nomornya tetap/)
  const letters = () =>
    inScope(world.deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('letters').select(['number', 'status', 'document_id']).execute(),
    )
  const [numbered] = await letters()
  assert.deepEqual([numbered!.status, numbered!.document_id], ['numbered', null])
  const job = { officeId: office.id, requestId: stands.id, visit: stands.visit }
  await assert.rejects(issueLetter(world.deps, job), Refused)
  await writeFile(join(folder, 'foot.typ'), '#let foot(it) = [Kaki Contoh]\n')
  await issueLetter(world.deps, job)
  await walk(office, ticket)
  const issued = await letters()
  assert.deepEqual([issued[0]!.number, issued[0]!.status], [numbered!.number, 'issued'])
  const { bytes } = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('documents')
      .select('bytes')
      .where('id', '=', issued[0]!.document_id)
      .executeTakeFirstOrThrow(),
  )
  assert.match(await textOf(bytes!), /Kaki Contoh/)
})

test('`letter check` tells each fault before a letter does, and when there is none', async () => {
  await writeFile(join(folder, 'foot.typ'), '\n#let foot(it) = [\n')
  const bad = await ranah(world.directory, ['letter', 'check', folder])
  assert.deepEqual([bad.code, bad.stdout.split('\n')[0]], [1, 'foot.typ:2: unclosed delimiter'])
  await writeFile(join(folder, 'foot.typ'), await readFile(join(shipped, 'foot.typ')))
  const good = await ranah(world.directory, ['letter', 'check', folder])
  assert.deepEqual([good.code, good.stdout.trim()], [0, '1 templat diperiksa, 0 kesalahan.'])
})
