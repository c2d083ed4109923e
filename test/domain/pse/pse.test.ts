import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { checkPse } from '../../../src/domain/pse/check.ts'
import { dataClassification } from '../../../src/domain/pse/data-classification.ts'
import { emptyPseData, pseData } from '../../../src/domain/pse/pse-data.ts'
import type { PseData } from '../../../src/domain/pse/pse-data.ts'
import { ANSWERS, SECURITY_QUESTIONS, securityCategory } from '../../../src/domain/pse/security-category.ts'
import { SECURITY_FORM } from '../../../src/domain/pse/security-form.ts'
import type { SecurityAnswers } from '../../../src/domain/pse/security-category.ts'

function answers(text: string): SecurityAnswers {
  return Object.fromEntries(SECURITY_QUESTIONS.map((id, i) => [id, text[i] ?? null])) as SecurityAnswers
}

const context = { today: '2026-01-05' }

const whole: PseData = {
  name: 'Layanan Contoh',
  purpose: 'Pendaftaran layanan warga',
  sector: 'Administrasi pemerintahan',
  ownerAgency: 'Dinas Contoh',
  contacts: {
    administrative: {
      name: 'Contoh Satu',
      nip: '000000000000000001',
      rank: 'Penata',
      post: 'Kepala Seksi',
      phone: '0800-0000-001',
      email: 'satu@contohkab.go.id',
    },
    technical: {
      name: 'Contoh Dua',
      nip: null,
      rank: null,
      post: 'Pranata Komputer',
      phone: '+62 800 0000 002',
      email: 'dua@contohkab.go.id',
    },
  },
  url: 'https://layanan.contohkab.go.id/',
  addresses: ['192.0.2.10', '2001:db8::1'],
  storage: { place: 'office', provider: null },
  personalData: { processed: true, kinds: ['general'] },
  security: answers('CCBBBBBBCC'),
  classification: { confidentiality: 3, integrity: 3, availability: 3 },
  registration: { status: 'registered', number: '000/TDPSE', date: '2025-06-01' },
  legalBasis: 'Permenkomdigi 5/2025',
}

function findings(change: Partial<PseData>, more = {}): string[] {
  const data = pseData.parse({ ...whole, ...change })
  return checkPse(data, { ...context, ...more }).map(({ field, severity }) => `${severity} ${field}`)
}

test('the security category follows the points of BSSN 8/2020 at its edges', () => {
  assert.deepEqual(securityCategory(answers('CCCCCCCCCC')), { score: 10, category: 'rendah' })
  assert.deepEqual(securityCategory(answers('BBBBBCCCCC')), { score: 15, category: 'rendah' })
  assert.deepEqual(securityCategory(answers('BBBBBBCCCC')), { score: 16, category: 'tinggi' })
  assert.deepEqual(securityCategory(answers('AAAAABBBBC')), { score: 34, category: 'tinggi' })
  assert.deepEqual(securityCategory(answers('AAAAABBBBB')), { score: 35, category: 'tinggi' })
  assert.deepEqual(securityCategory(answers('AAAAAABCCC')), { score: 35, category: 'tinggi' })
  assert.deepEqual(securityCategory(answers('AAAAAABBCC')), { score: 36, category: 'strategis' })
  assert.deepEqual(securityCategory(answers('AAAAAAAAAA')), { score: 50, category: 'strategis' })
  assert.equal(securityCategory(answers('AAAAAAAAA')), null)
  assert.deepEqual([SECURITY_FORM.length, SECURITY_FORM[5]!.id], [10, 'personalData'])
})

test('a worse answer never lowers the category', () => {
  const rank = ['rendah', 'tinggi', 'strategis']
  const any = fc.tuple(...SECURITY_QUESTIONS.map(() => fc.constantFrom(...ANSWERS)))
  fc.assert(
    fc.property(any, fc.integer({ min: 0, max: 9 }), (letters, i) => {
      const before = securityCategory(answers(letters.join('')))!
      const after = securityCategory(answers(letters.with(i, 'A').join('')))!
      assert.ok(after.score >= before.score && rank.indexOf(after.category) >= rank.indexOf(before.category))
    }),
  )
})

test('the data classification follows its points at the edges', () => {
  const level = (confidentiality: 1 | 3 | 5, integrity: 1 | 3 | 5, availability: 1 | 3 | 5) =>
    dataClassification({ confidentiality, integrity, availability })?.level
  assert.deepEqual(
    [level(1, 1, 5), level(3, 3, 1), level(3, 3, 3), level(5, 3, 3), level(5, 5, 3), level(5, 5, 5)],
    ['rendah', 'rendah', 'sedang', 'sedang', 'tinggi', 'tinggi'],
  )
  assert.equal(dataClassification({ confidentiality: 5, integrity: null, availability: 5 }), null)
})

test('a whole record has nothing to report; an empty one reports every field that must be filled', () => {
  assert.deepEqual(findings({}), [])
  assert.deepEqual(findings({}, { requestedName: 'Layanan.contohkab.go.id.' }), [])
  const empty = checkPse(pseData.parse(emptyPseData()), context)
  assert.ok(empty.every(({ severity }) => severity === 'missing'))
  assert.equal(empty.length, 4 + 8 + 1 + 10 + 3 + 1 + 1)
  assert.ok(empty.every(({ text }) => text.id !== '' && text.en !== ''))
})

test('answers that contradict each other are pointed out at their field', () => {
  const { administrative, technical } = whole.contacts
  const cases: [string, Partial<PseData>, string[]][] = [
    ['personal data denied', { security: answers('CCBBBCBBCC') }, ['inconsistent security.personalData']],
    [
      'personal data claimed',
      { personalData: { processed: false, kinds: [] } },
      ['inconsistent security.personalData'],
    ],
    [
      'kinds without data',
      { personalData: { processed: false, kinds: ['specific'] }, security: answers('CCBBBCBBCC') },
      ['inconsistent personalData.kinds'],
    ],
    ['no kinds', { personalData: { processed: true, kinds: [] } }, ['missing personalData.kinds']],
    [
      'number without date',
      { registration: { status: 'registered', number: '1', date: null } },
      ['missing registration.date'],
    ],
    [
      'date without number',
      { registration: { status: 'registered', number: null, date: '2025-06-01' } },
      ['missing registration.number', 'inconsistent registration.date'],
    ],
    [
      'number but not registered',
      { registration: { status: 'not-yet', number: '1', date: '2025-06-01' } },
      ['inconsistent registration.status', 'notice registration.status'],
    ],
    [
      'date to come',
      { registration: { status: 'registered', number: '1', date: '2026-01-06' } },
      ['inconsistent registration.date'],
    ],
    ['applied', { registration: { status: 'applied', number: null, date: null } }, []],
    ['abroad', { storage: { place: 'abroad', provider: 'X' } }, ['notice storage.place']],
    [
      'high and abroad',
      {
        storage: { place: 'abroad', provider: null },
        classification: { confidentiality: 5, integrity: 5, availability: 5 },
      },
      ['missing storage.provider', 'inconsistent storage.place'],
    ],
    [
      'strategic but low',
      {
        security: answers('AAAAAABBCC'),
        classification: { confidentiality: 1, integrity: 1, availability: 1 },
      },
      ['inconsistent classification'],
    ],
    [
      'low but high, ordinary but secret',
      {
        security: answers('CCCCCBCCCC'),
        classification: { confidentiality: 5, integrity: 5, availability: 5 },
      },
      ['inconsistent security', 'inconsistent classification.confidentiality'],
    ],
    [
      'one person twice',
      { contacts: { administrative, technical: { ...technical, email: 'SATU@contohkab.go.id' } } },
      ['inconsistent contacts.technical'],
    ],
    [
      'same name and number',
      {
        contacts: { administrative, technical: { ...technical, name: 'contoh satu', phone: '08000000001' } },
      },
      ['inconsistent contacts.technical'],
    ],
    [
      'a shared office number is no mistake',
      { contacts: { administrative, technical: { ...technical, phone: '08000000001' } } },
      [],
    ],
    [
      'malformed',
      { contacts: { administrative: { ...administrative, nip: '1', email: 'a@b', phone: '12' }, technical } },
      [
        'inconsistent contacts.administrative.email',
        'inconsistent contacts.administrative.phone',
        'inconsistent contacts.administrative.nip',
      ],
    ],
    ['revoked rule', { legalBasis: 'Permenkominfo Nomor 10 Tahun 2015' }, ['inconsistent legalBasis']],
  ]
  for (const [name, change, expected] of cases) assert.deepEqual(findings(change), expected, name)
  assert.deepEqual(findings({}, { requestedName: 'lain.contohkab.go.id' }), ['inconsistent url'])
})

test('the record is read strictly: no foreign fields, no scripts for addresses, no oversized text', () => {
  const wrong = [
    { url: 'javascript:alert(1)' },
    { url: 'ftp://contohkab.go.id' },
    { addresses: ['192.0.2.300'] },
    { addresses: ['example.go.id'] },
    { name: 'x'.repeat(201) },
    { name: '  ' },
    { extra: 1 },
    { classification: { confidentiality: 2, integrity: 3, availability: 3 } },
    { registration: { status: 'registered', number: '1', date: '2025-02-30' } },
    { security: { ...whole.security, users: 'D' } },
  ]
  for (const change of wrong) {
    assert.equal(
      pseData.safeParse({ ...whole, ...change }).success,
      false,
      JSON.stringify(change).slice(0, 60),
    )
  }
})
