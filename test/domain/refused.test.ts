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

test('what a server said of itself is shown without octets that nobody can read, or keep', () => {
  const said = `gagal\u0000\u001b[31m\nbaris dua`
  const { text, message } = new Refused('server-said-no', { id: `Server: ${said}`, en: `Server: ${said}` })
  assert.equal(text.id, 'Server: gagal\ufffd\ufffd[31m\nbaris dua')
  assert.equal(text.en, text.id)
  assert.equal(message, text.en)
})
