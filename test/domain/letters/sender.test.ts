import assert from 'node:assert/strict'
import { test } from 'node:test'
import { senderOf } from '../../../src/domain/letters/sender.ts'

test('the sender of a letter is named once, as books write it', () => {
  for (const [post, agency, expected] of [
    [null, 'Dinas Kesehatan', 'Dinas Kesehatan'],
    ['', 'Dinas Kesehatan', 'Dinas Kesehatan'],
    ['Kepala', 'Dinas Kesehatan Kabupaten Contoh', 'Kepala Dinas Kesehatan Kabupaten Contoh'],
    ['Kepala Dinas', 'Dinas Kesehatan', 'Kepala Dinas Kesehatan'],
    ['Kepala Dinas Kesehatan', 'Dinas Kesehatan Kabupaten Contoh', 'Kepala Dinas Kesehatan Kabupaten Contoh'],
    ['KEPALA DINAS KESEHATAN', 'Dinas Kesehatan', 'KEPALA DINAS KESEHATAN'],
    ['Kepala Dinas Kesehatan Kabupaten Contoh', 'Dinas Kesehatan', 'Kepala Dinas Kesehatan Kabupaten Contoh'],
    ['Sekretaris', 'Dinas Kesehatan', 'Sekretaris, Dinas Kesehatan'],
    ['Camat', 'Kecamatan Contoh Utara', 'Camat, Kecamatan Contoh Utara'],
    ['Plt. Kepala Badan', 'Badan Perencanaan Daerah', 'Plt. Kepala Badan Perencanaan Daerah'],
  ] as const)
    assert.equal(senderOf(post, agency), expected)
})
