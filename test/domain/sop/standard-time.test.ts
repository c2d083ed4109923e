import assert from 'node:assert/strict'
import test from 'node:test'
import type { StandardTime } from '../../../src/domain/sop/document.ts'
import { describeStandardTime } from '../../../src/domain/sop/standard-time.ts'

const table: readonly (readonly [StandardTime, id: string, en: string])[] = [
  ['not set', 'belum ditetapkan', 'not set'],
  [{ amount: 15, unit: 'minutes' }, '15 menit', '15 minutes'],
  [{ amount: 1, unit: 'hours', verbatim: '1 Jam.' }, '1 jam', '1 hour'],
  [{ amount: 1.5, unit: 'hours' }, '1,5 jam', '1.5 hours'],
  [{ min: 3, max: 5, unit: 'working-days' }, '3–5 hari kerja', '3–5 working days'],
  [{ amount: 48, unit: 'running-hours' }, '48 jam berjalan', '48 running hours'],
  [
    { amount: 1, unit: 'working-days', startsAt: 2 },
    '1 hari kerja, sejak langkah 2',
    '1 working day, from step 2',
  ],
]

for (const [time, id, en] of table)
  test(id, () => {
    assert.equal(describeStandardTime(time, 'id'), id)
    assert.equal(describeStandardTime(time, 'en'), en)
  })
