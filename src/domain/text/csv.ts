import type { Text } from '../refused.ts'

const nothing: Text = {
  id: 'Tidak ada yang disimpan.',
  en: 'Nothing was stored.',
}

/** What is wrong with a CSV file. */
export const csvTexts = {
  refused: {
    id: `Berkas belum dapat dipakai. ${nothing.id} Perbaiki baris yang ditunjuk, lalu unggah lagi.`,
    en: `The file cannot be used yet. ${nothing.en} Correct the lines that are pointed out and upload it again.`,
  },
  tooLarge: (kilobytes: number): Text => ({
    id: `Berkas lebih besar dari ${kilobytes} KB. ${nothing.id} Bagi menjadi beberapa berkas.`,
    en: `The file is larger than ${kilobytes} KB. ${nothing.en} Split it into several files.`,
  }),
  tooMany: (max: number): Text => ({
    id: `Berkas lebih dari ${max} baris. Bagi menjadi beberapa berkas.`,
    en: `The file has more than ${max} rows. Split it into several files.`,
  }),
  empty: {
    id: 'Berkas kosong. Baris pertama berisi nama kolom, baris berikutnya data.',
    en: 'The file is empty. The first line names the columns, data follows.',
  },
  encoding: {
    id: 'Berkas bukan teks UTF-8. Simpan ulang sebagai "CSV UTF-8" dari aplikasi lembar kerja.',
    en: 'The file is not UTF-8 text. Save it again as "CSV UTF-8" from the spreadsheet.',
  },
  binary: {
    id: 'Berkas ini bukan CSV (mungkin lembar kerja asli). Simpan sebagai "CSV UTF-8", lalu unggah lagi.',
    en: 'This is not a CSV file (perhaps the spreadsheet itself). Save it as "CSV UTF-8" and upload it again.',
  },
  quote: {
    id: 'Tanda kutip tidak ditutup atau salah letak.',
    en: 'A quotation mark is not closed or out of place.',
  },
  cellTooLong: (max: number): Text => ({
    id: `Ada sel yang lebih dari ${max} karakter.`,
    en: `A cell has more than ${max} characters.`,
  }),
  missingColumns: (names: readonly string[]): Text => ({
    id: `Kolom ini belum ada: ${names.join(', ')}.`,
    en: `These columns are missing: ${names.join(', ')}.`,
  }),
  unknownColumns: (names: readonly string[], known: readonly string[]): Text => ({
    id: `Kolom ini tidak dikenal atau ganda: ${names.map((name) => `"${name.slice(0, 40)}"`).join(', ')}. Yang dikenal: ${known.join(', ')}.`,
    en: `These columns are unknown or doubled: ${names.map((name) => `"${name.slice(0, 40)}"`).join(', ')}. Known: ${known.join(', ')}.`,
  }),
  width: (expected: number, found: number): Text => ({
    id: `Baris ini harus berisi ${expected} kolom, tetapi ada ${found}. Isi yang memuat koma ditulis dalam tanda kutip.`,
    en: `This line must have ${expected} columns, but has ${found}. Quote a value that holds a comma.`,
  }),
} as const
