import { test } from 'node:test'
import assert from 'node:assert/strict'
import { Refused } from '../../src/domain/refused.ts'

test('a refusal keeps its code, its sentence in both languages and its status', () => {
  const refused = new Refused(
    'name-taken',
    { id: 'Nama sudah dipakai.', en: 'The name is taken.' },
    { status: 409 },
  )
  assert.equal(refused.reason, 'name-taken')
  assert.equal(refused.text.id, 'Nama sudah dipakai.')
  assert.equal(refused.status, 409)
  assert.deepEqual(refused.issues, [])
})
