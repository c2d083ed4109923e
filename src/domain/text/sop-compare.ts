import type { Text } from '../refused.ts'
import type { Target } from '../sop/graph.ts'

const both = (id: string, en: string = id): Text => ({ id, en })

/** What is compared, as it is called in a sentence. */
export const partTexts = {
  name: both('nama SOP', 'name of the SOP'),
  number: both('nomor SOP', 'number of the SOP'),
  heading: both('kepala dokumen', 'heading'),
  madeOn: both('tanggal pembuatan', 'date made'),
  revisedOn: both('tanggal revisi', 'date of revision'),
  effectiveOn: both('tanggal efektif', 'effective date'),
  ratifiedOn: both('tanggal pengesahan', 'date of ratification'),
  ratifiedBy: both('pejabat pengesah', 'ratified by'),
  legalBasis: both('dasar hukum', 'legal basis'),
  qualifications: both('kualifikasi pelaksana', 'qualifications'),
  relatedSops: both('keterkaitan', 'related SOPs'),
  equipment: both('peralatan/perlengkapan', 'equipment'),
  warnings: both('peringatan', 'warnings'),
  recording: both('pencatatan dan pendataan', 'recording'),
  office: both('kantor', 'office'),
  serves: both('jenis permohonan', 'request kinds'),
  term: both('jangka waktu pendaftaran', 'registration period'),
  actors: both('pelaksana', 'actors'),
  refusal: both('penolakan akhir', 'final refusal'),
  marks: both('tanda', 'marks'),
} as const

/** What is compared within a step. */
export const stepPartTexts = {
  activity: both('kegiatan', 'activity'),
  text: both('uraian', 'wording'),
  actor: both('pelaksana', 'actor'),
  with: both('pihak yang terlibat', 'others taking part'),
  symbol: both('simbol', 'symbol'),
  standardTime: both('waktu baku', 'standard time'),
  requirements: both('kelengkapan', 'requirements'),
  waitsFor: both('dokumen yang ditunggu', 'documents waited for'),
  output: both('output', 'output'),
  remark: both('keterangan', 'remark'),
  form: both('isian formulir', 'form fields'),
  question: both('pertanyaan keputusan', 'question decided'),
  outcomes: both('hasil keputusan', 'outcomes'),
} as const

const nothing = both('kosong', 'nothing')
const quoted = (words: Text | string | null): Text => {
  if (words === null) return nothing
  return typeof words === 'string' ? both(`"${words}"`) : both(`"${words.id}"`, `"${words.en}"`)
}

/** @returns a registration period in words. */
export const monthsText = (months: number): Text =>
  both(`${months} bulan`, months === 1 ? '1 month' : `${months} months`)

/** How a change between two versions is said. */
export const changeTexts = {
  added: (part: Text, item: string): Text =>
    both(`Ditambahkan pada ${part.id}: "${item}".`, `Added to ${part.en}: "${item}".`),
  removed: (part: Text, item: string): Text =>
    both(`Dihapus dari ${part.id}: "${item}".`, `Removed from ${part.en}: "${item}".`),
  changedItem: (part: Text, item: string): Text =>
    both(`Diubah pada ${part.id}: "${item}".`, `Changed in ${part.en}: "${item}".`),
  changed: (part: Text, before: Text | string | null, after: Text | string | null): Text =>
    both(
      `Perubahan ${part.id}: dari ${quoted(before).id} menjadi ${quoted(after).id}.`,
      `Changed ${part.en}: from ${quoted(before).en} to ${quoted(after).en}.`,
    ),
  inStep: (no: number, what: Text): Text => both(`Langkah ${no}. ${what.id}`, `Step ${no}. ${what.en}`),
  reordered: (part: Text): Text =>
    both(`Urutan ${part.id} berubah.`, `The order of the ${part.en} has changed.`),
  stepAdded: (no: number, text: string): Text =>
    both(`Langkah baru ${no}: ${text}`, `New step ${no}: ${text}`),
  stepRemoved: (no: number, text: string): Text =>
    both(`Langkah ${no} dihapus: ${text}`, `Step ${no} removed: ${text}`),
  renumbered: (before: number, after: number): Text =>
    both(`Langkah ${before} menjadi langkah ${after}.`, `Step ${before} becomes step ${after}.`),
  arrow: (label: string | null, before: Text, after: Text): Text =>
    both(
      `Panah${label ? ` "${label}"` : ''} yang tadinya ${before.id} sekarang ${after.id}.`,
      `The arrow${label ? ` "${label}"` : ''} that was ${before.en} is now ${after.en}.`,
    ),
} as const

const goals: Readonly<Record<'continue' | 'return' | 'refuse', Text>> = {
  continue: both('lanjut', 'going on'),
  return: both('kembali', 'returning'),
  refuse: both('menolak', 'refusing'),
}

/** How much of a step's wording tells it apart, in characters. */
const maxNameLength = 60

/** @returns where an arrow leads, in words: `kembali ke langkah 1 "Mengajukan permohonan"`. */
export function arrowText(kind: 'continue' | 'return' | 'refuse', to: Target, step: string): Text {
  const name = step.length > maxNameLength ? `${step.slice(0, maxNameLength)}…` : step
  const where =
    to === 'end'
      ? both('sampai selesai', 'to the end')
      : both(`ke langkah ${to} "${name}"`, `to step ${to} "${name}"`)
  return both(`${goals[kind].id} ${where.id}`, `${goals[kind].en} ${where.en}`)
}
