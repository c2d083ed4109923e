import type { Text } from '../refused.ts'

/** Tables as files. */
export const sheetTexts = {
  badFormat: {
    id: 'Tabel hanya dapat diunduh sebagai csv atau xlsx. Tidak ada yang berubah; pilih salah satunya.',
    en: 'A table can be downloaded as csv or xlsx only. Nothing changed; choose one of them.',
  },
  tooManyRows: (max: number): Text => ({
    id: `Tabel ini lebih dari ${max.toLocaleString('id')} baris sehingga tidak dibuat menjadi satu berkas. Tidak ada yang berubah; persempit dengan pencarian atau tanggal, lalu unduh per bagian.`,
    en: `This table has more than ${max.toLocaleString('en')} rows and was not made into one file. Nothing changed; narrow it by search or date and download it in parts.`,
  }),
  notExporter: {
    id: 'Buku log hanya boleh dibawa keluar oleh auditor, administrator, dan pimpinan. Tidak ada yang berubah; mintalah salah seorang dari mereka.',
    en: 'Only auditors, administrators and heads may take the logbook along. Nothing changed; ask one of them.',
  },
  noFormat: {
    id: 'Daftar ini tidak tersedia sebagai csv atau xlsx. Tidak ada yang berubah; minta tanpa format untuk JSON.',
    en: 'This list is not available as csv or xlsx. Nothing changed; ask without a format for JSON.',
  },
  // Headers of columns that no page has by themselves.
  agency: { id: 'Perangkat daerah', en: 'Agency' },
  kind: { id: 'Jenis', en: 'Kind' },
  phase: { id: 'Tahap', en: 'Phase' },
  holder: { id: 'Pemegang', en: 'Holder' },
  late: { id: 'Terlambat', en: 'Late' },
  yes: { id: 'ya', en: 'yes' },
  no: { id: 'tidak', en: 'no' },
  trouble: { id: 'Kendala', en: 'Trouble' },
  hash: { id: 'Hash', en: 'Hash' },
  canonical: { id: 'Teks entri', en: 'Text of the entry' },
  ttl: { id: 'TTL', en: 'TTL' },
  ttlRegistered: { id: 'TTL di registri', en: 'TTL in the registry' },
  ttlLive: { id: 'TTL di server nama', en: 'TTL on the name server' },
  acting: { id: 'Sebagai', en: 'Acting' },
  secondFactor: { id: 'Masuk dua langkah', en: 'Two-step sign-in' },
  bytes: { id: 'Ukuran (byte)', en: 'Size (bytes)' },
  outcomeText: { id: 'Keterangan', en: 'Remark' },
} as const
