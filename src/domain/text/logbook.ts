import type { Text } from '../refused.ts'

export const chainText = {
  sequence: (expected: number, found: number): Text => ({
    id: `Entri nomor ${expected} seharusnya di sini, tetapi yang ada nomor ${found}: entri hilang, ganda, atau tertukar.`,
    en: `Entry ${expected} should be here, but this is ${found}: an entry is missing, doubled or out of place.`,
  }),
  text: (seq: number): Text => ({
    id: `Teks entri ${seq} tidak memuat nomor dan kantor yang semestinya.`,
    en: `The text of entry ${seq} does not carry the number and the office that it should.`,
  }),
  prev: (seq: number): Text => ({
    id: `Entri ${seq} tidak menyambung ke entri sebelumnya.`,
    en: `Entry ${seq} does not follow from the entry before it.`,
  }),
  hash: (seq: number): Text => ({
    id: `Isi entri ${seq} tidak cocok dengan nilai hash-nya: isinya telah berubah.`,
    en: `The content of entry ${seq} does not match its hash: it was changed.`,
  }),
  cutOff: (found: number, head: number): Text => ({
    id: `Buku log berakhir pada entri ${found}, padahal kepala buku log menyebut ${head}: bagian akhirnya hilang.`,
    en: `The logbook ends with entry ${found}, but its head says ${head}: the end is missing.`,
  }),
  otherHead: {
    id: 'Entri terakhir tidak cocok dengan kepala buku log.',
    en: 'The last entry does not match the head of the logbook.',
  },
} as const
