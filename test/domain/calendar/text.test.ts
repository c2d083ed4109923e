import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spanText, standardTimeText } from '../../../src/domain/text/calendar.ts'
import type { StandardTime } from '../../../src/domain/calendar/duration.ts'

test('standard times are written as an SOP writes them', () => {
  const cases: [StandardTime, string, string][] = [
    ['not set', 'belum ditetapkan', 'not set'],
    [{ unit: 'minutes', amount: 15 }, '15 menit', '15 minutes'],
    [{ unit: 'minutes', amount: 90 }, '1 jam 30 menit', '1 hour 30 minutes'],
    [{ unit: 'hours', amount: 1 }, '1 jam', '1 hour'],
    [{ unit: 'hours', amount: 1.5 }, '1,5 jam', '1.5 hours'],
    [{ unit: 'working-days', amount: 2 }, '2 hari kerja', '2 working days'],
    [{ unit: 'working-days', min: 3, max: 5 }, '3–5 hari kerja', '3–5 working days'],
    [{ unit: 'minutes', min: 30, max: 90 }, '30–90 menit', '30–90 minutes'],
    [{ unit: 'running-hours', amount: 48 }, '48 jam berjalan', '48 running hours'],
  ]
  for (const [time, id, en] of cases) assert.deepEqual(standardTimeText(time), { id, en })
})

test('a time taken is said in hours and minutes', () => {
  assert.equal(spanText(0).id, 'kurang dari 1 menit')
  assert.equal(spanText(-5).id, 'kurang dari 1 menit')
  assert.equal(spanText(60_000).en, '1 minute')
  assert.equal(spanText(25.5 * 3_600_000).id, '25 jam 30 menit')
})
