/** Why somebody may not do or see something. Unknown and foreign look the same. */
export const accessTexts = {
  notAllowed: {
    id: 'Akun Anda tidak berwenang untuk tindakan ini. Tidak ada yang berubah; hubungi administrator bila seharusnya berwenang.',
    en: 'Your account is not entitled to do this. Nothing changed; ask the administrator if it should be.',
  },
  notFound: {
    id: 'Yang Anda cari tidak ditemukan. Periksa kembali alamat atau nomornya.',
    en: 'What you are looking for was not found. Check the address or the number.',
  },
  badToken: {
    id: 'Token ini tidak dikenal, sudah dicabut, atau sudah lewat masa berlakunya. Buat token baru di halaman Token.',
    en: 'This token is unknown, revoked or over. Create a new one on the Tokens page.',
  },
  sessionNeeded: {
    id: 'Akun sendiri hanya dapat diubah setelah masuk dengan kata sandi, bukan dengan token.',
    en: 'Your own account can be changed only when you signed in with a password, not with a token.',
  },
  tokenBySession: {
    id: 'Token baru hanya dapat dibuat setelah masuk dengan kata sandi, bukan dengan token. Tidak ada yang berubah; buat di halaman Token.',
    en: 'A new token can be made only when you signed in with a password, not with a token. Nothing changed; make it on the Tokens page.',
  },
  signInFirst: {
    id: 'Silakan masuk terlebih dahulu. Tidak ada yang berubah.',
    en: 'Please sign in first. Nothing changed.',
  },
} as const
