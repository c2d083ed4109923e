/** The summary above a form says which field each of its sentences is about. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestApp, testSetupCode } from '../support/app.ts'
import type { World } from './hostile/world.ts'
import { createWorld } from './hostile/world.ts'

/** @returns the sentences of the summary, as read aloud */
function sentences(html: string): string[] {
  const box = /<section class="summary-box"[\s\S]*?<\/section>/.exec(html)?.[0] ?? ''
  return [...box.matchAll(/<li><a [^>]*>([^<]*)<\/a>/g)].map((found) => found[1]!)
}

function assertNamed(html: string, ...labels: readonly string[]): void {
  const found = sentences(html)
  for (const label of labels)
    assert.ok(
      found.some((sentence) => sentence.startsWith(`${label}: `)),
      `${label}: ${JSON.stringify(found)}`,
    )
}

describe('the summary of errors names the fields', () => {
  let world: World
  before(async () => {
    world = await createWorld()
  })
  after(() => world.portal.close())

  test('at the set-up of an installation', async () => {
    const app = await createTestApp()
    const browser = app.visit()
    const [sop] = await app.deps.lookups.shippedSops()
    const answer = await browser.post('/siapkan', { code: testSetupCode, sop: sop!.file })
    assertNamed(await answer.text(), 'Nama', 'Alamat surel')
    await app.close()
  })

  test('of a new office, of the own password and of an SOP', async () => {
    const admin = await world.portal.as('administrator')
    const [sop] = await world.portal.deps.lookups.shippedSops()
    const office = await admin.post('/o/contoh/kantor-baru', { sop: sop!.file })
    assertNamed(await office.text(), 'Nama', 'Alamat surel')
    const password = await admin.post('/akun/sandi', { current: '', password: 'x', repeat: 'y' })
    assertNamed(await password.text(), 'Kata sandi sekarang')
    assertNamed(await (await admin.post('/o/contoh/sop/baru', {})).text(), 'Berkas YAML')
  })

  test('of a step and of a message in a request', async () => {
    const ticket = world.own.get('ticket')!.at(-1)!
    const applicant = await world.portal.as('applicant')
    const message = await applicant.post(`/o/contoh/permohonan/${ticket}/pesan`, { body: '' })
    assertNamed(await message.text(), 'Tulis pesan')
  })
})
