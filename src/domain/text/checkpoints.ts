import type { KeyEnd } from '../logbook/origin.ts'
import type { Text } from '../refused.ts'

/** Checkpoints of the logbook, receipts and witnesses, for people. */
export const checkpointTexts = {
  keySealed: {
    id: 'Kunci penandatanganan titik periksa tidak dapat dibuka dengan kunci pemasangan ini. Tidak ada entri yang hilang; kembalikan DATA/secrets seperti semula.',
    en: 'The key that signs checkpoints cannot be opened with the key of this installation. No entry is lost; put DATA/secrets back as it was.',
  },
  title: { id: 'Titik periksa', en: 'Checkpoint' },
  why: {
    id: 'Setiap menit kantor menandatangani berapa entri buku lognya dan apa isinya. Siapa pun yang menyimpan titik periksa ini dapat membuktikan di kemudian hari bahwa buku log hanya bertambah.',
    en: 'Each minute the office signs how many entries its logbook has and what they are. Whoever keeps this checkpoint can prove later that the logbook has only grown.',
  },
  none: {
    id: 'Titik periksa pertama ditandatangani dalam satu menit.',
    en: 'The first checkpoint is signed within a minute.',
  },
  signedOf: (size: number): Text => ({ id: `${size} entri`, en: `${size} entries` }),
  origin: { id: 'Nama penandatanganan', en: 'Signing name' },
  vkey: { id: 'Kunci publik (vkey)', en: 'Public key (vkey)' },
  file: { id: 'Unduh titik periksa', en: 'Download the checkpoint' },
  witnessed: { id: 'Disaksikan oleh', en: 'Witnessed by' },
  unwitnessed: { id: 'belum ada saksi', en: 'no witness yet' },
  earlier: { id: 'Nama sebelumnya', en: 'Earlier names' },
  ends: {
    restored: {
      id: 'berakhir: basis data dipulihkan dari cadangan',
      en: 'ended: the database was restored from a backup',
    },
    'entries-lost': {
      id: 'berakhir: entri yang sudah ditandatangani tidak ada lagi dalam basis data',
      en: 'ended: entries that had been signed were no longer in the database',
    },
    renewed: { id: 'berakhir: kunci diganti', en: 'ended: the key was replaced' },
  } as Readonly<Record<KeyEnd, Text>>,
  receipt: { id: 'Tanda terima buku log', en: 'Receipt of the logbook' },
  receiptLead: (seq: number, size: number): Text => ({
    id: `Terbitnya surat ini tercatat sebagai entri ${seq} dan termasuk dalam titik periksa ${size} entri yang ditandatangani kantor. Simpan tanda terima ini bersama suratnya: keasliannya dapat diperiksa tanpa jaringan, juga bila situs ini sudah tidak ada.`,
    en: `The issue of this letter is entry ${seq} and part of the checkpoint of ${size} entries that the office signed. Keep this receipt with the letter: it can be checked offline, even when this site is gone.`,
  }),
  receiptSoon: {
    id: 'Tanda terimanya siap dalam satu menit setelah surat terbit.',
    en: 'Its receipt is there within a minute after the letter was issued.',
  },
  receiptFile: { id: 'Unduh tanda terima', en: 'Download the receipt' },
  receiptNone: {
    id: 'Tanda terima belum ada: titik periksa yang mencakup entri ini belum ditandatangani. Coba lagi dalam satu menit.',
    en: 'There is no receipt yet: no checkpoint that covers this entry has been signed. Try again in a minute.',
  },
  badSizes: {
    id: 'Bukti kelanjutan memerlukan dua ukuran: "from" sekurang-kurangnya 1 dan tidak lebih dari ukuran titik periksa yang diminta.',
    en: 'A proof of consistency needs two sizes: "from" at least 1 and not above the size of the checkpoint asked for.',
  },
  witnesses: { id: 'Saksi buku log', en: 'Witnesses of the logbook' },
  witnessesLead: {
    id: 'Saksi ialah lembaga lain, misalnya inspektorat atau dinas tetangga, yang menjalankan "ranah logbook witness". Ia memeriksa bahwa buku log hanya bertambah, lalu ikut menandatangani titik periksanya. Buku log yang ditulis ulang tidak akan ia tandatangani.',
    en: 'A witness is another organisation, such as an inspectorate or a neighbouring office, that runs "ranah logbook witness". It checks that the logbook only grows and cosigns its checkpoints. It never cosigns a logbook that was rewritten.',
  },
  witnessEmpty: { id: 'Belum ada saksi', en: 'No witness yet' },
  witnessEmptyNext: {
    id: 'Minta lembaga itu menjalankan "ranah logbook witness"; perintah itu mencetak kunci publiknya. Tempelkan kuncinya di bawah.',
    en: 'Ask that organisation to run "ranah logbook witness"; it prints its public key. Paste the key below.',
  },
  witness: { id: 'Saksi', en: 'Witness' },
  lastSeen: { id: 'Terakhir menyaksikan', en: 'Last witnessed' },
  never: { id: 'belum pernah', en: 'never' },
  seen: (size: number): Text => ({ id: `${size} entri`, en: `${size} entries` }),
  organisation: { id: 'Lembaga', en: 'Organisation' },
  organisationHint: {
    id: 'Misalnya Inspektorat Daerah Contoh.',
    en: 'For example Inspektorat Daerah Contoh.',
  },
  witnessKey: { id: 'Kunci publik saksi (vkey)', en: 'Public key of the witness (vkey)' },
  witnessKeyHint: {
    id: 'Bandingkan dengan yang dibacakan lembaga itu lewat jalur lain, misalnya telepon.',
    en: 'Compare it with what the organisation reads out to you another way, for example by telephone.',
  },
  addWitness: { id: 'Tambah saksi', en: 'Add a witness' },
  witnessAdded: {
    id: 'Saksi ditambahkan. Tanda tangannya diterima mulai sekarang.',
    en: 'The witness was added. Its cosignatures are taken from now on.',
  },
  endWitness: { id: 'Akhiri', en: 'End' },
  endWitnessTitle: {
    id: 'Tanda tangan berikutnya dari saksi ini ditolak. Yang sudah diterima tetap tampil.',
    en: 'Further cosignatures of this witness are turned down. Those taken before stay.',
  },
  witnessEnded: { id: 'Saksi diakhiri.', en: 'The witness was ended.' },
  ended: { id: 'Sudah diakhiri', en: 'Ended' },
  badWitnessKey: {
    id: 'Ini bukan kunci publik saksi. Bentuknya nama+8 digit+kunci, seperti yang dicetak "ranah logbook witness".',
    en: 'This is no public key of a witness. It has the form name+8 digits+key, as "ranah logbook witness" prints it.',
  },
  witnessTaken: { id: 'Saksi dengan kunci ini sudah ada.', en: 'There is a witness with this key already.' },
  witnessUnknown: {
    id: 'Kantor ini tidak mengenal saksi dengan kunci itu. Minta administrator kantor menambahkan kunci publik saksi di Buku log > Saksi.',
    en: 'The office knows no witness with this key. Ask its administrator to add the public key of the witness under Logbook > Witnesses.',
  },
  cosignatureWrong: {
    id: 'Tanda tangan saksi tidak cocok dengan titik periksa itu, atau waktunya di masa depan. Tidak ada yang disimpan.',
    en: 'The cosignature does not fit that checkpoint, or its time lies in the future. Nothing was kept.',
  },
} as const
