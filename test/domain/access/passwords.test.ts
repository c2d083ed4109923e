import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordWeakness } from '../../../src/domain/access/passwords.ts'

const person = { name: 'Siti Contoh', email: 'siti.contoh@dinas.contohkab.go.id' }

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
])
  test(`refuses ${JSON.stringify(password.slice(0, 30))}`, () => {
    assert.notEqual(passwordWeakness(password, person), undefined)
  })

for (const password of ['tujuh kerbau menyeberang', 'Xk9#mQ2$vL7!', 'perahu-biru-di-hulu'])
  test(`takes ${password}`, () => assert.equal(passwordWeakness(password, person), undefined))
