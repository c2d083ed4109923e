import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** A letter that came in, shown beside the form in which it is checked. */
export const previewText = {
  title: both('Pratinjau dokumen', 'Preview of the document'),
  beside: both('Surat yang diperiksa', 'The letter to check'),
  open: both('Lihat suratnya', 'See the letter'),
  large: both('Buka lebih besar', 'Open larger'),
  download: both('Unduh aslinya', 'Download the original'),
  note: both(
    'Yang tampak adalah gambar halamannya. Isian formulir, catatan, dan cap yang menindih halaman hanya ada pada berkas aslinya.',
    'These are pictures of its pages. Form fields, notes and stamps that lie over a page are only in the original file.',
  ),
  drawnNote: both(
    'Yang tampak adalah gambar halamannya, dengan isian formulir, catatan, dan cap sebagaimana tersimpan di dalam berkas. Bila ada yang tampak kurang, unduh aslinya.',
    'These are pictures of its pages, with form fields, notes and stamps as the file holds them. Where something seems to be missing, download the original.',
  ),
  page: (no: number): Text => both(`Halaman ${no}`, `Page ${no}`),
  more: (shown: number, all: number): Text =>
    both(`${shown} dari ${all} halaman ditampilkan.`, `${shown} of ${all} pages are shown.`),
  notShown: both(
    'Halaman ini tidak dapat ditampilkan. Berkasnya tidak berubah; unduh aslinya untuk membacanya.',
    'This page cannot be shown. The file is unchanged; download the original to read it.',
  ),
} as const
