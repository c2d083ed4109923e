import type { Text } from '../refused.ts'

/** Why a password is not taken. */
export const passwordTexts = {
  tooShort: (min: number): Text => ({
    id: `Kata sandi paling sedikit ${min} karakter. Beberapa kata yang tidak berkaitan mudah diingat dan sulit ditebak.`,
    en: `A password has at least ${min} characters. A few unrelated words are easy to remember and hard to guess.`,
  }),
  tooLong: (max: number): Text => ({
    id: `Kata sandi paling banyak ${max} karakter.`,
    en: `A password has at most ${max} characters.`,
  }),
  common: {
    id: 'Kata sandi ini termasuk yang paling dahulu dicoba orang: kata umum dengan angka, atau dua kata umum. Pakai tiga kata atau lebih yang tidak berkaitan.',
    en: 'This password is among the first that people try: a common word with digits, or two common words. Use three or more unrelated words.',
  },
  ownWord: (word: string): Text => ({
    id: `Kata sandi memuat "${word}" dari nama, alamat surel, kantor, atau perangkat daerah Anda. Kata itu dicoba lebih dahulu; pakai kata lain.`,
    en: `The password holds "${word}" from your name, e-mail address, office or agency. That is tried first; use other words.`,
  }),
  differ: { id: 'Kedua kata sandi tidak sama.', en: 'The two passwords differ.' },
} as const

/** Signing in, the second factor, and one's own account. */
export const signInTexts = {
  title: { id: 'Masuk', en: 'Sign in' },
  lead: {
    id: 'Pakai alamat surel dan kata sandi yang terdaftar di kantor Anda.',
    en: 'Use the e-mail address and password registered with your office.',
  },
  email: { id: 'Alamat surel', en: 'E-mail address' },
  password: { id: 'Kata sandi', en: 'Password' },
  submit: { id: 'Masuk', en: 'Sign in' },
  foot: {
    id: 'Belum punya akun? Minta undangan dari administrator kantor Anda, atau daftar sebagai pemohon dari beranda.',
    en: 'No account yet? Ask the administrator of your office for an invitation, or register as an applicant from the start page.',
  },
  wrong: {
    id: 'Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.',
    en: 'The e-mail address or the password is not right. Check both and try again.',
  },
  tooMany: (minutes: number): Text => ({
    id: `Terlalu banyak percobaan gagal dari jaringan ini. Coba lagi setelah ${minutes} menit; akun tidak dikunci untuk jaringan lain.`,
    en: `Too many failed tries from this network. Try again after ${minutes} minutes; the account is not locked for other networks.`,
  }),
  codeTitle: { id: 'Kode pengesahan', en: 'Sign-in code' },
  codeLead: {
    id: 'Buka aplikasi autentikator, lalu tulis kode enam angkanya. Kode pemulihan juga bisa dipakai.',
    en: 'Open your authenticator app and write its six digits. A recovery code works too.',
  },
  code: { id: 'Kode', en: 'Code' },
  codeSubmit: { id: 'Lanjutkan', en: 'Continue' },
  codeWrong: {
    id: 'Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi. Tetap tidak cocok? Samakan jam ponsel dengan jam internet.',
    en: 'The code is not right or was used already. Wait for the next code in the app and try again. Still not right? Set the clock of the phone by the internet.',
  },
  codeOver: {
    id: 'Waktu untuk menulis kode sudah lewat. Masuk lagi dengan kata sandi Anda.',
    en: 'The time to write the code is over. Sign in again with your password.',
  },
  codeResting: {
    id: 'Kode salah terlalu sering. Akun ini menerima kode lagi setelah 15 menit.',
    en: 'Too many wrong codes. This account takes codes again after 15 minutes.',
  },
  signedOut: { id: 'Anda sudah keluar.', en: 'You are signed out.' },
} as const

/** A forgotten password: asking for a link by mail, and setting a new one with it. */
export const resetTexts = {
  forgot: { id: 'Lupa kata sandi?', en: 'Forgot your password?' },
  title: { id: 'Lupa kata sandi', en: 'Forgotten password' },
  lead: {
    id: 'Tulis alamat surel akun Anda. Tautan untuk membuat kata sandi baru dikirim ke sana.',
    en: 'Write the e-mail address of your account. A link to set a new password is sent there.',
  },
  send: { id: 'Kirim tautan', en: 'Send the link' },
  sentTitle: { id: 'Periksa kotak surel Anda', en: 'Check your mail' },
  sent: (minutes: number): Text => ({
    id: `Bila alamat itu punya akun yang aktif, tautan sudah dikirim ke sana dan berlaku ${minutes} menit. Periksa juga folder spam.`,
    en: `If that address has an active account, a link was sent there and works for ${minutes} minutes. Look into the spam folder too.`,
  }),
  sentNext: {
    id: 'Belum ada surel? Pastikan alamatnya sama dengan yang diundang kantor, atau hubungi administrator kantor Anda.',
    en: 'No mail? Make sure the address is the one your office invited, or ask the administrator of your office.',
  },
  newTitle: { id: 'Buat kata sandi baru', en: 'Set a new password' },
  newLead: {
    id: 'Setelah disimpan, semua sesi yang terbuka diakhiri dan Anda masuk dengan kata sandi baru. Verifikasi dua langkah tetap berlaku.',
    en: 'Once saved, all open sessions end and you sign in with the new password. Two-step verification stays as it is.',
  },
  save: { id: 'Simpan kata sandi baru', en: 'Save the new password' },
  done: {
    id: 'Kata sandi baru tersimpan. Silakan masuk.',
    en: 'The new password is saved. Please sign in.',
  },
  over: {
    id: 'Tautan ini sudah dipakai atau sudah lewat waktunya. Minta tautan baru di halaman "Lupa kata sandi".',
    en: 'This link was used or is over. Ask for a new one on the page "Forgotten password".',
  },
  askAgain: { id: 'Minta tautan baru', en: 'Ask for a new link' },
} as const

export const accountTexts = {
  title: { id: 'Akun saya', en: 'My account' },
  offices: { id: 'Peran saya', en: 'My roles' },
  office: { id: 'Kantor', en: 'Office' },
  role: { id: 'Peran', en: 'Role' },
  passwordTitle: { id: 'Ganti kata sandi', en: 'Change password' },
  currentPassword: { id: 'Kata sandi sekarang', en: 'Current password' },
  newPassword: { id: 'Kata sandi baru', en: 'New password' },
  newPasswordHint: {
    id: 'Paling sedikit 12 karakter; tiga kata yang tidak berkaitan sudah cukup, tanpa nama Anda atau kantor.',
    en: 'At least 12 characters; three unrelated words are enough, without your name or that of your office.',
  },
  repeatPassword: { id: 'Ulangi kata sandi baru', en: 'Repeat the new password' },
  changePassword: { id: 'Ganti kata sandi', en: 'Change password' },
  passwordChanged: {
    id: 'Kata sandi sudah diganti. Sesi lain sudah diakhiri.',
    en: 'The password was changed. Other sessions were ended.',
  },
  wrongPassword: {
    id: 'Kata sandi sekarang tidak cocok.',
    en: 'The current password is not right.',
  },
  signInTitle: { id: 'Cara masuk dan keamanan', en: 'Ways to sign in, and security' },
  passwordSet: { id: 'Terpasang.', en: 'Set.' },
  devices: { id: 'Perangkat', en: 'Devices' },
  devicesText: {
    id: 'Lihat di mana akun ini sedang masuk, dan keluarkan yang tidak Anda kenal.',
    en: 'See where this account is signed in, and sign out what you do not know.',
  },
  factorTitle: { id: 'Verifikasi dua langkah', en: 'Two-step verification' },
  factorOff: {
    id: 'Belum aktif. Dengan verifikasi dua langkah, kata sandi saja tidak cukup untuk masuk.',
    en: 'Not active. With two-step verification a password alone is not enough to sign in.',
  },
  factorByKey: {
    id: 'Aktif dengan kunci sandi. Aplikasi autentikator dapat ditambahkan untuk perangkat tanpa kunci itu.',
    en: 'Active by passkey. An authenticator app can be added for devices without that key.',
  },
  factorOn: { id: 'Aktif.', en: 'Active.' },
  factorStart: { id: 'Mulai mengaktifkan', en: 'Start' },
  factorStop: { id: 'Nonaktifkan', en: 'Switch off' },
  factorScan: {
    id: 'Pindai gambar ini dengan aplikasi autentikator, atau ketik kuncinya. Lalu tulis kode yang muncul.',
    en: 'Scan this picture with an authenticator app, or type the key. Then write the code it shows.',
  },
  factorPicture: { id: 'Kode QR untuk aplikasi autentikator', en: 'QR code for the authenticator app' },
  factorKey: { id: 'Kunci', en: 'Key' },
  factorConfirm: { id: 'Aktifkan', en: 'Activate' },
  factorActivated: {
    id: 'Verifikasi dua langkah sudah aktif.',
    en: 'Two-step verification is active.',
  },
  factorStopped: {
    id: 'Verifikasi dua langkah sudah dinonaktifkan.',
    en: 'Two-step verification was switched off.',
  },
  factorPending: {
    id: 'Kunci sudah dibuat tetapi belum disahkan. Tulis kode dari aplikasi autentikator, atau mulai lagi untuk kunci baru.',
    en: 'A key was made but not confirmed. Write the code from the authenticator app, or start again for a new key.',
  },
  factorAlready: {
    id: 'Verifikasi dua langkah sudah aktif untuk akun ini.',
    en: 'Two-step verification is already active for this account.',
  },
} as const
