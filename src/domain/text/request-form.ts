import type { Text } from '../refused.ts'

/** The guided form of an application: its stages, fields and hints. */
export const requestFormTexts = {
  newTitle: { id: 'Ajukan permohonan', en: 'New request' },
  newLead: {
    id: 'Pilih layanan yang dibutuhkan. Isian disimpan sebagai draf di setiap tahap dan dapat dilanjutkan kapan saja.',
    en: 'Choose the service you need. What you enter is saved as a draft at every stage; go on whenever you like.',
  },
  counterTitle: { id: 'Permohonan di loket', en: 'Request at the counter' },
  counterLead: {
    id: 'Masukkan surat kertas atas nama perangkat daerah. Pindai suratnya sebagai PDF; tindakan Anda tercatat di buku log.',
    en: 'Enter a paper letter on behalf of an agency. Scan it as PDF; the logbook records that you did.',
  },
  counterMenu: { id: 'Permohonan di loket', en: 'At the counter' },
  kind: { id: 'Jenis permohonan', en: 'Kind of request' },
  agency: { id: 'Perangkat daerah', en: 'Agency' },
  agencyHint: { id: 'Atas nama siapa permohonan ini diajukan.', en: 'On whose behalf you apply.' },
  start: { id: 'Mulai mengisi', en: 'Start' },
  noAgency: {
    id: 'Akun Anda belum terhubung dengan perangkat daerah. Hubungi administrator kantor ini.',
    en: 'Your account belongs to no agency yet. Ask the administrator of this office.',
  },
  noKinds: {
    id: 'Kantor ini belum menerbitkan SOP, jadi belum ada layanan yang dapat dimohon.',
    en: 'This office has published no SOP yet, so nothing can be applied for.',
  },
  formTitle: { id: 'Isian permohonan', en: 'Application' },
  correctTitle: { id: 'Perbaiki permohonan', en: 'Correct the application' },
  saveNext: { id: 'Simpan dan lanjutkan', en: 'Save and continue' },
  saveDraft: { id: 'Simpan draf', en: 'Save draft' },
  previous: { id: 'Kembali', en: 'Back' },
  saved: { id: 'Isian tersimpan sebagai draf.', en: 'Saved as a draft.' },
  savedIncomplete: {
    id: 'Isian tersimpan, tetapi tahap ini belum lengkap. Perbaiki bagian berikut, atau pilih "Simpan draf" untuk melanjutkan nanti.',
    en: 'Saved, but this stage is not complete. Correct the following, or choose "Save draft" to go on later.',
  },
  subjectTitle: { id: 'Apa yang dimohon', en: 'What you apply for' },
  zone: { id: 'Domain induk', en: 'Parent domain' },
  label: { id: 'Nama yang dimohon', en: 'Name applied for' },
  labelHint: {
    id: 'Huruf kecil, angka, dan tanda hubung, mis. perpustakaan. Pakai singkatan resmi.',
    en: 'Lower-case letters, digits and hyphens, e.g. perpustakaan. Use the official abbreviation.',
  },
  purpose: { id: 'Kegunaan', en: 'Purpose' },
  purposeHint: {
    id: 'Satu dua kalimat tentang layanan di balik nama ini.',
    en: 'One or two sentences about the service behind this name.',
  },
  endsOn: { id: 'Berlaku sampai (khusus nama kegiatan)', en: 'In use until (for event names)' },
  endsOnEvent: { id: 'Kegiatan berakhir pada', en: 'The event ends on' },
  endsOnHint: {
    id: 'Kosongkan untuk nama tetap.',
    en: 'Leave empty for a permanent name.',
  },
  service: { id: 'Layanan', en: 'Service' },
  serviceHint: {
    id: 'Layanan yang sudah ada milik perangkat daerah Anda.',
    en: "A live service of your agency's.",
  },
  noServices: {
    id: 'Perangkat daerah ini belum memiliki layanan yang aktif, jadi jenis permohonan ini belum dapat dikirim.',
    en: 'This agency has no live service yet, so this kind of request cannot be sent.',
  },
  siteTitle: { id: 'Situs', en: 'Site' },
  siteHint: {
    id: 'Bila ragu, pilih halaman statis tanpa basis data; jenisnya dapat diubah dengan permohonan berikutnya.',
    en: 'When in doubt choose static pages without a database; a later request can change it.',
  },
  siteKind: { id: 'Jenis situs', en: 'Kind of site' },
  siteKinds: {
    static: { id: 'Halaman statis (HTML, CSS, gambar)', en: 'Static pages (HTML, CSS, images)' },
    php: { id: 'Aplikasi PHP', en: 'PHP application' },
    proxy: { id: 'Diteruskan ke server milik perangkat daerah', en: 'Passed on to a server of the agency' },
    redirect: { id: 'Dialihkan ke alamat lain', en: 'Redirected to another address' },
    maintenance: { id: 'Halaman pemeliharaan', en: 'Maintenance page' },
  },
  siteTarget: { id: 'Alamat tujuan', en: 'Where it leads' },
  siteTargetHint: {
    id: 'Hanya untuk situs yang diteruskan (alamat IP, misalnya http://192.0.2.10:8080) atau dialihkan (misalnya https://contoh.go.id/).',
    en: 'Only for a site that is passed on (an IP address, for example http://192.0.2.10:8080) or redirected (for example https://contoh.go.id/).',
  },
  siteDatabase: { id: 'Basis data', en: 'Database' },
  noDatabase: { id: 'Tanpa basis data', en: 'No database' },
  targetTitle: { id: 'Tujuan nama', en: 'Where the name points' },
  targetType: { id: 'Jenis rekaman', en: 'Type of record' },
  targetA: { id: 'A: alamat IPv4', en: 'A: an IPv4 address' },
  targetAaaa: { id: 'AAAA: alamat IPv6', en: 'AAAA: an IPv6 address' },
  targetCname: { id: 'CNAME: nama host lain', en: 'CNAME: another host name' },
  targetValue: { id: 'Alamat atau nama tujuan', en: 'Address or host name' },
  targetHint: {
    id: 'Mis. 192.0.2.10 atau server.contohkab.go.id',
    en: 'E.g. 192.0.2.10 or server.contohkab.go.id',
  },
  preparedLetter: {
    id: 'Surat permohonan dan formulir siap tanda tangan',
    en: 'Letter and form, ready to sign',
  },
  preparedLetterHint: {
    id: 'PDF dari isian yang tersimpan: unduh, tanda tangani, pindai, lalu unggah di bawah ini.',
    en: 'A PDF of what was saved: download it, sign it, scan it, and upload it below.',
  },
  letterTitle: { id: 'Surat permohonan', en: 'The letter' },
  letterHint: {
    id: 'Surat resmi yang ditandatangani pejabat yang berwenang.',
    en: 'The official letter, signed by the person entitled to.',
  },
  letterNumber: { id: 'Nomor surat', en: 'Number of the letter' },
  letterDate: { id: 'Tanggal surat', en: 'Date of the letter' },
  signatory: { id: 'Nama penanda tangan', en: 'Signatory' },
  signatoryPost: { id: 'Jabatan penanda tangan', en: 'Post of the signatory' },
  filesTitle: { id: 'Dokumen yang diminta SOP', en: 'Documents the SOP asks for' },
  fileHint: { id: 'PDF tanpa kata sandi, paling besar 10 MB.', en: 'PDF without a password, at most 10 MB.' },
  fileMissing: (title: string): Text => ({
    id: `Unggah ${title} sebagai PDF.`,
    en: `Upload ${title} as PDF.`,
  }),
  fileReplace: {
    id: 'Sudah diunggah. Pilih berkas lain hanya bila ingin menggantinya.',
    en: 'Uploaded already. Choose another file only to replace it.',
  },
  fileLater: { id: 'dapat disusulkan', en: 'may follow later' },
  fileOptional: { id: 'bila ada', en: 'if there is one' },
  contactsTitle: { id: 'Penanggung jawab', en: 'Contacts' },
  administrative: { id: 'Penanggung jawab administratif', en: 'Administrative contact' },
  administrativeHint: {
    id: 'Menjawab urusan surat, masa berlaku, dan pendaftaran ulang.',
    en: 'Answers for letters, validity and re-registration.',
  },
  technical: { id: 'Penanggung jawab teknis', en: 'Technical contact' },
  technicalHint: {
    id: 'Menerima akses layanan satu kali setelah masuk dengan surel ini.',
    en: 'Receives the access once, after signing in with this e-mail address.',
  },
  contactName: { id: 'Nama lengkap', en: 'Full name' },
  nip: { id: 'NIP', en: 'NIP' },
  nipHint: { id: '18 angka; kosongkan bila tidak ada.', en: '18 digits; leave empty if there is none.' },
  rank: { id: 'Pangkat/golongan', en: 'Rank' },
  post: { id: 'Jabatan', en: 'Post' },
  phone: { id: 'Nomor telepon atau WhatsApp', en: 'Telephone or WhatsApp number' },
  email: { id: 'Surel', en: 'E-mail' },
  systemTitle: { id: 'Data sistem elektronik (data PSE)', en: 'Electronic system (PSE data)' },
  systemHint: {
    id: 'Kategori pengamanan dan klasifikasi data dihitung dari jawaban Anda.',
    en: 'The security category and the data classification are computed from your answers.',
  },
  systemName: { id: 'Nama sistem elektronik', en: 'Name of the electronic system' },
  systemPurpose: { id: 'Fungsi sistem', en: 'Function of the system' },
  sector: { id: 'Sektor', en: 'Sector' },
  url: { id: 'Alamat (URL)', en: 'Address (URL)' },
  urlHint: {
    id: 'Bila sudah ada, mis. https://contohkab.go.id',
    en: 'If there is one, e.g. https://contohkab.go.id',
  },
  storagePlace: { id: 'Tempat penyimpanan data', en: 'Where the data are stored' },
  provider: { id: 'Penyedia tempat penyimpanan', en: 'Provider of the storage' },
  providerHint: {
    id: 'Diisi bila bukan ruang server sendiri atau PDN.',
    en: 'Unless it is your own room or the national centre.',
  },
  processed: { id: 'Apakah data pribadi diproses?', en: 'Are personal data processed?' },
  kinds: { id: 'Jenis data pribadi', en: 'Kinds of personal data' },
  kindGeneral: { id: 'Umum (nama, alamat, dan sejenisnya)', en: 'General (name, address and the like)' },
  kindSpecific: {
    id: 'Spesifik (kesehatan, keuangan, anak, dan sejenisnya)',
    en: 'Specific (health, finance, children and the like)',
  },
  yes: { id: 'Ya', en: 'Yes' },
  no: { id: 'Tidak', en: 'No' },
  securityTitle: { id: 'Kategori pengamanan (BSSN 8/2020)', en: 'Security category (BSSN 8/2020)' },
  securityHint: {
    id: 'Sepuluh pertanyaan; pilih yang paling mendekati.',
    en: 'Ten questions; choose what fits best.',
  },
  classificationTitle: { id: 'Klasifikasi data', en: 'Data classification' },
  registrationTitle: { id: 'Pendaftaran PSE (TDPSE)', en: 'Registration (TDPSE)' },
  registrationStatus: { id: 'Status pendaftaran', en: 'Status' },
  registrationNumber: { id: 'Nomor TDPSE', en: 'TDPSE number' },
  registrationDate: { id: 'Tanggal TDPSE', en: 'TDPSE date' },
  legalBasis: { id: 'Dasar hukum sistem', en: 'Legal basis of the system' },
  legalBasisHint: {
    id: 'Peraturan yang mendasari sistem ini, bila ada. Peraturan yang sudah dicabut akan ditandai.',
    en: 'The rules the system is based on, if any. Revoked ones are pointed out.',
  },
  category: { id: 'Kategori pengamanan', en: 'Security category' },
  classification: { id: 'Klasifikasi data', en: 'Data classification' },
  score: (word: Text, score: number): Text => ({
    id: `${word.id} (skor ${score})`,
    en: `${word.en} (score ${score})`,
  }),
  notComputed: { id: 'Belum dapat dihitung; jawab semua pertanyaan.', en: 'Not yet; answer all questions.' },
  compute: { id: 'Simpan dan hitung', en: 'Save and compute' },
  reviewTitle: { id: 'Periksa dan kirim', en: 'Check and send' },
  complete: { id: 'Lengkap', en: 'Complete' },
  incomplete: (count: number): Text => ({
    id: `${count} isian belum lengkap`,
    en: count === 1 ? '1 field to complete' : `${count} fields to complete`,
  }),
  edit: { id: 'Ubah', en: 'Edit' },
  notFilled: { id: 'Belum diisi', en: 'Not filled in' },
  send: { id: 'Kirim permohonan', en: 'Send the request' },
  resend: { id: 'Kirim kembali', en: 'Send again' },
  sendNote: {
    id: 'Setelah dikirim, isian tidak dapat diubah kecuali dikembalikan kepada Anda.',
    en: 'Once sent, it cannot be changed unless it is returned to you.',
  },
  sent: { id: 'Permohonan terkirim.', en: 'The request was sent.' },
  systemEmpty: {
    id: 'Data PSE belum diisi. Permohonan dapat dikirim, tetapi petugas akan memintanya saat memeriksa.',
    en: 'The PSE data are not filled in. The request can be sent, but the officer will ask for them.',
  },
  findings: { id: 'Catatan tentang data PSE', en: 'About the PSE data' },
  findingsLead: {
    id: 'Petugas akan melihat catatan ini saat memeriksa. Permohonan tetap dapat dikirim.',
    en: 'The officer will see this. The request can be sent all the same.',
  },
  extraTitle: { id: 'Isian khusus permohonan ini', en: 'Fields of this kind of request' },
} as const

/** The stages of the guided form, in their order. */
export const stageTexts = {
  subjek: { id: 'Jenis dan nama', en: 'Kind and name' },
  record: { id: 'Record DNS', en: 'DNS records' },
  surat: { id: 'Surat', en: 'Letter' },
  kontak: { id: 'Kontak', en: 'Contacts' },
  sistem: { id: 'Data PSE', en: 'PSE data' },
  periksa: { id: 'Periksa dan kirim', en: 'Check and send' },
} as const satisfies Readonly<Record<string, Text>>

export const kindHints: Readonly<Record<string, Text>> = {
  subdomain: {
    id: 'Nama menunjuk ke server milik perangkat daerah.',
    en: "The name points to the agency's own server.",
  },
  hosting: { id: 'Ruang situs di bawah nama yang sudah ada.', en: 'Web space under a name that exists.' },
  'subdomain-hosting': {
    id: 'Nama baru beserta ruang situsnya.',
    en: 'A new name together with its web space.',
  },
  'contact-takeover': {
    id: 'Semua narahubung sudah pindah atau berhenti: narahubung baru ditunjuk dengan surat kepala perangkat daerah.',
    en: 'All contacts have left: new ones are named by a letter of the head of the agency.',
  },
  're-registration': {
    id: 'Perpanjang masa pendaftaran layanan.',
    en: 'Extend the registration of a service.',
  },
  'record-change': {
    id: 'Tambah, ubah, atau hapus record pada nama layanan dan di bawahnya.',
    en: 'Add, change or remove records at and below the name of the service.',
  },
  closure: {
    id: 'Hapus situs dan namanya; nama dilepas kembali.',
    en: 'Remove the site and its name; the name is released.',
  },
}

export const storageTexts: Readonly<Record<'office' | 'national' | 'domestic' | 'abroad', Text>> = {
  office: { id: 'Ruang server sendiri', en: 'Own server room' },
  national: { id: 'Pusat Data Nasional', en: 'National data centre' },
  domestic: { id: 'Penyedia di Indonesia', en: 'A provider in Indonesia' },
  abroad: { id: 'Luar negeri', en: 'Abroad' },
}

export const registrationTexts: Readonly<Record<'not-yet' | 'applied' | 'registered', Text>> = {
  'not-yet': { id: 'Belum', en: 'Not yet' },
  applied: { id: 'Diajukan', en: 'Applied for' },
  registered: { id: 'Terdaftar', en: 'Registered' },
}
