import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** The case file: everything of one request in one PDF. */
export const caseFileText = {
  title: both('BERKAS PERMOHONAN', 'CASE FILE'),
  pageTitle: both('Berkas lengkap', 'Case file'),
  make: both('Susun berkas lengkap (PDF)', 'Put together the case file (PDF)'),
  makeHint: both(
    'Isian, riwayat, dokumen, surat, dan bukti permohonan ini dalam satu PDF.',
    'Form, history, documents, letters and proofs of this request in one PDF.',
  ),
  working: both('Berkas sedang disusun', 'The case file is being put together'),
  workingLead: both(
    'Halaman ini memuat ulang sendiri setiap detik. Anda boleh meninggalkannya; berkas tersimpan beberapa menit.',
    'This page reloads itself every second. You may leave it; the file is kept for some minutes.',
  ),
  progress: (done: number, of: number): Text =>
    both(`${done} dari ${of} bagian selesai`, `${done} of ${of} parts done`),
  ready: both('Berkas lengkap siap diunduh', 'The case file is ready'),
  readyLead: both(
    'Sidik digital setiap bagian tercantum pada daftar isinya. Pengunduhan dicatat dalam buku log.',
    'The digest of every part stands in its index. The download is noted in the logbook.',
  ),
  download: both('Unduh PDF', 'Download the PDF'),
  back: both('Kembali ke permohonan', 'Back to the request'),
  pages: both('Halaman', 'Pages'),
  size: both('Ukuran', 'Size'),
  digest: both('Sidik digital SHA-256', 'SHA-256 digest'),
  left: both('Tanpa halaman di dalamnya', 'Listed without pages'),
  gone: both(
    'Berkas ini sudah tidak tersimpan. Tidak ada yang hilang dari permohonan; susun lagi dari halamannya.',
    'This file is not kept any more. Nothing of the request was lost; put it together again from its page.',
  ),
  busy: both(
    'Terlalu banyak berkas sedang disusun. Tidak ada yang hilang; coba lagi sebentar lagi.',
    'Too many case files are being put together. Nothing was lost; try again in a moment.',
  ),
  failed: both(
    'Berkas tidak dapat disusun sekarang. Tidak ada yang hilang; coba lagi sebentar lagi.',
    'The case file cannot be put together right now. Nothing was lost; try again in a moment.',
  ),
  index: both('Daftar isi', 'Contents'),
  no: both('No.', 'No.'),
  part: both('Bagian', 'Part'),
  page: both('Halaman', 'Page'),
  indexNote: both(
    'Sidik digital adalah SHA-256 berkas asli setiap bagian. Berkas asli itu terlampir di dalam PDF ini (panel Lampiran pada pembaca PDF), lengkap dengan tanda tangan elektroniknya.',
    'A digest is the SHA-256 of the original file of a part. The originals are attached to this PDF (attachments panel of the reader) with their electronic signatures.',
  ),
  ticket: both('Nomor permohonan', 'Request'),
  status: both('Keadaan', 'Standing'),
  submitted: both('Dikirim', 'Sent'),
  made: both('Disusun', 'Put together'),
  madeBy: both('Disusun oleh', 'Put together by'),
  form: both('Isian permohonan', 'The application'),
  history: both('Riwayat permohonan', 'History of the request'),
  disposition: both('Lembar disposisi', 'Disposition sheet'),
  service: both('Layanan, bukti, dan sertifikat', 'Service, proofs and certificates'),
  messages: both('Pesan', 'Messages'),
  logbook: both('Kutipan buku log', 'Extract of the logbook'),
  logbookPeriod: (ticket: string): Text => both(`Permohonan ${ticket}`, `Request ${ticket}`),
  printed: both('Dicetak untuk berkas ini', 'Printed for this file'),
  at: both('Waktu', 'Time'),
  by: both('Oleh', 'By'),
  what: both('Kegiatan', 'Activity'),
  text: both('Isi', 'Text'),
  proofs: both('Bukti dari luar', 'Seen from outside'),
  records: both('Rekaman DNS', 'DNS records'),
  certificate: both('Sertifikat', 'Certificate'),
  names: both('Nama', 'Names'),
  issuer: both('Penerbit', 'Issuer'),
  valid: both('Berlaku', 'Valid'),
  registered: both('Terdaftar sampai dengan', 'Registered until'),
  voided: both('DIBATALKAN', 'VOIDED'),
  replaced: both('sudah diganti', 'replaced'),
  code: both('kode periksa', 'verification code'),
  notScanned: both('Belum dipindai: hanya tercantum di daftar ini.', 'Not scanned yet: only listed here.'),
  quarantined: both(
    'Dikarantina pemindai: hanya tercantum di daftar ini.',
    'Quarantined by the scanner: only listed here.',
  ),
  unreadable: both(
    'Halamannya tidak dapat dibaca (terenkripsi atau rusak); berkas aslinya terlampir.',
    'Its pages cannot be read (encrypted or broken); the original is attached.',
  ),
  tooLarge: both(
    'Terlalu besar untuk berkas gabungan: hanya tercantum di daftar ini.',
    'Too large for the bundle: only listed here.',
  ),
  annotated: both(
    'Memuat isian, catatan, atau cap yang tidak ikut tercetak pada halaman gabungan; lihat berkas aslinya di lampiran.',
    'Holds form fields, notes or stamps that the merged pages do not show; see the original in the attachments.',
  ),
} as const
