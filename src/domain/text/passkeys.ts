import type { Text } from '../refused.ts'
import type { MailText } from './people-mails.ts'

/** Passkeys: signing in with the lock of a phone, a computer or a security key. */
export const passkeyTexts = {
  title: { id: 'Kunci sandi', en: 'Passkeys' },
  lead: {
    id: 'Kunci sandi (passkey) menggantikan kata sandi dan kode sekaligus: Anda masuk dengan sidik jari, wajah, atau PIN perangkat.',
    en: 'A passkey stands for password and code at once: you sign in with the fingerprint, face or PIN of the device.',
  },
  none: { id: 'Belum ada kunci sandi.', en: 'No passkey yet.' },
  some: (count: number): Text => ({
    id: `${count} kunci sandi terpasang.`,
    en: count === 1 ? '1 passkey is set up.' : `${count} passkeys are set up.`,
  }),
  manage: { id: 'Kelola kunci sandi', en: 'Manage passkeys' },
  name: { id: 'Nama kunci', en: 'Name of the key' },
  nameHint: { id: 'Misalnya: Laptop kantor, Telepon saya.', en: 'For example: Office laptop, My phone.' },
  add: { id: 'Tambahkan kunci sandi', en: 'Add a passkey' },
  made: { id: 'Dibuat', en: 'Made' },
  used: { id: 'Terakhir dipakai', en: 'Last used' },
  never: { id: 'belum pernah', en: 'never' },
  act: { id: 'Tindakan', en: 'Action' },
  remove: { id: 'Hapus', en: 'Remove' },
  removeTitle: (name: string): Text => ({
    id: `Hapus kunci "${name}"? Perangkat itu tidak dapat dipakai masuk lagi.`,
    en: `Remove the key "${name}"? That device signs you in no more.`,
  }),
  added: { id: 'Kunci sandi sudah terpasang.', en: 'The passkey is set up.' },
  removed: { id: 'Kunci sandi sudah dihapus.', en: 'The passkey was removed.' },
  needsScript: {
    id: 'Menambah kunci sandi memerlukan peramban yang mendukungnya dengan JavaScript aktif.',
    en: 'Adding a passkey needs a browser that supports it, with JavaScript on.',
  },
  notHere: {
    id: 'Kunci sandi tersedia bila portal dibuka lewat https dan nama domain. Hubungi pengelola portal.',
    en: 'Passkeys are there when the portal is reached over https by a domain name. Ask whoever runs the portal.',
  },
  signIn: { id: 'Masuk dengan kunci sandi', en: 'Sign in with a passkey' },
  cancelled: {
    id: 'Perangkat tidak memberi kunci sandi. Coba lagi, atau pakai kata sandi dan kode.',
    en: 'The device gave no passkey. Try again, or use password and code.',
  },
  wrong: {
    id: 'Kunci sandi tidak dikenal atau halaman ini terlalu lama terbuka. Coba lagi, atau masuk dengan kata sandi dan kode.',
    en: 'The passkey is not known, or this page was open for too long. Try again, or sign in with password and code.',
  },
  notMade: {
    id: 'Kunci sandi belum terpasang: jawaban perangkat tidak lengkap atau halaman ini terlalu lama terbuka. Tidak ada yang berubah; coba lagi.',
    en: 'The passkey was not set up: the device did not answer in full, or this page was open for too long. Nothing changed; try again.',
  },
  known: {
    id: 'Kunci sandi ini sudah terpasang.',
    en: 'This passkey is set up already.',
  },
  full: (most: number): Text => ({
    id: `Paling banyak ${most} kunci sandi. Hapus yang tidak dipakai lagi.`,
    en: `At most ${most} passkeys. Remove those you use no more.`,
  }),
  notFound: { id: 'Kunci sandi itu tidak ada.', en: 'There is no such passkey.' },
  tooMany: (minutes: number): Text => ({
    id: `Terlalu banyak percobaan gagal dari jaringan ini. Coba lagi setelah ${minutes} menit, atau masuk dengan kata sandi.`,
    en: `Too many failed tries from this network. Try again after ${minutes} minutes, or sign in with your password.`,
  }),
  or: { id: 'atau', en: 'or' },
} as const

/** The mail that says that a passkey came or went, to whoever did not do it. */
export function passkeyMail(name: string, key: string, what: 'added' | 'removed'): MailText {
  const [id, en] = what === 'added' ? ['ditambahkan ke', 'added to'] : ['dihapus dari', 'removed from']
  return {
    subject: `Kunci sandi ${id} akun Anda`,
    text: `Yth. ${name},

Kunci sandi "${key}" baru saja ${id} akun Anda. Bila bukan Anda yang melakukannya, segera ganti kata sandi,
periksa "Perangkat yang masuk" di "Akun saya", dan hubungi administrator kantor Anda.

---
The passkey above was just ${en} your account. If it was not you, change your password at once, look at the
devices that are signed in, and tell the administrator of your office.
`,
  }
}
