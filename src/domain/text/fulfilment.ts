import type { Text } from '../refused.ts'

/** What the desk says while a service is being made, and when that does not go on. */
export const fulfilmentTexts = {
  nameInZone: (fqdn: string): Text => ({
    id: `Nama ${fqdn} ternyata sudah ada di server DNS, padahal belum tercatat di sini. Tidak ada yang diubah; periksa siapa pemiliknya, lalu lanjutkan atau kembalikan permohonan.`,
    en: `The name ${fqdn} already exists in the live zone but not in this registry. Nothing was changed; find out whose it is, then go on or return the request.`,
  }),
  serviceClosed: (fqdn: string): Text => ({
    id: `Layanan ${fqdn} sudah ditutup, jadi permohonan ini tidak dapat dikerjakan lagi. Tidak ada yang diubah; batalkan pekerjaan ini lalu tolak permohonannya, atau minta pemohon menariknya.`,
    en: `The service ${fqdn} was closed meanwhile, so this request can no longer be carried out. Nothing was changed; call this work off and refuse the request, or ask the applicant to withdraw it.`,
  }),
  closedBeforeSending: (fqdn: string): Text => ({
    id: `Layanan ${fqdn} sudah ditutup. Permohonan tidak dikirim dan isiannya tetap tersimpan; pilih layanan lain atau ajukan subdomain baru.`,
    en: `The service ${fqdn} was closed meanwhile. The request was not sent and what was entered is kept; choose another service or apply for a new subdomain.`,
  }),
  notYetVisible: (what: string): Text => ({
    id: `Pekerjaan di server sudah dilakukan, tetapi belum terlihat dari luar: ${what}. Tidak ada yang hilang; pemeriksaan diulang otomatis.`,
    en: `The work on the servers is done but is not yet seen from outside: ${what}. Nothing is lost; the check repeats by itself.`,
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
    id: 'Tidak ada pengerjaan yang sedang berjalan, jadi tidak ada yang dapat dibatalkan.',
    en: 'No work is under way, so there is nothing to call off.',
  },
  nothingToCheck: {
    id: 'Tidak ada pengerjaan yang sedang menunggu, jadi tidak ada yang perlu diperiksa.',
    en: 'No work is under way, so there is nothing to check.',
  },
  noAnswer: (server: string): Text => ({
    id: `server ${server} tidak menjawab`,
    en: `server ${server} does not answer`,
  }),
} as const
