import type { Text } from '../refused.ts'
import type { SopMark } from '../sop/document.ts'

/** Words of the printed SOP, in the format of PermenPANRB 35/2012. */
export const sopPaperTexts = {
  number: { id: 'Nomor SOP', en: 'SOP number' },
  madeOn: { id: 'Tanggal Pembuatan', en: 'Made on' },
  revisedOn: { id: 'Tanggal Revisi', en: 'Revised on' },
  effectiveOn: { id: 'Tanggal Efektif', en: 'Effective on' },
  ratifiedOn: { id: 'Tanggal Pengesahan', en: 'Ratified on' },
  ratifiedBy: { id: 'Disahkan oleh', en: 'Ratified by' },
  name: { id: 'Nama SOP', en: 'SOP' },
  heading: { id: 'Judul halaman', en: 'Heading' },
  legalBasis: { id: 'Dasar Hukum', en: 'Legal basis' },
  qualifications: { id: 'Kualifikasi Pelaksana', en: 'Qualifications' },
  relatedSops: { id: 'Keterkaitan', en: 'Related SOPs' },
  equipment: { id: 'Peralatan/Perlengkapan', en: 'Equipment' },
  warnings: { id: 'Peringatan', en: 'Warnings' },
  recording: { id: 'Pencatatan dan Pendataan', en: 'Recording' },
  signatory: { id: 'Nama, pangkat, dan NIP pejabat', en: 'Name, rank and staff number' },
  revoked: { id: 'DICABUT', en: 'REVOKED' },
  revokedBy: (by: string): Text => ({ id: `DICABUT oleh ${by}`, en: `REVOKED by ${by}` }),
  crest: (government: string): Text => ({ id: `Lambang ${government}`, en: `Crest of ${government}` }),
  page: {
    id: ['Halaman ', ' dari '] as const,
    en: ['Page ', ' of '] as const,
  },
  sheet: (no: number, of: number): Text => ({
    id: of === 1 ? 'Bagan alir' : `Bagan alir, lembar ${no} dari ${of}`,
    en: of === 1 ? 'Flowchart' : `Flowchart, sheet ${no} of ${of}`,
  }),
  markExplained: {
    id: '* Pada naskah sumber bagian ini kosong, rusak, terputus, atau tidak ada. Lihat Catatan Naskah Sumber di halaman terakhir.',
    en: '* Here the source is blank, damaged, cut off or silent. See the notes on the source on the last page.',
  },
  notes: { id: 'CATATAN NASKAH SUMBER', en: 'NOTES ON THE SOURCE' },
  notesLead: {
    id: 'Tanda * dalam dokumen ini menandai isian yang tidak terbaca utuh dari naskah sumbernya. Hapus tandanya setelah kantor memastikan isinya.',
    en: 'The mark * in this document stands at what the source does not say in full. Remove it once the office has made sure.',
  },
  place: { id: 'Bagian', en: 'Field' },
  state: { id: 'Keadaan', en: 'State' },
  note: { id: 'Catatan', en: 'Note' },
  rest: { id: 'TEKS LENGKAP', en: 'FULL TEXT' },
  restLead: {
    id: 'Isian berikut terlalu panjang untuk tabelnya dan di sana berakhir dengan tanda elipsis (…).',
    en: 'These are too long for their place in the table, where they end in an ellipsis (…).',
  },
  item: (no: string): Text => ({ id: `butir ${no}`, en: `item ${no}` }),
  step: (no: string): Text => ({ id: `Langkah ${no}`, en: `Step ${no}` }),
  office: { id: 'Kantor', en: 'Office' },
  serves: { id: 'Jenis permohonan', en: 'Request kinds' },
  term: { id: 'Masa pendaftaran', en: 'Registration term' },
  refusal: { id: 'Penolakan akhir', en: 'Final refusal' },
  actors: { id: 'Pelaksana', en: 'Actor' },
  label: { id: 'panah', en: 'arrow' },
  symbolAlt: (symbol: Text, targets: readonly string[]): Text => ({
    id: [symbol.id, ...targets].join('; '),
    en: [symbol.en, ...targets].join('; '),
  }),
  leadsTo: (label: string | null, target: Text): Text => ({
    id: `${label ?? 'lanjut'} ke ${target.id}`,
    en: `${label ?? 'on'} to ${target.en}`,
  }),
  rowOf: (no: number | null): Text =>
    no === null
      ? { id: 'akhir atau sambungan', en: 'the end or a connector' }
      : { id: `langkah ${no}`, en: `step ${no}` },
  tooBig: {
    id: 'Bagan alir SOP ini tidak muat di kertas, bahkan dengan huruf terkecil. Tidak ada berkas yang ditulis. Gunakan --paper f4, kurangi pelaksana, atau kurangi panah pada satu langkah.',
    en: 'The flowchart of this SOP does not fit the paper, not even in the smallest letters. No file was written. Use --paper f4, fewer actors, or fewer arrows at one step.',
  },
} as const

/** Parts of a step, as a note on the source names them. */
export const stepPartTexts: Readonly<Record<string, Text>> = {
  activity: { id: 'jenis kegiatan', en: 'kind of activity' },
  text: { id: 'uraian kegiatan', en: 'activity' },
  actor: { id: 'pelaksana', en: 'actor' },
  with: { id: 'yang turut serta', en: 'who takes part' },
  symbol: { id: 'simbol', en: 'symbol' },
  requirements: { id: 'kelengkapan', en: 'requirements' },
  standardTime: { id: 'waktu', en: 'time' },
  output: { id: 'output', en: 'output' },
  remark: { id: 'keterangan', en: 'remarks' },
  next: { id: 'panah', en: 'arrow' },
  decision: { id: 'keputusan', en: 'decision' },
  form: { id: 'isian', en: 'form' },
  waitsFor: { id: 'dokumen yang ditunggu', en: 'documents awaited' },
}

export const markStateTexts: Readonly<Record<SopMark['kind'], Text>> = {
  inferred: { id: 'disimpulkan', en: 'inferred' },
  blank: { id: 'kosong', en: 'blank' },
  damaged: { id: 'rusak', en: 'damaged' },
  'cut-off': { id: 'terputus', en: 'cut off' },
}
