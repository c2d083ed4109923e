import type { Text } from '../refused.ts'
import type { TimelineType } from '../requests/timeline.ts'

/** Where a request stands, in a sentence: who acts, by when. */
export const standingTexts = {
  draft: { id: 'Draf, belum dikirim.', en: 'A draft, not sent yet.' },
  working: (no: number, activity: Text): Text => ({
    id: `Sistem sedang mengerjakan langkah ${no} (${activity.id}).`,
    en: `The system is carrying out step ${no} (${activity.en}).`,
  }),
  acting: (no: number, actor: string, activity: Text): Text => ({
    id: `Menunggu ${actor} pada langkah ${no} (${activity.id}).`,
    en: `Waiting for ${actor} at step ${no} (${activity.en}).`,
  }),
  actingBy: (no: number, actor: string, activity: Text, by: Text): Text => ({
    id: `Menunggu ${actor} pada langkah ${no} (${activity.id}), paling lambat ${by.id}.`,
    en: `Waiting for ${actor} at step ${no} (${activity.en}), by ${by.en}.`,
  }),
  actingLate: (no: number, actor: string, activity: Text, by: Text): Text => ({
    id: `Menunggu ${actor} pada langkah ${no} (${activity.id}); waktu bakunya habis ${by.id}.`,
    en: `Waiting for ${actor} at step ${no} (${activity.en}); its standard time ran out on ${by.en}.`,
  }),
  correcting: (actor: string): Text => ({
    id: `Dikembalikan: menunggu ${actor} memperbaiki permohonan, lalu mengirimnya lagi.`,
    en: `Returned: waiting for ${actor} to correct the application and send it again.`,
  }),
  completed: { id: 'Selesai.', en: 'Completed.' },
  refused: { id: 'Ditolak; alasannya ada di bawah.', en: 'Refused; the reasons are below.' },
  withdrawn: { id: 'Ditarik oleh pemohon.', en: 'Withdrawn by the applicant.' },
} as const

/** The short word about where a request stands. */
export const phaseTexts = {
  draft: { id: 'Draf', en: 'Draft' },
  applicant: { id: 'Menunggu pemohon', en: 'Waiting for the applicant' },
  office: { id: 'Diproses', en: 'In progress' },
  outside: { id: 'Menunggu pihak lain', en: 'Waiting for others' },
  system: { id: 'Dikerjakan sistem', en: 'Carried out by the system' },
  completed: { id: 'Selesai', en: 'Completed' },
  refused: { id: 'Ditolak', en: 'Refused' },
  withdrawn: { id: 'Ditarik', en: 'Withdrawn' },
} as const satisfies Readonly<Record<string, Text>>

/** What happened, as the timeline tells it. */
export const timelineTexts: Readonly<Record<TimelineType, Text>> = {
  entered: { id: 'Masuk ke langkah', en: 'Entered the step' },
  left: { id: 'Meninggalkan langkah', en: 'Left the step' },
  taken: { id: 'Diambil', en: 'Taken' },
  'given-back': { id: 'Dikembalikan ke antrean', en: 'Given back' },
  completed: { id: 'Selesai', en: 'Completed' },
  returned: { id: 'Dikembalikan untuk diperbaiki', en: 'Returned for correction' },
  refused: { id: 'Ditolak', en: 'Refused' },
  withdrawn: { id: 'Permohonan ditarik', en: 'Request withdrawn' },
  appealed: { id: 'Keberatan diajukan', en: 'Appeal made' },
  delivered: { id: 'Dokumen diserahkan', en: 'Document delivered' },
  released: { id: 'Berkas dibebaskan', en: 'File released' },
  withheld: { id: 'Berkas ditahan pemindai', en: 'File held back by the scanner' },
  waived: { id: 'Persyaratan dikecualikan', en: 'Requirement waived' },
  'effect-undone': {
    id: 'Pengerjaan dibatalkan dan perubahannya ditarik kembali',
    en: 'Called off and taken back',
  },
  'plan-refused': {
    id: 'Rencana tidak dijalankan; tidak ada yang berubah',
    en: 'The plan was not run; nothing changed',
  },
  'plan-allowed': { id: 'Perubahan besar diizinkan', en: 'Large change allowed' },
  'effect-done': { id: 'Dikerjakan dan diperiksa dari luar', en: 'Carried out and proven from outside' },
}

/** What is wrong with a file that was sent in as a document. */
export const intakeTexts = {
  empty: {
    id: 'Berkas kosong atau tidak terkirim. Permohonan tidak berubah; pilih berkas PDF lalu unggah lagi.',
    en: 'The file is empty or did not arrive. The request is unchanged; choose a PDF file and upload it again.',
  },
  noPages: {
    id: 'PDF ini tidak memuat satu halaman pun. Permohonan tidak berubah; simpan ulang suratnya lalu unggah lagi.',
    en: 'This PDF has no page. The request is unchanged; save the letter anew and upload it again.',
  },
  notPdf: {
    id: 'Berkas ini bukan PDF. Permohonan tidak berubah; simpan atau pindai surat sebagai PDF lalu unggah lagi.',
    en: 'This file is not a PDF. The request is unchanged; save or scan the letter as PDF and upload it again.',
  },
  malformed: {
    id: 'PDF ini rusak atau terpotong. Permohonan tidak berubah; simpan ulang sebagai PDF lalu unggah lagi.',
    en: 'This PDF is damaged or cut off. The request is unchanged; save it as PDF anew and upload it again.',
  },
  encrypted: {
    id: 'PDF ini dikunci dengan kata sandi. Permohonan tidak berubah; simpan tanpa kata sandi lalu unggah lagi.',
    en: 'This PDF is locked with a password. The request is unchanged; save it without one and upload it again.',
  },
} as const satisfies Readonly<Record<string, Text>>
