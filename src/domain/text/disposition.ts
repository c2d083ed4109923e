import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** The disposition sheet that goes along with a letter inside the office. */
export const dispositionText = {
  title: both('LEMBAR DISPOSISI', 'DISPOSITION SHEET'),
  from: both('Surat dari', 'Letter from'),
  number: both('Nomor surat', 'Letter number'),
  date: both('Tanggal surat', 'Date of letter'),
  subject: both('Hal', 'Subject'),
  received: both('Diterima tanggal', 'Received on'),
  agenda: both('Nomor agenda', 'Agenda number'),
  urgency: both('Sifat', 'Urgency'),
  urgencies: [both('Sangat segera', 'Very urgent'), both('Segera', 'Urgent'), both('Biasa', 'Ordinary')],
  secrecy: both('Keamanan', 'Security'),
  secrecies: [both('Rahasia', 'Secret'), both('Terbatas', 'Restricted'), both('Biasa', 'Ordinary')],
  on: both('Tanggal', 'Date'),
  by: both('Dari', 'From'),
  to: both('Diteruskan kepada', 'To'),
  instruction: both('Isi disposisi', 'Instruction'),
  initials: both('Paraf', 'Initials'),
  link: both('Lembar disposisi (PDF)', 'Disposition sheet (PDF)'),
  linkHint: both(
    'Untuk arsip kertas: surat, penerusan, dan isi setiap disposisi.',
    'For the paper file: the letter and each instruction, from whom to whom.',
  ),
  none: both(
    'Permohonan ini belum didisposisi, jadi belum ada lembarnya. Tidak ada yang hilang; buka lagi setelah disposisi ditulis.',
    'This request has not been routed yet, so there is no sheet. Nothing was lost; come back once the instruction is written.',
  ),
} as const
