import type { FactorTrust } from '../access/sign-on.ts'
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
    id: 'Boleh kosong. Dipakai bila Anda percaya pada pernyataan penyedia: nilai ini diminta dari penyedia dan diterima sebagai dua faktor.',
    en: 'May be empty. Used when you trust what the provider says: this value is asked of it and taken for two factors.',
  },
  secondFactor: { id: 'Langkah kedua', en: 'Second step' },
  secondFactorHint: {
    id: 'Siapa yang menjamin bahwa bukan kata sandi saja yang dipakai. Jawaban penyedia berlaku di kantor ini saja; orang yang juga ada di kantor lain selalu memakai langkah kedua portal.',
    en: 'Who vouches that more than a password was used. The word of the provider counts in this office alone; people who belong to another office too always use the second step of the portal.',
  },
  connected: (label: string): Text => ({ id: `Tersambung: ${label}`, en: `Connected: ${label}` }),
  notConnected: { id: 'Belum tersambung', en: 'Not connected' },
  atProvider: { id: '1. Daftarkan portal ini di penyedia', en: '1. Register this portal at the provider' },
  atProviderText: {
    id: 'Buat klien baru di penyedia identitas dengan data ini. Penyedia lalu memberi ID dan rahasia klien.',
    en: 'Make a new client at the identity provider with these data. It then gives a client ID and a secret.',
  },
  flow: { id: 'Jenis klien', en: 'Kind of client' },
  flowText: {
    id: 'Web, kode otorisasi (PKCE S256), client_secret_basic, RS256, scope openid email profile',
    en: 'Web, authorization code (PKCE S256), client_secret_basic, RS256, scope openid email profile',
  },
  here: { id: '2. Isi yang diberikan penyedia', en: '2. Enter what the provider gave' },
  redirect: {
    id: 'Alamat kembali (redirect URI)',
    en: 'Redirect address (redirect URI)',
  },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Penyedia identitas tersimpan.', en: 'The identity provider was saved.' },
  remove: { id: 'Lepaskan', en: 'Disconnect' },
  removeTitle: {
    id: 'Lepaskan penyedia identitas? Orang masuk dengan kata sandi atau kunci sandi seperti biasa; sesi yang dibuka lewat penyedia saja diakhiri.',
    en: 'Disconnect the identity provider? People sign in with password or passkey as before; sessions that the provider alone opened end.',
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
  linkedElsewhere: {
    id: 'Akun dengan alamat surel ini sudah tertaut dengan orang lain di penyedia identitas, jadi Anda belum masuk dan tidak ada yang berubah. Masuk dengan kata sandi; bila akun Anda di penyedia memang baru, administrator kantor melepas penyedia lalu menyambungkannya lagi.',
    en: 'The account with this e-mail address is linked to somebody else at the identity provider, so you are not signed in and nothing changed. Sign in with your password; if your account at the provider is really a new one, the administrator of the office disconnects the provider and connects it again.',
  },
  noAccount: {
    id: 'Belum ada akun di kantor ini untuk alamat surel yang disahkan penyedia identitas. Minta undangan dari administrator kantor.',
    en: 'This office has no account for the e-mail address that the identity provider verified. Ask its administrator for an invitation.',
  },
} as const

/** Whose second factor counts, as choices of the office. */
export const factorTrustTexts: Readonly<Record<FactorTrust, Text>> = {
  portal: { id: 'Selalu langkah kedua portal ini', en: 'Always the second step of this portal' },
  said: { id: 'Percaya bila penyedia menyatakannya', en: 'Trust the provider when it says so' },
  always: {
    id: 'Penyedia mewajibkan dua faktor pada setiap masuk',
    en: 'The provider asks for two factors at every sign-in',
  },
}
export const factorTrustHints: Readonly<Record<FactorTrust, Text>> = {
  portal: {
    id: 'Petugas yang belum punya aplikasi autentikator atau kunci sandi diminta memasangnya sesudah masuk.',
    en: 'Staff without an authenticator app or a passkey are asked to set one up after they came in.',
  },
  said: {
    id: 'Token penyedia memuat amr "mfa" (atau kata sandi dan satu cara lain), atau nilai acr di bawah. Tanpa itu, langkah kedua portal diminta.',
    en: 'Its token holds the amr "mfa" (or a password and one other way), or the acr value below. Otherwise the second step of the portal is asked for.',
  },
  always: {
    id: 'Hanya bila benar demikian untuk semua orang: petugas lalu masuk tanpa kode dari portal ini, walau penyedia tidak menyatakan apa pun.',
    en: 'Only if this holds for everybody: staff then come in without a code of this portal, even when the provider says nothing of it.',
  },
}
