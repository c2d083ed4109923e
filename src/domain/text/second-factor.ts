import type { Text } from '../refused.ts'

/** The second factor that staff must have: what is asked, where and why. */
export const factorTexts = {
  needed: {
    id: 'Akun petugas wajib memakai verifikasi dua langkah. Pasang aplikasi autentikator atau kunci sandi dahulu; setelah itu semua halaman terbuka dan tidak ada data yang hilang.',
    en: 'Staff accounts need two-step verification. Set up an authenticator app or a passkey first; after that every page opens, and nothing is lost.',
  },
  signInAgain: {
    id: 'Sesi ini dibuka sebelum verifikasi dua langkah dipasang. Masuk lagi dengan kode atau kunci sandi Anda.',
    en: 'This session was opened before two-step verification was set up. Sign in again with your code or passkey.',
  },
  tokenNeeds: {
    id: 'Token ini belum dapat dipakai: pemiliknya tidak lagi punya verifikasi dua langkah, atau token dibuat sebelum itu dipasang. Pemilik memasangnya di "Akun saya", lalu membuat token baru.',
    en: 'This token cannot be used: its holder has no two-step verification any more, or it was made before that was set up. The holder sets it up under "My account" and makes a new token.',
  },
  begin: {
    id: 'Satu langkah lagi: pasang verifikasi dua langkah',
    en: 'One more step: set up two-step verification',
  },
  choose: {
    id: 'Cukup satu cara. Aplikasi autentikator dapat dipasang di ponsel mana pun; kunci sandi memakai sidik jari, wajah, atau PIN perangkat.',
    en: 'One way is enough. An authenticator app runs on any phone; a passkey uses the fingerprint, face or PIN of a device.',
  },
  byApp: { id: 'Aplikasi autentikator', en: 'Authenticator app' },
  byAppText: {
    id: 'Tulis kata sandi Anda, pindai gambar QR yang muncul, lalu tulis kode enam angka.',
    en: 'Give your password, scan the QR picture that comes, and write the six digits.',
  },
  byAppSignedOn: {
    id: 'Pindai gambar QR yang muncul, lalu tulis kode enam angka. Kata sandi tidak diminta, karena Anda baru saja masuk lewat penyedia identitas kantor.',
    en: 'Scan the QR picture that comes and write the six digits. No password is asked for, because you just signed in through the identity provider of your office.',
  },
  byKey: { id: 'Kunci sandi', en: 'Passkey' },
  byKeyStart: { id: 'Pasang kunci sandi', en: 'Set up a passkey' },
  codeHint: {
    id: 'Enam angka yang berganti tiap 30 detik. Setelah ini kode pemulihan ditampilkan, untuk hari ponsel Anda hilang.',
    en: 'Six digits that change every 30 seconds. After this come recovery codes, for the day your phone is lost.',
  },
  mayNotRemove: {
    id: 'Ini verifikasi dua langkah terakhir Anda, dan akun petugas tidak boleh tanpa itu. Pasang penggantinya dahulu, lalu hapus yang lama.',
    en: 'This is your last second factor, and a staff account may not be without one. Set up its replacement first, then remove this one.',
  },
  linkNeeded: {
    id: 'Verifikasi dua langkah akun ini diatur ulang oleh administrator. Buka tautan di surel yang dikirim kepada Anda untuk memasang yang baru; kata sandi saja tidak cukup.',
    en: 'An administrator reset the two-step verification of this account. Open the link in the mail that was sent to you to set it up anew; the password alone is not enough.',
  },
  linkOver: {
    id: 'Tautan pemasangan ini tidak berlaku lagi. Minta administrator kantor mengirim tautan baru; akun Anda tidak berubah.',
    en: 'This set-up link works no more. Ask the administrator of your office to send a new one; your account is unchanged.',
  },
  openPage: { id: 'Pasang sekarang', en: 'Set it up now' },
  missing: { id: 'Belum dua langkah', en: 'No second step yet' },
  awaitsLink: { id: 'Menunggu pemasangan ulang', en: 'Waits to be set up again' },
  card: { id: 'Verifikasi dua langkah', en: 'Two-step verification' },
  cardLead: {
    id: 'Petugas selalu wajib memakainya. Kantor dapat juga mewajibkannya bagi pemohon dari perangkat daerah.',
    en: 'Staff always need it. The office may ask it of applicants from agencies too.',
  },
  applicants: {
    id: 'Pemohon wajib memakai verifikasi dua langkah',
    en: 'Applicants need two-step verification',
  },
  applicantsHint: {
    id: 'Pemohon yang belum punya diminta memasangnya saat masuk berikutnya.',
    en: 'Applicants without one are asked to set it up when they next come in.',
  },
} as const satisfies Readonly<Record<string, Text>>
