import type { Text } from '../refused.ts'

/** `ranah person reset-second-factor`. */
export const personCommandTexts = {
  email: { id: 'alamat surel akun orang itu', en: 'e-mail address of the account' },
  reason: {
    id: 'bagaimana Anda memastikan siapa yang meminta (10 sampai 500 karakter); disimpan di buku log sebagai komitmen',
    en: 'how you made sure who asks (10 to 500 characters); kept in the logbook behind a commitment',
  },
  showLink: {
    id: 'menampilkan juga tautannya, bila surel tidak sampai',
    en: 'prints the link too, where mail does not arrive',
  },
  noPerson: (email: string): Text => ({
    id: `Tidak ada orang aktif dengan alamat ${email} di instalasi ini. Tidak ada yang diubah.`,
    en: `Nobody active in this installation has the address ${email}. Nothing was changed.`,
  }),
  noFactor: {
    id: 'Orang ini tidak punya verifikasi dua langkah, jadi tidak ada yang diatur ulang. Ia memasangnya saat masuk berikutnya.',
    en: 'This person has no second factor, so nothing was reset. They set one up when they next sign in.',
  },
  badReason: {
    id: '--reason: tulis 10 sampai 500 karakter tentang bagaimana Anda memastikan siapa yang meminta.',
    en: '--reason: write 10 to 500 characters on how you made sure who asks.',
  },
  before: (name: string, email: string): Text => ({
    id: `Akun ${name} <${email}>: aplikasi autentikator, kunci sandi, dan kode pemulihan dihapus, semua sesi diakhiri. Orangnya mendapat surel dengan tautan, masuk dengan kata sandi, lalu memasang yang baru. Kata sandi dan peran tidak berubah.`,
    en: `Account ${name} <${email}>: the authenticator app, the passkeys and the recovery codes are taken away, all sessions end. The person gets a mail with a link, signs in with the password and sets up a new one. Password and roles stay.`,
  }),
  sayYes: {
    id: 'Belum ada yang diubah. Pastikan dahulu siapa yang meminta, lalu jalankan lagi dengan --yes.',
    en: 'Nothing was changed yet. Make sure who asks, then run it again with --yes.',
  },
  done: (hours: number): Text => ({
    id: `Selesai dan tercatat di buku log. Surel dengan tautan dikirim begitu portal berjalan; tautan berlaku ${hours} jam. Lewat waktu? Jalankan perintah ini sekali lagi.`,
    en: `Done, and written in the logbook. The mail with the link goes out as soon as the portal runs; the link works for ${hours} hours. Too late? Run this command once more.`,
  }),
}
