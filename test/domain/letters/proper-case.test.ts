import assert from 'node:assert/strict'
import { test } from 'node:test'
import { properCase } from '../../../src/domain/letters/proper-case.ts'

test('a name in capitals is written as running text writes it, any other is left alone', () => {
  assert.equal(properCase('DINAS KOMUNIKASI DAN INFORMATIKA'), 'Dinas Komunikasi dan Informatika')
  assert.equal(
    properCase('DINAS KOMUNIKASI, INFORMATIKA, STATISTIK DAN PERSANDIAN KABUPATEN KATINGAN'),
    'Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Katingan',
  )
  assert.equal(properCase('Diskominfo SP Katingan'), 'Diskominfo SP Katingan')
})
