import type { Text } from '../refused.ts'
import type { MailText } from './people-mails.ts'

/** Recovery codes: for the day the telephone or the passkey is lost. */
export const recoveryTexts = {
  title: { id: 'Kode pemulihan', en: 'Recovery codes' },
  lead: {
    id: 'Bila telepon atau kunci sandi hilang, satu kode pemulihan menggantikan kode dari aplikasi. Setiap kode berlaku sekali.',
    en: 'If the phone or the passkey is lost, one recovery code stands in for the code of the app. Each works once.',
  },
  none: {
    id: 'Belum ada kode pemulihan. Tanpa kode itu, telepon yang hilang berarti Anda tidak dapat masuk.',
    en: 'There are no recovery codes yet. Without them a lost phone means that you cannot sign in.',
  },
  left: (count: number): Text => ({
    id: `${count} kode pemulihan masih berlaku.`,
    en: `${count} recovery codes still work.`,
  }),
  few: (count: number): Text => ({
    id: `Kode pemulihan Anda tinggal ${count}. Buat kode baru di "Akun saya" selagi Anda masih dapat masuk.`,
    en: `You have ${count} recovery codes left. Make new ones under "My account" while you can still sign in.`,
  }),
  renew: { id: 'Buat kode baru', en: 'Make new codes' },
  renewText: {
    id: 'Sepuluh kode baru dibuat dan ditunjukkan sekali. Semua kode lama langsung tidak berlaku.',
    en: 'Ten new codes are made and shown once. All earlier codes stop working at once.',
  },
  newTitle: { id: 'Simpan kode pemulihan Anda', en: 'Keep your recovery codes' },
  newLead: {
    id: 'Kode ini hanya ditunjukkan sekarang. Cetak halaman ini atau salin kodenya, lalu simpan di tempat yang hanya Anda buka, bukan di telepon yang sama.',
    en: 'The codes are shown only now. Print this page or copy them, and keep them where only you can reach them, not on the same phone.',
  },
  listLabel: { id: 'Sepuluh kode pemulihan', en: 'Ten recovery codes' },
  print: { id: 'Cetak', en: 'Print' },
  printFoot: {
    id: 'Kode pemulihan akun. Coret setiap kode yang sudah dipakai.',
    en: 'Recovery codes of an account. Strike out each code that was used.',
  },
  kept: { id: 'Sudah saya simpan', en: 'I have kept them' },
  noFactor: {
    id: 'Kode pemulihan dibuat bersama verifikasi dua langkah. Aktifkan itu dahulu.',
    en: 'Recovery codes come with two-step verification. Switch that on first.',
  },
} as const

/** The mail that says that a recovery code was used, to whoever did not use it. */
export function recoveryCodeMail(about: { readonly name: string; readonly left: number }): MailText {
  return {
    subject: 'Satu kode pemulihan akun Anda dipakai untuk masuk',
    text: `Yth. ${about.name},

Seseorang baru saja masuk ke akun Anda dengan kata sandi dan satu kode pemulihan. Sisa kode: ${about.left}.
Bila itu Anda dan telepon Anda hilang, pasang lagi verifikasi dua langkah di "Akun saya" dan buat kode baru.
Bila bukan Anda, segera ganti kata sandi dan hubungi administrator kantor Anda.

---
Somebody just signed in to your account with the password and one recovery code; ${about.left} are left. If it was
not you, change the password at once and tell the administrator of your office.
`,
  }
}
