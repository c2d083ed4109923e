import type { Text } from '../refused.ts'

/** Front door: the offices of the installation. */
export const frontTexts = {
  title: { id: 'Layanan Subdomain dan Hosting', en: 'Subdomain and Hosting Service' },
  lead: {
    id: 'Permohonan subdomain dan hosting untuk perangkat daerah, mengikuti SOP kantor masing-masing.',
    en: 'Subdomain and hosting requests for government agencies, along the SOP of each office.',
  },
  open: { id: 'Buka meja layanan', en: 'Open the desk' },
  register: { id: 'Daftar sebagai pemohon', en: 'Register as an applicant' },
  nowhere: {
    id: 'Akun Anda belum terdaftar di kantor mana pun',
    en: 'Your account belongs to no office yet',
  },
  nowhereNext: {
    id: 'Minta undangan dari administrator kantor, atau daftar sebagai pemohon di bawah ini.',
    en: 'Ask the administrator of an office for an invitation, or register as an applicant below.',
  },
} as const

/** Why something about people or offices is refused. */
export const peopleTexts = {
  personElsewhere: {
    id: 'Orang ini juga bekerja di kantor lain, jadi satu kantor tidak dapat mengatur ulang verifikasinya. Tidak ada yang berubah. Minta kantor lain menonaktifkan keanggotaannya dahulu, atau pakai kode pemulihannya.',
    en: 'This person works in another office too, so one office cannot reset their verification. Nothing changed. Ask the other office to deactivate the membership first, or use their recovery codes.',
  },
  badSlug: {
    id: 'Pakai 2 sampai 16 huruf kecil atau angka, tanpa spasi; kode ini menjadi bagian alamat dan nomor tiket.',
    en: 'Use 2 to 16 lower-case letters or digits, no spaces; this code becomes part of addresses and tickets.',
  },
  badZone: {
    id: 'Tulis nama zona yang lengkap, misalnya contohkab.go.id.',
    en: 'Write the complete name of the zone, for example contohkab.go.id.',
  },
  slugTaken: {
    id: 'Kode kantor ini sudah dipakai. Pilih kode lain; isian lainnya masih ada.',
    en: 'This office code is taken. Choose another; everything else you entered is still here.',
  },
  zoneTaken: {
    id: 'Zona ini sudah dikelola oleh kantor lain pada pemasangan ini. Periksa namanya.',
    en: 'This zone is already run by another office of this installation. Check its name.',
  },
  wrongSetupCode: {
    id: 'Kode penyiapan tidak cocok. Kode itu dicetak di layar server saat Ranah dijalankan.',
    en: 'The setup code is not right. It was printed on the screen of the server when Ranah started.',
  },
  unknownSop: {
    id: 'SOP itu tidak ada di folder sops/. Pilih salah satu yang tersedia.',
    en: 'That SOP is not in the folder sops/. Choose one of those offered.',
  },
  invitationOver: {
    id: 'Undangan ini sudah dipakai, dicabut, atau lewat tujuh hari. Minta undangan baru dari administrator.',
    en: 'This invitation was used, revoked, or is older than seven days. Ask the administrator for a new one.',
  },
  signInToAccept: {
    id: 'Alamat surel undangan ini sudah punya akun. Masuk dengan akun itu, lalu buka lagi tautan undangannya.',
    en: 'The e-mail address of this invitation has an account. Sign in with it, then open the link again.',
  },
  agencyMissing: { id: 'Tulis perangkat daerah pemohon.', en: "Write the applicant's agency." },
  agencyNotForStaff: {
    id: 'Perangkat daerah hanya untuk pemohon; kosongkan untuk peran kantor.',
    en: "An agency is for applicants only; leave it empty for the office's own roles.",
  },
  reasonMissing: {
    id: 'Tulis alasan penolakan; alasan ini dikirim kepada yang mendaftar.',
    en: 'Write why it is refused; the reason is sent to the person who asked.',
  },
  alreadyDecided: {
    id: 'Pendaftaran ini sudah diputuskan, mungkin oleh rekan Anda. Muat ulang daftarnya.',
    en: 'This registration was already decided, perhaps by a colleague. Reload the list.',
  },
  ownRoles: {
    id: 'Peran dan status akun sendiri tidak dapat diubah. Minta administrator lain melakukannya.',
    en: 'You cannot change your own roles or status. Ask another administrator to do it.',
  },
  noRoleLeft: {
    id: 'Pilih paling sedikit satu peran, atau nonaktifkan orang ini.',
    en: 'Choose at least one role, or deactivate this person.',
  },
  tooManyTries: (minutes: number): Text => ({
    id: `Terlalu banyak percobaan dari jaringan ini. Coba lagi setelah ${minutes} menit; isian Anda masih ada.`,
    en: `Too many tries from this network. Try again after ${minutes} minutes; what you entered is still here.`,
  }),
} as const

/** Words of the pages about people. */
export const peoplePageTexts = {
  people: { id: 'Pengguna', en: 'People' },
  nameAndEmail: { id: 'Nama dan surel', en: 'Name and e-mail' },
  peopleLead: {
    id: 'Siapa yang bekerja dan mengajukan permohonan di kantor ini.',
    en: 'Who works and applies in this office.',
  },
  name: { id: 'Nama', en: 'Name' },
  email: { id: 'Alamat surel', en: 'E-mail address' },
  post: { id: 'Jabatan', en: 'Post' },
  role: { id: 'Peran', en: 'Role' },
  roles: { id: 'Peran di kantor', en: 'Roles in the office' },
  agency: { id: 'Perangkat daerah', en: 'Agency' },
  agencyHint: {
    id: 'Hanya untuk pemohon. Perangkat daerah yang belum ada akan dibuat.',
    en: 'For applicants only. An agency that does not exist yet is created.',
  },
  state: { id: 'Status', en: 'State' },
  active: { id: 'aktif', en: 'active' },
  inactive: { id: 'nonaktif', en: 'inactive' },
  you: { id: 'Anda', en: 'you' },
  twoSteps: { id: 'dua langkah', en: 'two steps' },
  change: { id: 'Ubah', en: 'Change' },
  saveRoles: { id: 'Simpan peran', en: 'Save roles' },
  forgetFactors: { id: 'Atur ulang verifikasi dua langkah', en: 'Reset two-step verification' },
  forgetFactorsHint: (hours: number): Text => ({
    id: `Aplikasi, kunci sandi, dan kode pemulihan orang ini dihapus dan semua sesinya diakhiri. Ia memasang yang baru dengan tautan di surel, dalam ${hours} jam. Tulis paling sedikit 10 karakter; tercatat di buku log.`,
    en: `The app, the passkeys and the recovery codes of this person are taken away and all sessions end. They set up a new one with the link in a mail, within ${hours} hours. Write at least 10 characters; they stand in the logbook.`,
  }),
  forgetFactorsWhy: {
    id: 'Bagaimana Anda memastikan siapa yang meminta?',
    en: 'How did you make sure who asks?',
  },
  factorsForgotten: {
    id: 'Verifikasi dua langkah sudah diatur ulang, semua sesinya diakhiri, dan orangnya diberi tahu lewat surel.',
    en: 'Two-step verification was reset, all sessions were ended, and the person was told by mail.',
  },
  deactivate: { id: 'Nonaktifkan', en: 'Deactivate' },
  activate: { id: 'Aktifkan lagi', en: 'Activate again' },
  rolesChanged: { id: 'Peran sudah diubah.', en: 'The roles were changed.' },
  deactivated: {
    id: 'Orang ini sudah dinonaktifkan dan tidak melihat apa pun lagi di kantor ini.',
    en: 'This person was deactivated and sees nothing of this office any more.',
  },
  activated: { id: 'Orang ini sudah aktif lagi.', en: 'This person is active again.' },
  invitations: { id: 'Undangan', en: 'Invitations' },
  invite: { id: 'Undang lewat surel', en: 'Invite by mail' },
  inviteLead: {
    id: 'Tautan sekali pakai dikirim lewat surel dan berlaku tujuh hari.',
    en: 'A one-time link goes out by mail and is good for seven days.',
  },
  invited: { id: 'Undangan sudah dikirim.', en: 'The invitation was sent.' },
  until: { id: 'Berlaku sampai', en: 'Good until' },
  revoke: { id: 'Cabut', en: 'Revoke' },
  renew: { id: 'Kirim ulang', en: 'Send again' },
  renewed: {
    id: 'Undangan dikirim ulang dan berlaku tujuh hari lagi; tautan yang lama tidak berlaku.',
    en: 'The invitation was sent again and is good for seven more days; the former link does nothing now.',
  },
  invitationRevoked: { id: 'Undangan sudah dicabut.', en: 'The invitation was revoked.' },
  noInvitations: { id: 'Tidak ada undangan terbuka', en: 'No open invitations' },
  noInvitationsNext: {
    id: 'Isi formulir di halaman ini untuk mengundang seseorang.',
    en: 'Use the form on this page to invite somebody.',
  },
  acceptTitle: { id: 'Terima undangan', en: 'Accept the invitation' },
  acceptLead: (office: string): Text => ({
    id: `Anda diundang ke ${office}.`,
    en: `You are invited to ${office}.`,
  }),
  accept: { id: 'Terima dan buat akun', en: 'Accept and create the account' },
  acceptSignedIn: { id: 'Terima undangan', en: 'Accept the invitation' },
  joined: { id: 'Selamat datang. Undangan sudah diterima.', en: 'Welcome. The invitation was accepted.' },
  password: { id: 'Kata sandi', en: 'Password' },
  registerTitle: { id: 'Daftar sebagai pemohon', en: 'Register as an applicant' },
  registerLead: {
    id: 'Kantor memeriksa pendaftaran Anda, lalu mengirim undangan ke alamat surel ini.',
    en: 'The office checks your registration, then sends an invitation to this e-mail address.',
  },
  reason: { id: 'Keperluan', en: 'Purpose' },
  reasonHint: {
    id: 'Misalnya: mengajukan subdomain untuk layanan perpustakaan daerah.',
    en: 'For example: to apply for a subdomain for the public library service.',
  },
  register: { id: 'Kirim pendaftaran', en: 'Send the registration' },
  registered: {
    id: 'Pendaftaran sudah diterima. Kabarnya dikirim ke alamat surel yang Anda tulis.',
    en: 'The registration was received. The answer goes to the e-mail address you wrote.',
  },
  registrations: { id: 'Pendaftaran pemohon', en: 'Registrations' },
  registrationsLead: {
    id: 'Pemohon yang menunggu persetujuan.',
    en: 'Applicants who wait for approval.',
  },
  askedAt: { id: 'Diterima', en: 'Received' },
  noRegistrations: { id: 'Tidak ada yang menunggu', en: 'Nobody is waiting' },
  noRegistrationsNext: {
    id: 'Pendaftaran baru muncul di sini.',
    en: 'New registrations appear here.',
  },
  approve: { id: 'Setujui dan undang', en: 'Approve and invite' },
  refuse: { id: 'Tolak', en: 'Refuse' },
  refusalReason: { id: 'Alasan penolakan', en: 'Reason for the refusal' },
  approved: { id: 'Disetujui; undangan sudah dikirim.', en: 'Approved; the invitation was sent.' },
  refused: { id: 'Ditolak; alasannya sudah dikirim.', en: 'Refused; the reason was sent.' },
  tokens: { id: 'Token API', en: 'API tokens' },
  tokensLead: {
    id: 'Dengan token, skrip bertindak atas nama Anda di kantor ini.',
    en: 'With a token, scripts act in your name in this office.',
  },
  tokenName: { id: 'Kegunaan', en: 'Used for' },
  tokenDays: { id: 'Berlaku (hari)', en: 'Good for (days)' },
  tokenCreate: { id: 'Buat token', en: 'Create a token' },
  tokenOnce: {
    id: 'Salin sekarang: token ini tidak akan ditampilkan lagi.',
    en: 'Copy it now: this token is not shown again.',
  },
  tokenRevoked: { id: 'Token sudah dicabut.', en: 'The token was revoked.' },
  noTokens: { id: 'Belum ada token', en: 'No tokens yet' },
  noTokensNext: { id: 'Buat satu untuk skrip Anda.', en: 'Create one for your script.' },
  owner: { id: 'Pemilik', en: 'Owner' },
  lastUsed: { id: 'Terakhir dipakai', en: 'Last used' },
  never: { id: 'belum pernah', en: 'never' },
  officeHome: { id: 'Beranda kantor', en: 'Office home' },
} as const
