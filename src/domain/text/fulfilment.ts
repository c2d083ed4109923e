import type { Text } from '../refused.ts'

/** What the desk says while a service is being made, and when that does not go on. */
export const fulfilmentTexts = {
  nameInZone: (fqdn: string): Text => ({
    id: `Nama ${fqdn} ternyata sudah ada di server DNS, padahal belum tercatat di sini. Tidak ada yang diubah; periksa siapa pemiliknya, lalu lanjutkan atau kembalikan permohonan.`,
    en: `The name ${fqdn} already exists in the live zone but not in this registry. Nothing was changed; find out whose it is, then go on or return the request.`,
  }),
  notYetVisible: (what: string): Text => ({
    id: `Layanan sudah dibuat, tetapi belum terlihat dari luar: ${what}. Tidak ada yang hilang; pemeriksaan diulang otomatis.`,
    en: `The service was made but is not yet seen from outside: ${what}. Nothing is lost; the check repeats by itself.`,
  }),
  fault: {
    id: 'Pekerjaan ini terhenti karena gangguan yang tidak terduga. Tidak ada yang hilang; sistem mencobanya lagi otomatis. Bila berlanjut, hubungi pengelola sistem.',
    en: 'This work was stopped by an unexpected fault. Nothing is lost; it is tried again by itself. If it goes on, tell whoever runs the system.',
  },
  busy: {
    id: 'Proses lain sedang mengerjakan layanan ini. Tidak ada yang hilang; pekerjaan ini dicoba lagi otomatis.',
    en: 'Another process is working on this service. Nothing is lost; this is tried again by itself.',
  },
  nothingToCancel: {
    id: 'Tidak ada pembuatan layanan yang sedang berjalan, jadi tidak ada yang dapat dibatalkan.',
    en: 'No service is being created, so there is nothing to call off.',
  },
  noAnswer: (server: string): Text => ({
    id: `server ${server} tidak menjawab`,
    en: `server ${server} does not answer`,
  }),
} as const
