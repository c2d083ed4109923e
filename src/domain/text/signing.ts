import type { SignRefusal } from '../letters/signing.ts'
import type { Text } from '../refused.ts'

/** Signing letters: who signs, and what stands in the way. */
export const signingTexts = {
  personUnknown: {
    id: 'Pilih pengguna kantor yang aktif.',
    en: 'Choose an active user of the office.',
  },
  overlaps: {
    id: 'Pada tanggal itu sudah ada pejabat dengan kedudukan yang sama. Akhiri masa jabatannya lebih dahulu.',
    en: 'Somebody holds the same office on those days already. End that appointment first.',
  },
  wayUnknown: {
    id: 'Pilih cara tanda tangan yang tersambung di halaman Server.',
    en: 'Choose a way to sign that is connected on the Servers page.',
  },
  nikMissing: {
    id: 'Tulis NIK 16 angka; layanan BSrE memerlukannya.',
    en: 'Write the 16 digits of the NIK; the BSrE service asks for it.',
  },
  badEnd: {
    id: 'Tanggal akhir tidak boleh sebelum tanggal mulai, tidak boleh memperpanjang masa yang sudah ditetapkan, dan masa yang sudah lewat tidak dapat diubah.',
    en: 'The last day may not lie before the first nor extend a set term, and a term that has passed cannot be changed.',
  },
  notAwaiting: {
    id: 'Surat ini tidak sedang menunggu tanda tangan. Tidak ada yang berubah; buka kembali daftar surat.',
    en: 'This letter does not wait for a signature. Nothing changed; open the list again.',
  },
  notSignatory: {
    id: 'Surat ini hanya dapat ditandatangani oleh pejabat yang namanya tercantum. Tidak ada yang berubah.',
    en: 'Only the person whose name stands below this letter can sign it. Nothing changed.',
  },
  notInOffice: {
    id: 'Masa jabatan penanda tangan surat ini tidak mencakup hari ini. Minta administrator menyiapkan surat untuk pejabat yang menjabat.',
    en: 'The signatory of this letter does not hold the office today. Ask for the letter to be set for whoever does.',
  },
  underWay: {
    id: 'Penandatanganan surat ini sedang berjalan atau hasilnya belum diketahui. Tunggu beberapa menit, lalu buka halaman ini kembali.',
    en: 'This letter is being signed, or the outcome is not known yet. Wait some minutes and open this page again.',
  },
  unknown: {
    id: 'Hasil penandatanganan sebelumnya belum diketahui: layanan mungkin sudah menandatangani. Periksa riwayat di layanan BSrE, lalu pilih apa yang Anda temukan di bawah ini. Surat tidak hilang.',
    en: 'The outcome of the last attempt is not known: the service may have signed. Look into its history, then choose below what you found. The letter is not lost.',
  },
  sameSignatory: {
    id: 'Tidak ada pejabat lain yang menjabat hari ini. Tetapkan dahulu pejabatnya di halaman Penanda tangan.',
    en: 'Nobody else holds the office today. Appoint somebody on the Signatories page first.',
  },
  tooManyTries: (minutes: number): Text => ({
    id: `Passphrase salah terlalu sering. Coba lagi setelah ${minutes} menit; surat tetap tersimpan.`,
    en: `The passphrase was wrong too often. Try again after ${minutes} minutes; the letter is kept.`,
  }),
  outcomeUnknown: {
    id: 'Layanan tidak menjawab dengan jelas, sehingga belum diketahui apakah surat sudah ditandatangani. Surat tersimpan dan tidak akan ditandatangani dua kali. Buka halaman ini kembali untuk menyelesaikannya.',
    en: 'The service gave no clear answer, so it is not known whether the letter was signed. It is kept and will not be signed twice. Open this page again to settle it.',
  },
} as const

/** Why a letter was not signed, and what to do next. */
export const signRefusalTexts: Readonly<Record<SignRefusal, Text>> = {
  'wrong-passphrase': {
    id: 'Passphrase salah. Surat belum ditandatangani; tulis passphrase kembali.',
    en: 'The passphrase is wrong. The letter is not signed; enter it again.',
  },
  'certificate-expired': {
    id: 'Masa berlaku sertifikat sudah habis. Surat belum ditandatangani; perbarui sertifikat, lalu coba lagi.',
    en: 'The certificate has expired. The letter is not signed; renew the certificate and try again.',
  },
  'certificate-not-yet-valid': {
    id: 'Sertifikat belum berlaku. Surat belum ditandatangani; periksa tanggal sertifikat dan jam mesin.',
    en: 'The certificate is not valid yet. The letter is not signed; check its dates and the clock of the machine.',
  },
  'other-certificate': {
    id: 'Nama pada sertifikat bukan nama yang ditetapkan untuk pejabat ini. Surat tidak diterbitkan; minta administrator memeriksa kunci dan nama sertifikat.',
    en: 'The name on the certificate is not the one set for this signatory. The letter is not issued; ask the administrator to check key and name.',
  },
  'signer-unknown': {
    id: 'Layanan tanda tangan tidak mengenal NIK pejabat ini. Surat belum ditandatangani; minta administrator memeriksanya.',
    en: 'The signing service does not know the NIK of this signatory. The letter is not signed; ask the administrator to check it.',
  },
  'key-missing': {
    id: 'Berkas kunci tidak ada di mesin. Surat belum ditandatangani; minta pengelola mesin meletakkannya kembali.',
    en: 'The key file is not on the machine. The letter is not signed; ask whoever runs it to put the file back.',
  },
  'key-unusable': {
    id: 'Berkas kunci rusak, tidak memuat satu kunci dengan sertifikatnya, atau dapat dibaca pengguna lain di mesin. Surat belum ditandatangani; minta pengelola mesin memeriksanya.',
    en: 'The key file is damaged, does not hold one key with its certificate, or is open to other users of the machine. The letter is not signed; ask whoever runs it to check.',
  },
  'service-credentials': {
    id: 'Layanan tanda tangan menolak akun kantor. Surat belum ditandatangani; minta administrator memeriksa akunnya.',
    en: 'The signing service refused the account of the office. The letter is not signed; ask the administrator to check it.',
  },
  'service-refused': {
    id: 'Layanan tanda tangan menolak permintaan. Surat belum ditandatangani; coba lagi nanti atau hubungi pengelola layanan.',
    en: 'The signing service refused. The letter is not signed; try again later or ask whoever runs the service.',
  },
  'service-unreachable': {
    id: 'Layanan tanda tangan tidak dapat dihubungi. Surat belum ditandatangani; coba lagi beberapa saat lagi.',
    en: 'The signing service cannot be reached. The letter is not signed; try again in a while.',
  },
}

/** What the trial of a way to sign found. */
export const signatureCheckTexts = {
  'key-found': { id: 'Berkas kunci ada di tempatnya.', en: 'The key file is in its place.' },
  'key-missing': {
    id: 'Berkas kunci tidak ada di folder kunci kantor.',
    en: 'The key file is not in the folder of the office’s keys.',
  },
  'key-open-to-others': {
    id: 'Berkas kunci dapat dibaca pengguna lain di mesin; jalankan chmod 600 pada berkas itu.',
    en: 'The key file can be read by other users of the machine; run chmod 600 on it.',
  },
  answers: {
    id: 'Layanan menjawab dan menerima akun kantor.',
    en: 'The service answers and accepts the account of the office.',
  },
  credentials: {
    id: 'Layanan menolak nama pengguna atau kata sandi.',
    en: 'The service refuses the user name or password.',
  },
  unreachable: {
    id: 'Layanan tidak menjawab di alamat itu.',
    en: 'The service does not answer at that address.',
  },
} as const satisfies Readonly<Record<string, Text>>

/** The page on which a letter is signed, and the list of those that wait. */
export const signPageTexts = {
  listTitle: { id: 'Tanda tangan', en: 'Signatures' },
  listLead: {
    id: 'Surat yang menunggu tanda tangan Anda sebagai pejabat yang menjabat.',
    en: 'Letters that wait for your signature as the holder of the office.',
  },
  empty: { id: 'Tidak ada surat yang menunggu', en: 'No letter waits' },
  emptyNext: {
    id: 'Surat tampil di sini begitu selesai disusun untuk Anda.',
    en: 'Letters appear here as soon as they are set for you.',
  },
  since: { id: 'Menunggu sejak', en: 'Waiting since' },
  title: { id: 'Tanda tangani surat', en: 'Sign the letter' },
  read: { id: 'Baca surat', en: 'Read the letter' },
  readLead: {
    id: 'Yang Anda tanda tangani ialah persis berkas ini.',
    en: 'What you sign is exactly this file.',
  },
  open: { id: 'Buka PDF', en: 'Open the PDF' },
  signatory: { id: 'Penanda tangan', en: 'Signatory' },
  way: { id: 'Cara', en: 'Way' },
  passphrase: { id: 'Passphrase', en: 'Passphrase' },
  passphraseHint: {
    id: 'Diminta setiap kali dan tidak disimpan di mana pun.',
    en: 'Asked for each time and kept nowhere.',
  },
  sign: { id: 'Tanda tangani', en: 'Sign' },
  signed: { id: 'Surat ditandatangani dan terbit.', en: 'The letter was signed and issued.' },
  fetch: { id: 'Ambil hasil dari layanan', en: 'Fetch the result' },
  fetchText: {
    id: 'Layanan sudah menerima surat ini tetapi hasilnya belum sampai. Ambil hasilnya; surat tidak ditandatangani lagi.',
    en: 'The service has this letter but its result did not arrive. Fetch it; nothing is signed again.',
  },
  settleTitle: { id: 'Apakah surat ini sudah ditandatangani?', en: 'Was this letter signed?' },
  settleSigned: { id: 'Sudah: id_dokumen di layanan', en: 'Yes: the service’s id_dokumen' },
  settleSignedHint: {
    id: 'Salin dari riwayat layanan. Kosongkan bila belum ditandatangani.',
    en: 'Copy it from the service’s history. Leave it empty if it was not signed.',
  },
  settleUnsigned: {
    id: 'Sudah saya periksa di layanan: surat ini belum ditandatangani',
    en: 'I looked into the service: this letter was not signed',
  },
  settleMissing: {
    id: 'Tulis id_dokumen, atau nyatakan bahwa surat belum ditandatangani.',
    en: 'Write the id_dokumen, or state that the letter was not signed.',
  },
  decline: { id: 'Kembalikan tanpa tanda tangan', en: 'Give back unsigned' },
  declineTitle: {
    id: 'Surat dibatalkan dengan nomornya, dan petugas mengerjakan kembali langkah itu dengan alasan Anda.',
    en: 'The letter is voided with its number, and the officer has the step again with your reason.',
  },
  reason: { id: 'Alasan', en: 'Reason' },
  declined: { id: 'Surat dikembalikan.', en: 'The letter was given back.' },
  reassign: { id: 'Siapkan untuk pejabat lain', en: 'Set for another signatory' },
  reassignTitle: {
    id: 'Surat disusun ulang dengan nomor yang sama untuk pejabat yang menjabat hari ini.',
    en: 'The letter is set again under the same number for whoever holds the office today.',
  },
  reassigned: { id: 'Surat sedang disusun ulang.', en: 'The letter is being set again.' },
  awaiting: { id: 'Menunggu tanda tangan', en: 'Waiting for a signature' },
  awaitingHolder: {
    id: 'Menunggu tanda tangan pejabat yang menjabat',
    en: 'Waiting for the signature of the holder of the office',
  },
} as const

/** Who signs for the office. */
export const signatoryPageTexts = {
  title: { id: 'Penanda tangan', en: 'Signatories' },
  lead: {
    id: 'Siapa yang menandatangani surat kantor, sejak kapan sampai kapan, dan dengan cara apa. Tanpa daftar ini surat terbit di kertas dengan nomor dan kode QR.',
    en: 'Who signs the letters of the office, from when to when, and how. Without this list letters are issued on paper with number and QR code.',
  },
  empty: { id: 'Belum ada penanda tangan', en: 'No signatory yet' },
  emptyNext: {
    id: 'Tetapkan pejabat di bawah ini. Sambungkan dahulu cara tanda tangannya di halaman Server.',
    en: 'Appoint somebody below. Connect the way to sign on the Servers page first.',
  },
  add: { id: 'Tetapkan penanda tangan', en: 'Appoint a signatory' },
  person: { id: 'Pengguna', en: 'User' },
  acting: { id: 'Kedudukan', en: 'Capacity' },
  definitive: { id: 'Pejabat definitif', en: 'Holder of the office' },
  post: { id: 'Jabatan pada surat', en: 'Post on the letter' },
  name: { id: 'Nama pada surat', en: 'Name on the letter' },
  nameHint: { id: 'Dengan gelar, seperti yang dicetak.', en: 'With titles, as it is printed.' },
  rank: { id: 'Pangkat dan golongan', en: 'Rank and class' },
  nip: { id: 'NIP', en: 'Staff number (NIP)' },
  from: { id: 'Sejak tanggal', en: 'From' },
  until: { id: 'Sampai tanggal', en: 'Until' },
  untilHint: {
    id: 'Wajib bagi Plt. dan Plh.; kosong berarti belum ditentukan.',
    en: 'Must be set for Plt. and Plh.; empty means not set yet.',
  },
  way: { id: 'Cara tanda tangan', en: 'Way to sign' },
  byHand: { id: 'Di atas kertas', en: 'On paper' },
  certificateName: { id: 'Nama pada sertifikat (CN)', en: 'Name on the certificate (CN)' },
  certificateNameHint: {
    id: 'Persis seperti di sertifikat. Kunci dengan nama lain ditolak.',
    en: 'Exactly as in the certificate. A key with another name is refused.',
  },
  nik: { id: 'NIK', en: 'National identity number (NIK)' },
  nikHint: {
    id: 'Hanya untuk BSrE. Disimpan tersandi dan tidak pernah ditampilkan lagi.',
    en: 'Only for BSrE. It is kept encrypted and never shown again.',
  },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Penanda tangan ditetapkan.', en: 'The signatory was appointed.' },
  days: { id: 'Masa jabatan', en: 'Term' },
  open: { id: 'seterusnya', en: 'open' },
  now: { id: 'Menandatangani hari ini', en: 'Signs today' },
  end: { id: 'Akhiri masa jabatan', en: 'End the term' },
  endDay: { id: 'Hari terakhir', en: 'Last day' },
  ended: { id: 'Masa jabatan diakhiri.', en: 'The term was ended.' },
} as const

/** Where the national archive has a letter. */
export const archiveTexts = {
  title: { id: 'Arsip SRIKANDI', en: 'National archive (SRIKANDI)' },
  hint: {
    id: 'Belum dicatat. Isi setelah surat didaftarkan di SRIKANDI.',
    en: 'Not noted yet. Fill it in once the letter is registered in SRIKANDI.',
  },
  link: { id: 'Tautan', en: 'Link' },
  number: { id: 'Nomor SRIKANDI', en: 'SRIKANDI number' },
  date: { id: 'Tanggal SRIKANDI', en: 'SRIKANDI date' },
  linkOf: { id: 'Tautan SRIKANDI', en: 'SRIKANDI link' },
  edit: { id: 'Catat rujukan arsip', en: 'Note the archive reference' },
  save: { id: 'Simpan', en: 'Save' },
  saved: { id: 'Rujukan arsip dicatat.', en: 'The archive reference was noted.' },
} as const

/** What the signature inside a PDF says of it. */
export const signatureReportTexts = {
  title: { id: 'Tanda tangan elektronik', en: 'Electronic signature' },
  intact: {
    id: 'Tanda tangan elektronik di dalam berkas utuh: tidak ada yang berubah sejak ditandatangani.',
    en: 'The electronic signature in the file is intact: nothing has changed since it was signed.',
  },
  broken: {
    id: 'Tanda tangan elektronik di dalam berkas tidak cocok dengan isinya: berkas ini telah berubah.',
    en: 'The electronic signature in the file does not fit its content: this file was changed.',
  },
  none: {
    id: 'Berkas ini tidak memuat tanda tangan elektronik.',
    en: 'This file carries no electronic signature.',
  },
  certificate: { id: 'Nama pada sertifikat', en: 'Name on the certificate' },
  issuer: { id: 'Penerbit sertifikat', en: 'Issuer of the certificate' },
  serial: { id: 'Nomor seri sertifikat', en: 'Serial number of the certificate' },
  signedAt: { id: 'Ditandatangani', en: 'Signed at' },
  notJudged: {
    id: 'Ranah tidak menilai apakah penerbit sertifikat itu tepercaya.',
    en: 'Ranah does not judge whether the issuer of that certificate is to be trusted.',
  },
} as const
