import type { Locale, Text } from '../refused.ts'

/** What can be wrong with the hours of a calendar; the checks in domain/calendar name these. */
export const ruleFaults = {
  malformed: {
    id: 'Isian ini tidak lengkap atau salah bentuk.',
    en: 'This entry is incomplete or malformed.',
  },
  noSuchDay: {
    id: 'Tanggal ini tidak ada. Tulis seperti 2026-03-19.',
    en: 'There is no such day. Write it like 2026-03-19.',
  },
  noSuchTime: {
    id: 'Jam ini tidak ada. Tulis seperti 07.30.',
    en: 'There is no such time. Write it like 07.30.',
  },
  emptySpan: {
    id: 'Jam selesai harus sesudah jam mulai.',
    en: 'The end must come after the beginning.',
  },
  overlap: {
    id: 'Jam kerja pada satu hari harus berurutan dan tidak bertumpuk.',
    en: 'The working hours of a day must be in order and must not overlap.',
  },
  emptyWeek: {
    id: 'Dalam satu minggu harus ada jam kerja.',
    en: 'A week must have working hours.',
  },
  reversedPeriod: {
    id: 'Hari terakhir tidak boleh sebelum hari pertama.',
    en: 'The last day must not come before the first.',
  },
} as const satisfies Readonly<Record<string, Text>>

export const calendarText = {
  rulesRefused: {
    id: 'Kalender belum dapat dipakai. Tidak ada yang diubah; perbaiki isian yang ditunjuk.',
    en: 'The calendar cannot be used yet. Nothing was changed; correct the entries that are pointed out.',
  },
  csvRefused: {
    id: 'Berkas hari libur belum dapat dipakai. Tidak ada yang diubah; perbaiki baris yang ditunjuk lalu unggah lagi.',
    en: 'The holiday file cannot be used yet. Nothing was changed; correct the lines that are pointed out and upload it again.',
  },
  csvEmpty: {
    id: 'Berkas tidak berisi hari libur.',
    en: 'The file holds no holidays.',
  },
  csvTooLong: (max: number): Text => ({
    id: `Berkas lebih dari ${max} baris.`,
    en: `The file has more than ${max} lines.`,
  }),
  csvHeader: {
    id: 'Baris pertama harus "tanggal,nama,jenis" (atau "date,name,kind").',
    en: 'The first line must be "date,name,kind" (or "tanggal,nama,jenis").',
  },
  csvColumns: (found: number): Text => ({
    id: `Harus ada 3 kolom (tanggal, nama, jenis), tetapi ada ${found}. Nama yang memuat koma ditulis dalam tanda kutip.`,
    en: `There must be 3 columns (date, name, kind), but there are ${found}. Quote a name that holds a comma.`,
  }),
  csvQuote: {
    id: 'Tanda kutip tidak ditutup atau salah letak.',
    en: 'A quotation mark is not closed or out of place.',
  },
  csvName: {
    id: 'Nama hari libur harus berisi 1 sampai 200 karakter.',
    en: 'The name of the holiday has 1 to 200 characters.',
  },
  csvKind: (found: string, known: readonly string[]): Text => ({
    id: `Jenis "${found}" tidak dikenal. Pilih salah satu: ${known.join(', ')}.`,
    en: `The kind "${found}" is not known. Choose one of: ${known.join(', ')}.`,
  }),
  csvDouble: (date: string, line: number): Text => ({
    id: `Tanggal ${date} sudah ada pada baris ${line}. Gabungkan keduanya dalam satu baris.`,
    en: `The day ${date} is already on line ${line}. Join the two in one line.`,
  }),
} as const

function decimal(number: number, locale: Locale): string {
  return number.toLocaleString(locale === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 2 })
}

/** A time taken or left: `1 jam 30 menit`, `kurang dari 1 menit`. Takes milliseconds, from 0. */
export function spanText(ms: number): Text {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  if (minutes === 0) return { id: 'kurang dari 1 menit', en: 'less than 1 minute' }
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const id = [hours > 0 ? `${decimal(hours, 'id')} jam` : '', rest > 0 ? `${rest} menit` : '']
  const en = [counted(hours, 'hour'), counted(rest, 'minute')]
  return { id: id.filter(Boolean).join(' '), en: en.filter(Boolean).join(' ') }
}

function counted(number: number, word: string): string {
  if (number === 0) return ''
  return `${decimal(number, 'en')} ${word}${number === 1 ? '' : 's'}`
}
