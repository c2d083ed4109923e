import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordWeakness } from '../../../src/domain/access/passwords.ts'

const owner = {
  name: 'Siti Contoh',
  email: 'siti.contoh@dinas.contohkab.go.id',
  places: ['Dinas Komunikasi Sampelwaru', 'kukar'],
}

for (const password of [
  '',
  'elevenchars',
  'password1234',
  'Password1234!!',
  'P@ssw0rd2026!',
  'diskominfo2026',
  'AdministratorRahasia1',
  'siticontoh2026',
  'contohkab.go.id',
  '123456789012',
  'aaaaaaaaaaaaaaa',
  'abababababababab',
  'x'.repeat(129),
  // on the list, with digits, masked, twice, and two of them
  '1q2w3e4r5t6y',
  'bintang123456',
  'B1nt4ng!!2026',
  'liverpoolliverpool',
  'kudamerah2026!',
  'football.sunshine',
])
  test(`refuses ${JSON.stringify(password.slice(0, 30))}`, async () => {
    assert.notEqual(await passwordWeakness(password, owner), undefined)
  })

for (const [password, word] of [
  ['tiga kapal kukar berlayar', 'kukar'],
  ['perahu SAMPELWARU hijau', 'sampelwaru'],
  ['lampu siti di jembatan', 'siti'],
] as const)
  test(`says which own word ${password} holds`, async () => {
    assert.match((await passwordWeakness(password, owner))!.id, new RegExp(`"${word}"`))
  })

for (const password of [
  'tujuh kerbau menyeberang',
  'Xk9#mQ2$vL7!',
  'perahu-biru-di-hulu',
  'dinas lampu gunung pasir',
])
  test(`takes ${password}`, async () => assert.equal(await passwordWeakness(password, owner), undefined))

test('random passwords are taken', async () => {
  const signs = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const next = pseudoRandom(20_260_302)
  const made = Array.from({ length: 2000 }, () =>
    Array.from({ length: 16 }, () => signs[Math.floor(next() * signs.length)]).join(''),
  )
  const refused: string[] = []
  for (const password of made) if (await passwordWeakness(password, owner)) refused.push(password)
  assert.deepEqual(refused, [])
})

/** Numerical Recipes' linear congruence: the same numbers in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
}
