import type { Text } from '../refused.ts'

/** Why a token may not do something that its owner may. */
export const tokenTexts = {
  badNetwork: {
    id: 'Tulis alamat IP atau rentang CIDR, misalnya 198.51.100.0/24 atau 2001:db8::/32.',
    en: 'Write an IP address or a CIDR range, for example 198.51.100.0/24 or 2001:db8::/32.',
  },
  outOfScope: (scope: string | undefined): Text => ({
    id: scope
      ? `Token ini tidak mencakup "${scope}". Tidak ada yang berubah; buat token dengan cakupan itu di halaman Token.`
      : 'Alamat ini tidak dapat dipakai dengan token. Tidak ada yang berubah; masuklah dengan kata sandi.',
    en: scope
      ? `This token does not cover "${scope}". Nothing changed; make one that does on the Tokens page.`
      : 'No token may be used at this address. Nothing changed; sign in with your password.',
  }),
  otherNetwork: {
    id: 'Token ini tidak berlaku dari jaringan ini. Tidak ada yang berubah; periksa daftar jaringannya di halaman Token.',
    en: 'This token is not good from this network. Nothing changed; see its list of networks on the Tokens page.',
  },
  otherName: (name: string | null): Text => ({
    id: `Token ini tidak mencakup ${name ?? 'perubahan yang bukan tentang sebuah nama'}. Tidak ada yang berubah.`,
    en: `This token does not cover ${name ?? 'changes that are not about a name'}. Nothing changed.`,
  }),
  otherType: {
    id: 'Token ini hanya untuk jenis DNS record tertentu, dan perubahan ini mencakup yang lain. Tidak ada yang berubah.',
    en: 'This token is for certain types of DNS records only, and this change concerns others. Nothing changed.',
  },
} as const

/** Words of the page about tokens. */
export const tokenPageTexts = {
  scopes: { id: 'Cakupan', en: 'What it may do' },
  scopesLead: {
    id: 'Token tidak pernah dapat melakukan lebih dari yang boleh Anda lakukan saat itu. Centang hanya yang diperlukan skrip Anda.',
    en: 'A token can never do more than you may do at that moment. Tick only what your script needs.',
  },
  all: { id: 'Semua yang boleh saya lakukan', en: 'Whatever I may do' },
  area: { id: 'Bagian', en: 'Area' },
  read: { id: 'Baca', en: 'Read' },
  write: { id: 'Ubah', en: 'Change' },
  names: { id: 'Hanya untuk nama', en: 'Only for names' },
  namesHint: {
    id: 'Satu per baris, misalnya *.arsip.contohkab.go.id. Perubahan pada nama lain ditolak. Kosong: semua nama.',
    en: 'One a line, for example *.arsip.contohkab.go.id. Changes to other names are refused. Empty: every name.',
  },
  recordTypes: { id: 'Hanya jenis record', en: 'Only record types' },
  recordTypesHint: {
    id: 'Misalnya TXT atau TXT, CAA: token hanya dapat mengurus perubahan DNS record dari jenis itu. Kosong: semua.',
    en: 'For example TXT or TXT, CAA: the token may only deal with changes of such records. Empty: all.',
  },
  networks: { id: 'Hanya dari jaringan', en: 'Only from networks' },
  networksHint: {
    id: 'Alamat IP atau rentang CIDR, satu per baris. Kosong: dari mana saja.',
    en: 'IP addresses or CIDR ranges, one a line. Empty: from anywhere.',
  },
  refusedUses: { id: 'Ditolak', en: 'Refused' },
  timesRefused: (count: number): Text => ({ id: `${count} kali`, en: `${count} times` }),
  limits: { id: 'Batas', en: 'Limits' },
  unlimited: { id: 'semua yang boleh dilakukan pemiliknya', en: 'whatever its owner may do' },
} as const

/** What the areas of the table of addresses are called on the page. */
export const areaTexts: Readonly<Record<string, Text>> = {
  requests: { id: 'Permohonan', en: 'Requests' },
  services: { id: 'Layanan', en: 'Services' },
  letters: { id: 'Surat', en: 'Letters' },
  archive: { id: 'Arsip', en: 'Archive' },
  logbook: { id: 'Buku log', en: 'Logbook' },
  zones: { id: 'Domain dan perbedaan DNS', en: 'Domains and DNS differences' },
  SOPs: { id: 'SOP', en: 'SOPs' },
  calendar: { id: 'Kalender', en: 'Calendar' },
  registry: { id: 'Perangkat daerah', en: 'Agencies' },
  servers: { id: 'Server', en: 'Servers' },
  people: { id: 'Pengguna, penugasan, token', en: 'People, appointments, tokens' },
  office: { id: 'Pengaturan kantor', en: 'Settings of the office' },
}

/** What the commands about tokens say on the machine of the installation. */
export const tokenCommandTexts = {
  person: {
    id: 'alamat surel orang yang diwakili token',
    en: 'e-mail address of the person as whom it acts',
  },
  name: { id: 'untuk apa token itu', en: 'what it is for' },
  days: {
    id: 'masa berlaku, paling lama 365 hari (bawaan 90)',
    en: 'how long, at most 365 days (default 90)',
  },
  scope: {
    id: 'bidang yang boleh, misalnya requests:read (boleh berulang)',
    en: 'an area, e.g. requests:read (may be repeated)',
  },
  only: {
    id: 'hanya nama ini, atau *.nama (boleh berulang)',
    en: 'this name only, or *.name (may be repeated)',
  },
  recordType: {
    id: 'hanya jenis record ini (boleh berulang)',
    en: 'this record type only (may be repeated)',
  },
  network: {
    id: 'hanya dari alamat atau jaringan ini (boleh berulang)',
    en: 'from this address or network only (may be repeated)',
  },
  noPerson: (email: string): Text => ({
    id: `Tidak ada orang aktif di kantor ini dengan alamat ${email}. Tidak ada yang dibuat.`,
    en: `Nobody active in this office has the address ${email}. Nothing was made.`,
  }),
  shownOnce: (day: string): Text => ({
    id: `Token ini berlaku sampai ${day} dan hanya ditampilkan sekali ini; simpan sekarang.`,
    en: `This token is valid until ${day} and is shown this once; keep it now.`,
  }),
  revoked: { id: 'Token dicabut.', en: 'The token is revoked.' },
} as const
