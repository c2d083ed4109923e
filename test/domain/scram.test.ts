import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scramVerifier } from '../../src/domain/scram.ts'

test('the verifier of RFC 7677 section 3: password "pencil"', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  assert.equal(
    scramVerifier('pencil', salt),
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

test('a password that SASLprep could change is refused', () => {
  for (const password of ['', 'two words', 'sandi\u00ad', 'ﬁ']) {
    assert.throws(() => scramVerifier(password, Buffer.alloc(16)), RangeError)
  }
})
