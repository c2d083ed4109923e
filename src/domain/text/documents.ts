import type { Text } from '../refused.ts'
import type { PdfCarry } from '../requests/pdf-content.ts'

/** What is said about a PDF that carries more than its pages: to be known before somebody opens it. */
export const carryTexts: Readonly<Record<PdfCarry, Text>> = {
  script: { id: 'memuat skrip', en: 'carries a script' },
  launch: { id: 'hendak menjalankan program', en: 'wants to start a program' },
  automatic: {
    id: 'melakukan sesuatu sendiri saat dibuka',
    en: 'does something by itself when it is opened',
  },
  attachment: { id: 'memuat berkas lain di dalamnya', en: 'carries other files inside' },
  'form-xfa': { id: 'memuat formulir dinamis (XFA)', en: 'carries a dynamic form (XFA)' },
  external: { id: 'memuat tautan ke luar', en: 'carries links to the outside' },
  media: { id: 'memuat suara, video, atau gambar 3D', en: 'carries sound, video or 3D pictures' },
  unseen: { id: 'memuat bagian yang tidak dapat diperiksa', en: 'has parts that could not be looked into' },
}

/** What is said about documents that are handed in. */
export const documentTexts = {
  tooLarge: {
    id: 'Berkas lebih besar dari 10 MB. Permohonan tidak berubah; kecilkan berkasnya lalu unggah lagi.',
    en: 'The file is larger than 10 MB. The request is unchanged; make it smaller and upload it again.',
  },
  kindUnknown: {
    id: 'SOP permohonan ini tidak meminta dokumen tersebut. Unggah sebagai lampiran lain.',
    en: 'The SOP of this request does not ask for that document. Upload it as another attachment.',
  },
  notYours: {
    id: 'Anda tidak berperan dalam permohonan ini, jadi tidak dapat menambahkan dokumen.',
    en: 'You have no part in this request, so you cannot add documents.',
  },
  scanWaiting: { id: 'belum dipindai', en: 'not scanned yet' },
  notScanned: {
    id: 'Berkas ini belum dipindai, jadi belum dapat diunduh. Berkasnya tersimpan dan dipindai dengan sendirinya begitu pemindai menjawab; coba lagi sebentar lagi. Bila lebih dari satu jam, beri tahu pengelola server.',
    en: 'This file was not scanned yet, so it cannot be downloaded. It is on file and is scanned by itself as soon as the scanner answers; try again in a moment. After more than an hour, tell whoever runs the server.',
  },
  /** @param names of the documents */
  stepWaits: (names: readonly string[]): Text => ({
    id: `Langkah ini menunggu pemindaian: ${names.join('; ')}. Isian Anda tidak hilang; berkas dipindai dengan sendirinya, coba lagi sebentar lagi. Bila pemindai lama tidak menjawab, Kepala Bidang atau Kepala Dinas dapat membebaskan berkasnya dengan alasan.`,
    en: `This step waits for the scanner: ${names.join('; ')}. Nothing you entered is lost; the files are scanned by themselves, try again in a moment. If the scanner does not answer for long, the head of division or of the office can release the file with a reason.`,
  }),
  release: { id: 'Bebaskan berkas', en: 'Release the file' },
  releaseTitle: { id: 'Bebaskan berkas yang ditahan?', en: 'Release the file that is held back?' },
  releaseText: {
    id: 'Semua yang dapat melihat permohonan ini lalu dapat mengunduhnya. Pastikan dahulu dengan pengirim dan pengelola server bahwa pemindai keliru. Nama Anda dan alasannya masuk buku log dan riwayat.',
    en: 'Everybody who sees this request can then download it. Make sure first, with the sender and whoever runs the server, that the scanner is wrong. Your name and the reason go into the logbook and the history.',
  },
  releaseWhy: { id: 'Alasan', en: 'Reason' },
  releaseReason: {
    id: 'Tuliskan alasannya dengan sekurang-kurangnya 10 huruf. Berkas masih ditahan.',
    en: 'Give the reason in at least 10 letters. The file is still held back.',
  },
  releaseOwn: {
    id: 'Berkas yang Anda unggah sendiri tidak dapat Anda bebaskan. Berkas masih ditahan; minta pejabat lain.',
    en: 'You cannot release a file that you handed in yourself. It is still held back; ask another head.',
  },
  notHeld: {
    id: 'Berkas ini tidak sedang ditahan. Tidak ada yang berubah.',
    en: 'This file is not held back. Nothing changed.',
  },
  released: { id: 'Berkas dibebaskan.', en: 'The file was released.' },
  quarantined: { id: 'ditahan', en: 'held back' },
  carries: { id: 'Perhatikan, berkas ini', en: 'Take care, this file' },
  carriesHint: {
    id: 'Buka dengan pembaca PDF yang terbarui dan jangan izinkan apa pun yang dimintanya. Bila ragu, minta pemohon mengirim hasil pindai.',
    en: 'Open it with an up-to-date PDF reader and allow nothing that it asks for. When in doubt, ask the applicant for a scan.',
  },
} as const

/** @param finding the name of the signature, as the scanner says it */
export const scanFound = (finding: string): Text => ({
  id: `Berkas ini ditahan karena pemindai menemukan ${finding}. Tidak seorang pun dapat mengunduhnya; isian dan berkas lain tidak berubah. Bersihkan komputer asalnya, lalu unggah berkas lain sebagai gantinya.`,
  en: `This file is held back because the scanner found ${finding}. Nobody can download it; what was entered and the other files are unchanged. Clean the computer that it came from, then upload another file in its place.`,
})

/** @param finding the name of the signature, as the scanner says it */
export const archiveFound = (finding: string): Text => ({
  id: `Arsip ini tidak dipasang karena pemindai menemukan ${finding}. Situs yang sekarang tidak berubah. Bersihkan berkasnya, lalu unggah arsip yang baru.`,
  en: `This archive was not put online because the scanner found ${finding}. The site as it is now is unchanged. Clean the files, then upload a new archive.`,
})

export const pageCount = (pages: number): Text => ({
  id: `${pages.toLocaleString('id')} halaman`,
  en: pages === 1 ? '1 page' : `${pages.toLocaleString('en')} pages`,
})
