import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spanText } from '../../../src/domain/text/calendar.ts'

test('a time taken is said in hours and minutes', () => {
  assert.equal(spanText(0).id, 'kurang dari 1 menit')
  assert.equal(spanText(-5).id, 'kurang dari 1 menit')
  assert.equal(spanText(60_000).en, '1 minute')
  assert.equal(spanText(25.5 * 3_600_000).id, '25 jam 30 menit')
})
