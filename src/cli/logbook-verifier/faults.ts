/** A sentence in Indonesian and in English. */
export type Sentence = { readonly id: string; readonly en: string }

export const FORMAT = 'ranah-logbook-1'
export const MAX_LINE_BYTES = 1_048_576 // [5]

/** Ends the check at the first fault. */
export class Fault extends Error {
  readonly why: string
  readonly text: Sentence
  readonly unusable: boolean
  /** Whether the fault belongs to the entry that the check is at. */
  readonly inEntry: boolean

  constructor(why: string, text: Sentence, options: { unusable?: boolean; inEntry?: boolean } = {}) {
    super(text.en)
    this.why = why
    this.text = text
    this.unusable = options.unusable ?? false
    this.inEntry = options.inEntry ?? false
  }
}
/** A fault of the entry that should come next. */
function entryFault(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en }, { inEntry: true })
}

/** A fault outside the entries. */
function fileFault(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en })
}

/** Nothing can be said about the file. */
function noUse(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en }, { unusable: true })
}

/** Every way to fail, in words. */
export const faults = {
  unreadable: (message: string) =>
    noUse('unreadable', `Berkas tidak dapat dibaca: ${message}`, `Cannot read the file: ${message}`),
  notALogbook: () =>
    noUse(
      'not-a-logbook',
      `Baris pertama bukan kepala ekspor buku log ${FORMAT}.`,
      `The first line is not the header of a ${FORMAT} logbook export.`,
    ),
  headForm: (head: string) =>
    noUse(
      'head-form',
      `Nilai kepala "${head}" bukan 64 digit heksadesimal.`,
      `The known head "${head}" is not 64 hexadecimal digits.`,
    ),
  longLine: () =>
    fileFault(
      'long-line',
      `Ada baris yang lebih panjang dari ${MAX_LINE_BYTES} oktet.`,
      `A line is longer than ${MAX_LINE_BYTES} octets.`,
    ),
  lineForm: (line: number, ofEntry: boolean) =>
    (ofEntry ? entryFault : fileFault)(
      'line-form',
      `Baris ${line} tidak tertulis menurut format; berkas telah berubah atau rusak.`,
      `Line ${line} is not written as the format says; the file was changed or damaged.`,
    ),
  missing: (expected: number, found: number) =>
    entryFault(
      'missing',
      `Entri ${expected} tidak ada di tempatnya; yang berikutnya di berkas ialah entri ${found}.`,
      `Entry ${expected} is not in its place; the next one in the file is entry ${found}.`,
    ),
  outOfPlace: (expected: number, found: number) =>
    entryFault(
      'out-of-place',
      `Entri ${found} muncul lagi di tempat entri ${expected}: ganda atau tertukar.`,
      `Entry ${found} appears again in the place of entry ${expected}: doubled or swapped.`,
    ),
  link: (seq: number) =>
    entryFault(
      'link',
      `Entri ${seq} tidak menyambung ke entri sebelumnya.`,
      `Entry ${seq} does not follow from the entry before it.`,
    ),
  changed: (seq: number) =>
    entryFault(
      'changed',
      `Isi entri ${seq} tidak cocok dengan nilai hash-nya: isi atau hash telah berubah.`,
      `The content of entry ${seq} does not match its hash: one of them was changed.`,
    ),
  entryForm: (seq: number) =>
    entryFault(
      'entry-form',
      `Teks entri ${seq} tidak menurut format.`,
      `The text of entry ${seq} is not in the format.`,
    ),
  foreign: (seq: number) =>
    entryFault(
      'foreign',
      `Teks entri ${seq} menyebut nomor atau kantor lain.`,
      `The text of entry ${seq} names another number or another office.`,
    ),
  reveal: (seq: number, field: string) =>
    fileFault(
      'reveal',
      `Data terbuka "${field}" tidak cocok dengan komitmen pada entri ${seq}.`,
      `The revealed value of "${field}" does not match the commitment in entry ${seq}.`,
    ),
  count: (seq: number) =>
    fileFault(
      'count',
      `Jumlah entri atau kepala di awal atau akhir berkas tidak sama dengan isinya (${seq} entri).`,
      `The count or the head at the start or end of the file differs from its content (${seq} entries).`,
    ),
  checksum: () =>
    fileFault(
      'checksum',
      'Rantai entri utuh, tetapi bagian lain berkas telah berubah (jumlah periksa tidak cocok).',
      'The chain of entries is intact, but another part of the file was changed (checksum differs).',
    ),
  afterFooter: () =>
    fileFault('after-footer', 'Ada isi sesudah baris penutup.', 'There is content after the footer.'),
  cutOff: (seq: number) =>
    fileFault(
      'cut-off',
      `Berkas terpotong: tidak ada baris penutup sesudah entri ${seq}.`,
      `The file was cut off: there is no footer after entry ${seq}.`,
    ),
  headAbsent: (head: string) =>
    fileFault(
      'head-absent',
      `Hash ${head} tidak ada dalam rantai: entri terakhir dibuang atau rantai ditulis ulang.`,
      `The known head ${head} is not in the chain: the last entries were dropped or the chain rewritten.`,
    ),
  checkpointBeyond: (size: number, entries: number) =>
    fileFault(
      'checkpoint-beyond',
      `Titik periksa menyebut ${size} entri, tetapi berkas ini hanya memuat ${entries}: entri terakhir dibuang, atau berkas ini lebih tua.`,
      `The checkpoint speaks of ${size} entries, but this file holds ${entries}: the last entries were dropped, or the file is older.`,
    ),
  checkpointDiffers: (size: number) =>
    entryFault(
      'checkpoint-differs',
      `Isi ${size} entri pertama bukan yang ditandatangani pada titik periksa: buku log telah ditulis ulang.`,
      `The first ${size} entries are not those that the checkpoint signed: the logbook was rewritten.`,
    ),
  vkey: (vkey: string) =>
    noUse(
      'vkey',
      `"${vkey}" bukan kunci publik titik periksa (nama+sidik+kunci).`,
      `"${vkey}" is no public key of a checkpoint (name+id+key).`,
    ),
  noteForm: () =>
    noUse(
      'note-form',
      'Titik periksa tidak tertulis menurut format.',
      'The checkpoint is not written as the format says.',
    ),
  unsigned: (origin: string) =>
    fileFault(
      'unsigned',
      `Titik periksa bernama ${origin} tidak ditandatangani oleh kunci yang Anda berikan. Jangan dipercaya sebelum kuncinya jelas.`,
      `The checkpoint named ${origin} is not signed by a key that you gave. Do not rely on it until the key is clear.`,
    ),
  signature: (name: string) =>
    fileFault(
      'signature',
      `Tanda tangan atas nama ${name} tidak cocok: titik periksa telah berubah.`,
      `The signature of ${name} does not fit: the checkpoint was changed.`,
    ),
  handoverForm: () =>
    noUse(
      'handover-form',
      'Berkas alih kunci tidak tertulis menurut format.',
      'The file of handovers is not written as the format says.',
    ),
  handoverUnsigned: (name: string) =>
    fileFault(
      'handover-unsigned',
      `Alih kunci dari ${name} tidak ditandatangani oleh kunci itu. Jangan percayai kunci barunya.`,
      `The handover from ${name} is not signed by its key. Do not trust the new key.`,
    ),
  noVkey: () =>
    noUse(
      'no-vkey',
      'Bukti ini ditandatangani; berikan kunci publik kantor yang Anda percaya dengan --vkey.',
      'This proof is signed; give the public key of the office that you trust with --vkey.',
    ),
  proofForm: () =>
    noUse(
      'proof-form',
      'Berkas ini bukan bukti menurut format.',
      'The file is not a proof as the format says.',
    ),
  notIncluded: (seq: number, size: number) =>
    fileFault(
      'not-included',
      `Bukti tidak mengantar dari entri ${seq} ke titik periksa dengan ${size} entri: entri, nomor, atau bukti telah berubah.`,
      `The proof does not lead from entry ${seq} to the checkpoint of ${size} entries: entry, number or proof was changed.`,
    ),
  otherLetter: (sha256: string) =>
    fileFault(
      'other-letter',
      `Tanda terima ini bukan untuk berkas surat itu (SHA-256 berkas: ${sha256}).`,
      `This receipt is not for that letter (SHA-256 of the file: ${sha256}).`,
    ),
  notContinued: (from: number, to: number) =>
    fileFault(
      'not-continued',
      `Buku log dengan ${to} entri tidak terbukti melanjutkan yang ${from} entri: sejarahnya mungkin ditulis ulang.`,
      `The logbook of ${to} entries is not proven to continue that of ${from}: its history may have been rewritten.`,
    ),
  noKept: (from: number) =>
    noUse(
      'no-checkpoint',
      `Bukti ini berangkat dari titik periksa dengan ${from} entri; berikan yang Anda simpan dengan --checkpoint.`,
      `This proof starts from a checkpoint of ${from} entries; give the one you kept with --checkpoint.`,
    ),
  fork: (size: number) =>
    fileFault(
      'fork',
      `Ada dua titik periksa yang berlainan dengan ${size} entri yang sama-sama ditandatangani: buku log bercabang. Simpan keduanya sebagai bukti.`,
      `There are two different signed checkpoints of ${size} entries: the logbook has forked. Keep both as evidence.`,
    ),
} as const
