import type { Text } from '../refused.ts'

/** The pages for everybody: front door, tracking, verifying, official names. */
export const publicTexts = {
  trackTitle: { id: 'Lacak permohonan', en: 'Track a request' },
  trackLead: {
    id: 'Masukkan nomor tiket untuk melihat langkah yang sedang berjalan, siapa yang bertindak, dan batas waktunya. Tidak ada data pribadi yang ditampilkan.',
    en: 'Enter the ticket to see the present step, who acts and by when. No personal data is shown.',
  },
  ticket: { id: 'Nomor tiket', en: 'Ticket' },
  ticketHint: {
    id: 'Tertera pada tanda terima permohonan, misalnya KUKAR-2026-7F3K9QXA.',
    en: 'It stands on the receipt of the request, for example KUKAR-2026-7F3K9QXA.',
  },
  trackAnother: { id: 'Lacak permohonan lain', en: 'Track another request' },
  trackButton: { id: 'Lacak', en: 'Track' },
  trackNone: {
    id: 'Tidak ada permohonan dengan nomor ini. Periksa kembali nomor pada tanda terima, terutama angka 0 dan huruf O.',
    en: 'There is no request with this number. Check the number on the receipt, above all 0 and O.',
  },
  step: { id: 'Langkah', en: 'Step' },
  stepOf: (no: number, count: number): Text => ({
    id: `Langkah ${no} dari ${count}`,
    en: `Step ${no} of ${count}`,
  }),
  submitted: { id: 'Diajukan', en: 'Submitted' },
  changed: { id: 'Terakhir berubah', en: 'Last change' },
  office: { id: 'Kantor', en: 'Office' },
  sop: { id: 'SOP', en: 'SOP' },
  now: { id: 'Keadaan sekarang', en: 'Where it stands' },

  verifyTitle: { id: 'Periksa keaslian surat', en: 'Verify a letter' },
  verifyLead: {
    id: 'Masukkan kode pada surat, atau unggah berkas PDF-nya. Berkas tidak disimpan; hanya sidiknya yang dicocokkan.',
    en: 'Enter the code on the letter, or upload the PDF. The file is not kept; just its digest is compared.',
  },
  code: { id: 'Kode pemeriksaan', en: 'Verification code' },
  codeHint: {
    id: 'Tercetak di bawah kode QR surat, misalnya KUKAR-7F3K9QXA2B4C.',
    en: 'Printed below the QR code, for example KUKAR-7F3K9QXA2B4C.',
  },
  byCode: { id: 'Dengan kode', en: 'By code' },
  byFile: { id: 'Dengan berkas PDF', en: 'By PDF file' },
  file: { id: 'Berkas surat (PDF)', en: 'The letter (PDF)' },
  fileMissing: { id: 'Pilih berkas PDF terlebih dahulu.', en: 'Choose a PDF file first.' },
  verifyButton: { id: 'Periksa', en: 'Verify' },
  compareButton: { id: 'Cocokkan berkas', en: 'Compare the file' },
  verifyNone: {
    id: 'Tidak ada surat dengan kode ini. Periksa kembali kode pada surat; bila tetap tidak ditemukan, jangan percayai surat itu dan hubungi kantor yang tertera.',
    en: 'There is no letter with this code. Check the code on the letter; if it is still not found, do not trust the letter and ask the office named on it.',
  },
  fileUnknown: {
    id: 'Berkas ini tidak sama dengan surat mana pun yang pernah diterbitkan di sini. Satu huruf yang diubah pun membuatnya berbeda, begitu pula hasil pindaian atau berkas yang disimpan ulang oleh aplikasi lain. Jangan percayai isinya: periksa dengan kode yang tertera pada surat, atau hubungi kantor penerbitnya.',
    en: 'This file equals no letter that was ever issued here. A single changed character makes it differ, and so does a scan or a copy that another program saved anew. Do not trust it: verify it by the code on the letter, or ask the office that issued it.',
  },
  stands: { id: 'Surat ini asli dan berlaku', en: 'This letter is genuine and stands' },
  standsText: {
    id: 'Surat dengan data berikut diterbitkan oleh kantor ini. Cocokkan dengan surat di tangan Anda.',
    en: 'A letter with these facts was issued by this office. Compare them with the letter in your hands.',
  },
  voided: { id: 'Surat ini sudah dibatalkan', en: 'This letter was voided' },
  voidedText: (date: string): Text => ({
    id: `Surat ini pernah diterbitkan, tetapi dibatalkan pada ${date} dan tidak berlaku lagi. Hubungi kantor penerbit.`,
    en: `This letter was issued once, but was voided on ${date} and no longer stands. Ask the issuing office.`,
  }),
  pending: { id: 'Surat ini belum terbit', en: 'This letter has not been issued yet' },
  pendingText: {
    id: 'Nomornya sudah diambil, tetapi suratnya masih disusun. Periksa lagi beberapa saat lagi.',
    en: 'It has its number, but is still being set. Check again in a moment.',
  },
  same: { id: 'Berkas Anda sama persis dengan surat ini.', en: 'Your file is exactly this letter.' },
  differs: {
    id: 'Berkas Anda TIDAK sama dengan surat ini: isinya telah berubah, atau berkasnya lain, misalnya hasil pindaian atau disimpan ulang oleh aplikasi lain. Jangan percayai berkas itu; bandingkan dengan data surat di halaman ini, atau minta berkas aslinya.',
    en: 'Your file is NOT this letter: it was changed, or it is another file, a scan for instance, or a copy that another program saved anew. Do not trust it; compare it with what this page says, or ask for the original file.',
  },
  headNow: { id: 'Kepala buku log sekarang', en: 'Head of the logbook now' },

  namesTitle: { id: 'Daftar subdomain resmi', en: 'Official subdomains' },
  namesLead: {
    id: 'Situs pemerintah yang tidak ada di daftar kantornya bukan situs resmi yang terdaftar di sini.',
    en: 'A government site that is missing from the list of its office is not an official one registered here.',
  },
  name: { id: 'Nama', en: 'Name' },
  agency: { id: 'Perangkat daerah', en: 'Agency' },
  since: { id: 'Sejak', en: 'Since' },
  until: { id: 'Terdaftar sampai', en: 'Registered until' },
  search: { id: 'Cari nama atau perangkat daerah', en: 'Search by name or agency' },
  filter: { id: 'Saring daftar', en: 'Filter the list' },
  namesFile: { id: 'Berkas daftar subdomain resmi', en: 'Official subdomains as a file' },
  allCsv: { id: 'Unduh semua kantor (CSV)', en: 'Download all offices (CSV)' },
  json: { id: 'JSON dengan keterangan', en: 'JSON with description' },
  count: (count: number): Text => ({ id: `${count} nama`, en: count === 1 ? '1 name' : `${count} names` }),
  namesEmpty: { id: 'Belum ada nama yang terdaftar', en: 'No name registered yet' },
  namesEmptyNext: {
    id: 'Nama tampil di sini begitu layanannya aktif.',
    en: 'Names appear here as soon as their service is live.',
  },
  namesNoMatch: { id: 'Tidak ada nama yang cocok', en: 'No name matches' },
  namesNoMatchNext: {
    id: 'Bila sebuah situs mengaku milik pemerintah tetapi tidak ada di sini, laporkan kepada kantor.',
    en: 'If a site says it is of the government and is not here, tell the office.',
  },
  moreNames: (shown: number): Text => ({
    id: `Hanya ${shown} nama pertama yang tampil; seluruhnya ada dalam berkas CSV.`,
    en: `Just the first ${shown} names are shown; all of them are in the CSV file.`,
  }),

  offices: { id: 'Kantor', en: 'Offices' },
  whatTitle: { id: 'Layanan untuk umum', en: 'For everybody' },
  whatNames: {
    id: 'Pastikan sebuah alamat .go.id benar milik pemerintah daerah.',
    en: 'Make sure that a .go.id address really is of the local government.',
  },
  whatVerify: {
    id: 'Pastikan sebuah surat benar diterbitkan kantor dan masih berlaku.',
    en: 'Make sure that a letter really was issued by the office and stands.',
  },
  whatHeads: {
    id: 'Catat kepala buku log untuk membuktikan keutuhannya kelak.',
    en: 'Note the head of the logbook to prove later that it is whole.',
  },
  openPage: { id: 'Buka', en: 'Open' },
} as const
