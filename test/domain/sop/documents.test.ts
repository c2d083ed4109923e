import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import type { SopDocument } from '../../../src/domain/sop/document.ts'

/** @returns one of the SOPs that ship with the system. */
function shipped(name: string): SopDocument {
  const parsed = parseSop(readFileSync(`sops/${name}.yaml`))
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.document
}

const kukar = shipped('kutai-kartanegara-hosting-subdomain')
const katingan = shipped('katingan-subdomain-hosting')
const marked = (sop: SopDocument, field: string) => sop.marks.find((mark) => mark.field === field)?.kind

test('Kukar: six steps, 135 minutes, text verbatim with its spelling', () => {
  const minutes = kukar.steps.map(({ standardTime }) =>
    standardTime === 'not set' ? 0 : standardTime.amount! * (standardTime.unit === 'hours' ? 60 : 1),
  )
  assert.deepEqual(minutes, [15, 5, 15, 60, 30, 10])
  assert.equal(
    kukar.identity.warnings[1],
    'Ketelambatan dalam pendaftaran ulang layanan hosting dapat berakibat pada',
  )
  assert.equal(marked(kukar, 'identity.warnings.2'), 'cut-off')
  assert.equal(marked(kukar, 'steps.3.decision'), 'inferred')
  assert.equal(kukar.identity.legalBasis.length, 6)
  assert.equal(kukar.office.timezone, 'Asia/Makassar')
})

test('Katingan: seven steps without standard time, blanks and reconstruction marked', () => {
  assert.deepEqual(
    katingan.steps.map((step) => step.standardTime),
    Array(7).fill('not set'),
  )
  assert.equal(katingan.identity.number, '555 /     /DISKOMINFO-2/1/2023')
  assert.deepEqual(katingan.identity.madeOn, { verbatim: '..... Januari 2023', date: null })
  for (const field of ['identity.number', 'identity.madeOn', 'identity.effectiveOn'])
    assert.equal(marked(katingan, field), 'blank')
  for (const no of [1, 2, 3]) assert.equal(marked(katingan, `steps.${no}`), 'inferred')
  assert.equal(katingan.steps[3]!.text, 'Mendisposisi surat pemohonan')
  assert.equal(katingan.office.timezone, 'Asia/Jakarta')
})

test('of the signatory only the post is shipped', () => {
  for (const sop of [kukar, katingan]) {
    assert.match(sop.identity.ratifiedBy.post, /^KEPALA DINAS/)
    assert.doesNotMatch(JSON.stringify(sop), /NIP|Pembina|\d{18}/)
  }
})
