import type { Text } from '../refused.ts'

/** Single sign-on: an office's own identity provider (OpenID Connect). */
export const signOnTexts = {
  title: { id: 'Masuk tunggal', en: 'Single sign-on' },
  lead: {
    id: 'Orang yang sudah punya akun di kantor ini dapat masuk lewat penyedia identitas kantor (OpenID Connect). Akun baru tetap hanya lewat undangan.',
    en: 'People who have an account in this office may sign in through its identity provider (OpenID Connect). New accounts still come by invitation only.',
  },
  label: { id: 'Nama yang ditampilkan', en: 'Name that is shown' },
  labelHint: { id: 'Misalnya: Akun Pemkab Contoh.', en: 'For example: Account of Pemkab Contoh.' },
  issuer: { id: 'Alamat penerbit (issuer)', en: 'Issuer' },
  issuerHint: {
    id: 'Dimulai dengan https://, persis seperti yang ditulis penyedia.',
    en: 'Begins with https://, exactly as the provider writes it.',
  },
  clientId: { id: 'ID klien', en: 'Client ID' },
  clientSecret: { id: 'Rahasia klien', en: 'Client secret' },
  clientSecretHint: {
    id: 'Disimpan terenkripsi dan tidak pernah ditampilkan. Kosongkan untuk memakai yang tersimpan.',
    en: 'Kept encrypted and never shown. Leave empty to keep the stored one.',
  },
  strongAcr: { id: 'Nilai acr untuk dua faktor', en: 'acr value for two factors' },
  strongAcrHint: {
    id: 'Boleh kosong. Bila penyedia mengirim nilai ini, atau amr "mfa", kode kedua tidak diminta lagi.',
    en: 'May be empty. When the provider sends this value, or amr "mfa", no second code is asked for.',
  },
  alwaysStrong: {
    id: 'Penyedia mewajibkan dua faktor pada setiap masuk',
    en: 'The provider asks for two factors at every sign-in',
  },
  alwaysStrongHint: {
    id: 'Centang hanya bila benar demikian untuk semua orang: petugas lalu masuk tanpa kode dari portal ini, walau penyedia tidak mengirim acr atau amr. Berlaku bagi orang yang hanya ada di kantor ini.',
    en: 'Tick only if this holds for everybody: staff then come in without a code of this portal, even when the provider sends no acr or amr. It counts for people who belong to this office alone.',
  },
  redirect: {
    id: 'Alamat kembali untuk didaftarkan di penyedia',
    en: 'Redirect address to register at the provider',
  },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Penyedia identitas tersimpan.', en: 'The identity provider was saved.' },
  remove: { id: 'Lepaskan', en: 'Disconnect' },
  removeTitle: {
    id: 'Lepaskan penyedia identitas? Orang masuk dengan kata sandi atau kunci sandi seperti biasa.',
    en: 'Disconnect the identity provider? People sign in with password or passkey as before.',
  },
  removed: { id: 'Penyedia identitas dilepas.', en: 'The identity provider was disconnected.' },
  signIn: (label: string): Text => ({ id: `Masuk lewat ${label}`, en: `Sign in through ${label}` }),
  needsHttps: {
    id: 'Alamat penerbit harus https://, atau diizinkan pengelola portal lewat RANAH_IDENTITY_PROVIDERS.',
    en: 'The issuer must be https://, or allowed by whoever runs the portal with RANAH_IDENTITY_PROVIDERS.',
  },
  unreachable: {
    id: 'Penyedia identitas kantor tidak dapat dipakai sekarang. Tidak ada yang berubah; masuk dengan kata sandi, atau coba lagi nanti.',
    en: 'The identity provider of the office cannot be used now. Nothing changed; sign in with your password, or try again later.',
  },
  notAccepted: {
    id: 'Jawaban penyedia identitas tidak dapat diterima, jadi Anda belum masuk. Coba lagi dari halaman Masuk.',
    en: 'The answer of the identity provider was not accepted, so you are not signed in. Try again from the sign-in page.',
  },
  noAccount: {
    id: 'Belum ada akun di kantor ini untuk alamat surel yang disahkan penyedia identitas. Minta undangan dari administrator kantor.',
    en: 'This office has no account for the e-mail address that the identity provider verified. Ask its administrator for an invitation.',
  },
  factorNeeded: {
    id: 'Petugas memerlukan langkah kedua. Masuk dengan kata sandi, pasang kunci sandi atau aplikasi autentikator di "Akun saya", lalu coba lagi.',
    en: 'Staff need a second step. Sign in with your password, set up a passkey or an authenticator app under "My account", and try again.',
  },
} as const
