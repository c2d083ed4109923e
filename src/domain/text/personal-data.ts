import type { Text } from '../refused.ts'

/** What is held on a person, and its erasure. */
export const personalDataTexts = {
  title: { id: 'Data pribadi', en: 'Personal data' },
  lead: {
    id: 'Semua yang disimpan kantor ini tentang orang ini, di setiap tabel. Pembukaan halaman ini sendiri tercatat dalam buku log.',
    en: 'Everything that this office holds on this person, in every table. Opening this page is itself recorded in the logbook.',
  },
  ownOpen: { id: 'Lihat data pribadi saya', en: 'See my personal data' },
  own: { id: 'Data pribadi saya', en: 'My personal data' },
  ownLead: {
    id: 'Lihat dan unduh semua yang disimpan tentang Anda. Nama dan surel Anda ubah sendiri di halaman ini; kontak layanan diubah dengan permohonan perubahan kontak.',
    en: 'See and download everything held on you. Name and e-mail you change here yourself; contacts of a service are changed by a request.',
  },
  download: { id: 'Unduh JSON', en: 'Download JSON' },
  rows: (count: number): Text => ({ id: `${count} baris`, en: `${count} rows` }),
  readers: { id: 'Siapa yang membuka data ini', en: 'Who saw this data' },
  readersLead: {
    id: 'Kontak, berkas, dan daftar yang dibuka atau diunduh orang lain, yang terbaru dahulu. Unduhan JSON memuat semuanya.',
    en: 'Contacts, files and lists that others opened or downloaded, the newest first. The JSON file has all of them.',
  },
  noReaders: { id: 'Belum ada yang membuka', en: 'Nobody did' },
  noReadersNext: {
    id: 'Begitu seseorang membukanya, nama dan waktunya tampil di sini.',
    en: 'As soon as somebody does, their name and the time show here.',
  },
  what: { id: 'Yang disimpan', en: 'What is held' },
  erase: { id: 'Hapus data orang ini', en: "Erase this person's data" },
  eraseLead: {
    id: 'Dilakukan atas permintaan orang itu (UU 27/2022). Akun, sesi, kontak pada layanan yang tutup dan permohonan yang selesai, undangan, dan data di balik buku log dihapus; tidak dapat dibatalkan. Buku log tetap utuh dan setiap buktinya tetap berlaku. Surat yang sudah terbit dan berkas permohonan tetap disimpan sebagai arsip.',
    en: 'Done at the request of that person (Law 27/2022). Account, sessions, contacts of closed services and ended requests, invitations and the data behind the logbook are erased; it cannot be undone. The logbook stays whole and every proof of it stays good. Issued letters and documents of requests stay, as archive.',
  },
  reference: { id: 'Dasar penghapusan', en: 'Ground of the erasure' },
  referenceHint: {
    id: 'Nomor dan tanggal surat permintaannya. Jangan menulis nama orangnya: keterangan ini masuk buku log dan tidak dapat dihapus.',
    en: 'Number and date of the letter that asks for it. Do not write the name of the person: this goes into the logbook and cannot be erased.',
  },
  eraseButton: { id: 'Hapus untuk selamanya', en: 'Erase for good' },
  erased: {
    id: 'Data pribadinya sudah dihapus. Yang masih tampil di bawah disimpan sebagai arsip.',
    en: 'The personal data is erased. What still shows below is kept as archive.',
  },
  personActive: {
    id: 'Orang ini masih aktif di kantor. Nonaktifkan dahulu di halaman Pengguna, lalu hapus datanya. Belum ada yang dihapus.',
    en: 'This person is still active in the office. Deactivate them on the page Users first, then erase their data. Nothing was erased yet.',
  },
  stillContact: (names: string): Text => ({
    id: `Orang ini masih kontak layanan yang hidup (${names}). Ganti kontaknya dahulu dengan permohonan perubahan kontak. Belum ada yang dihapus.`,
    en: `This person is still a contact of a live service (${names}). Replace the contact by a request first. Nothing was erased yet.`,
  }),
  stillRunning: (tickets: string): Text => ({
    id: `Orang ini masih kontak dalam permohonan yang berjalan (${tickets}). Tunggu sampai selesai, atau ganti kontaknya. Belum ada yang dihapus.`,
    en: `This person is still a contact in a running request (${tickets}). Wait until it ends, or replace the contact. Nothing was erased yet.`,
  }),
  namesPerson: {
    id: 'Keterangan ini memuat nama atau surel orang itu. Tulislah nomor surat saja.',
    en: 'This text holds the name or e-mail of that person. Write the number of the letter only.',
  },
  tables: {
    age_recipients: { id: 'Kunci age', en: 'age key' },
    api_tokens: { id: 'Token API', en: 'API tokens' },
    appointments: { id: 'Penugasan', en: 'Appointments' },
    auth_session: { id: 'Sesi masuk', en: 'Sessions' },
    auth_user: { id: 'Akun', en: 'Account' },
    credential_reveals: { id: 'Serah terima kredensial', en: 'Hand-overs of credentials' },
    documents: { id: 'Berkas yang diunggah', en: 'Uploaded documents' },
    email_changes: { id: 'Perubahan surel', en: 'Changes of e-mail' },
    invitations: { id: 'Undangan', en: 'Invitations' },
    letters: { id: 'Surat', en: 'Letters' },
    logbook_entries: { id: 'Entri buku log', en: 'Entries of the logbook' },
    logbook_openings: { id: 'Data di balik entri buku log', en: 'Data behind entries of the logbook' },
    memberships: { id: 'Peran di kantor', en: 'Roles in the office' },
    messages: { id: 'Pesan', en: 'Messages' },
    request_events: { id: 'Riwayat permohonan', en: 'Timeline of requests' },
    requests: { id: 'Permohonan', en: 'Requests' },
    self_registrations: { id: 'Pendaftaran', en: 'Registrations' },
    services: { id: 'Layanan', en: 'Services' },
    signatories: { id: 'Penanda tangan', en: 'Signatories' },
    site_deployments: { id: 'Arsip situs yang diunggah', en: 'Uploaded site archives' },
    sop_actors: { id: 'Pelaksana SOP', en: 'Actors of SOPs' },
    sop_versions: { id: 'Versi SOP yang disimpan', en: 'Saved versions of SOPs' },
  } as Readonly<Record<string, Text>>,
  erasedName: '(data dihapus)',
} as const
