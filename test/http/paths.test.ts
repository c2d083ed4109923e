import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths, patterns, withQuery } from '../../src/http/paths.ts'

test('an address is its pattern, filled in order', () => {
  assert.equal(paths.home(), '/')
  assert.equal(paths.request('kukar', 'KUKAR-2026-0001'), '/o/kukar/permohonan/KUKAR-2026-0001')
  assert.equal(paths.sopVersion('kukar', 'hosting', '2'), '/o/kukar/sop/hosting/versi/2')
})

test('what is put into an address cannot leave its place', () => {
  assert.equal(paths.request('kukar', '../../akun?x#y'), '/o/kukar/permohonan/..%2F..%2Fakun%3Fx%23y')
})

test('no two names share a pattern, and fixed words never hide behind a parameter', () => {
  const all = Object.values(patterns)
  assert.equal(new Set(all).size, all.length)
  for (const pattern of all)
    assert.match(pattern, /^(\/|(\/(:[a-z][A-Za-z]*|[a-z0-9]+(-[a-z0-9]+)*))+)$/, pattern)
})

test('a query leaves out what is empty', () => {
  assert.equal(withQuery('/lacak', { tiket: 'A B', kosong: '', tiada: undefined }), '/lacak?tiket=A+B')
  assert.equal(withQuery('/lacak', {}), '/lacak')
})
