import type { Text } from '../refused.ts'

/** What the portal and the API say when a request cannot be served as it came. */
export const httpTexts = {
  badInput: {
    id: 'Isian belum dapat diterima. Tidak ada yang hilang; perbaiki bagian yang ditandai, lalu kirim lagi.',
    en: 'What was sent cannot be accepted yet. Nothing was lost; correct what is marked and send it again.',
  },
  malformedJson: {
    id: 'Isi permintaan bukan JSON yang sah. Tidak ada yang berubah; perbaiki, lalu kirim lagi.',
    en: 'The body is not valid JSON. Nothing changed; correct it and send it again.',
  },
  brokenOff: {
    id: 'Kiriman terputus sebelum selesai. Tidak ada yang berubah; periksa sambungan, lalu kirim lagi.',
    en: 'What was sent broke off before its end. Nothing changed; check the connection and send it again.',
  },
  crossOrigin: {
    id: 'Permintaan ini tidak datang dari halaman portal sendiri, jadi tidak dijalankan. Buka kembali halamannya, lalu kirim lagi.',
    en: 'This request did not come from a page of this portal, so it was not carried out. Open the page again and resend.',
  },
  tooLarge: (megabytes: number): Text => ({
    id: `Yang dikirim terlalu besar. Paling besar ${megabytes} MB; tidak ada yang berubah.`,
    en: `What was sent is too large. The limit is ${megabytes} MB; nothing changed.`,
  }),
  fault: {
    id: 'Terjadi gangguan pada sistem, bukan pada isian Anda. Kejadian ini sudah dicatat; coba lagi beberapa saat lagi.',
    en: 'Something failed in the system, not in what you entered. It has been recorded; try again in a moment.',
  },
  faultNumber: (id: string): Text => ({
    id: `Bila berulang, sebutkan nomor kejadian ${id} kepada administrator.`,
    en: `If it happens again, give the administrator the incident number ${id}.`,
  }),
  idempotencyMismatch: {
    id: 'Kunci idempotensi ini sudah dipakai untuk isi yang lain. Pakai kunci baru untuk permintaan baru.',
    en: 'This idempotency key was used with another body. Use a new key for a new request.',
  },
  idempotencyInFlight: {
    id: 'Permintaan dengan kunci idempotensi ini masih dikerjakan. Ulangi beberapa detik lagi.',
    en: 'A request with this idempotency key is still being carried out. Repeat it in a few seconds.',
  },
  idempotencyKept: {
    id: 'Permintaan dengan kunci ini sudah dijalankan; jawabannya memuat rahasia sehingga tidak disimpan dan tidak ditampilkan lagi.',
    en: 'The request with this key was carried out; its answer held a secret, so it was not kept and is not shown again.',
  },
  idempotencyMalformed: {
    id: 'Kunci idempotensi harus 1 sampai 100 huruf, angka, titik, garis bawah atau tanda hubung.',
    en: 'An idempotency key has 1 to 100 letters, digits, dots, underscores or hyphens.',
  },
  badCursor: {
    id: 'Penanda halaman tidak sah. Mulai lagi dari halaman pertama.',
    en: 'The paging cursor is not valid. Start again from the first page.',
  },
  problemTitle: { id: 'Tidak dapat dijalankan', en: 'Could not be carried out' },
  faultTitle: { id: 'Gangguan sistem', en: 'System fault' },
  notFoundTitle: { id: 'Tidak ditemukan', en: 'Not found' },
  notAllowedTitle: { id: 'Tidak berwenang', en: 'Not entitled' },
  signIn: { id: 'Masuk', en: 'Sign in' },
  backHome: { id: 'Kembali ke beranda', en: 'Back to the start page' },
} as const

/** What is wrong with one field, from the schema's finding. */
export const fieldTexts = {
  missing: { id: 'Wajib diisi.', en: 'This is required.' },
  tooLong: (max: number): Text => ({
    id: `Paling banyak ${max} karakter.`,
    en: `At most ${max} characters.`,
  }),
  tooShort: (min: number): Text => ({
    id: `Paling sedikit ${min} karakter.`,
    en: `At least ${min} characters.`,
  }),
  tooBig: (max: number): Text => ({ id: `Paling besar ${max}.`, en: `At most ${max}.` }),
  tooSmall: (min: number): Text => ({ id: `Paling kecil ${min}.`, en: `At least ${min}.` }),
  email: {
    id: 'Tulis alamat surel yang lengkap, misalnya nama@contohkab.go.id.',
    en: 'Write a complete e-mail address, for example name@contohkab.go.id.',
  },
  format: { id: 'Bentuk isian ini tidak sesuai.', en: 'This does not have the right form.' },
  choice: {
    id: 'Pilih salah satu dari pilihan yang ada.',
    en: 'Choose one of the options offered.',
  },
  unknown: { id: 'Isian ini tidak dikenal.', en: 'This field is not known.' },
} as const
