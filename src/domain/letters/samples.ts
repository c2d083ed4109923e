/** Invented papers of an invented office. */
import type {
  ApplicationLetter,
  DeactivationNotice,
  DestructionRecord,
  DispositionSheet,
  HandOverNote,
  LogbookRegister,
  Paper,
  ReplyLetter,
} from './papers.ts'
import { bookSample } from './sample-books.ts'
import { about, common, letterhead, signature, verification } from './sample-parts.ts'
import { senderOf } from './sender.ts'

export const accepted: ReplyLetter = {
  kind: 'reply',
  ...common,
  nature: 'Biasa',
  attachments: '-',
  subject: 'Jawaban Permohonan Subdomain dan Hosting',
  recipient: { lines: ['Kepala Dinas Kesehatan', 'Kabupaten Contoh'], place: 'Tempat' },
  signature,
  copies: [],
  verification,
  about,
  outcome: 'accepted',
  granted: {
    effect: 'created',
    service: 'Subdomain dan hosting',
    fqdn: 'antrean.contohkab.go.id',
    since: '2025-08-25',
    registeredUntil: '2026-08-25',
    details: [
      { label: 'Kategori keamanan', value: 'Tinggi' },
      { label: 'Narahubung teknis', value: 'Pranata Komputer Dinas Kesehatan' },
    ],
  },
  reasons: [],
}

const { granted: _granted, ...unanswered } = {
  ...accepted,
  copies: ['Bupati Contoh (sebagai laporan);', 'Inspektur Kabupaten Contoh.'],
}

export const refused: ReplyLetter = {
  ...unanswered,
  outcome: 'refused',
  answerBy: '2025-09-08',
  reasons: [
    {
      code: 'nama-tidak-sesuai',
      ground: 'Nama tidak sesuai dengan ketentuan penamaan',
      remark:
        'Nama "antrean-online-2025" memuat tahun. Nama tetap mengikuti singkatan resmi perangkat daerah.',
    },
    {
      code: 'data-pse-tidak-sesuai',
      ground: 'Data sistem elektronik tidak sesuai',
      remark: 'Kategori keamanan pada formulir (Rendah) berbeda dari hasil penilaian (Tinggi).',
    },
  ],
}

export const returned: ReplyLetter = {
  ...refused,
  outcome: 'returned',
  answerBy: '2025-09-01',
  reasons: [
    { ground: 'Surat permohonan', remark: 'Belum ditandatangani oleh kepala perangkat daerah.' },
    { ground: 'Formulir permohonan layanan', remark: 'Narahubung teknis belum diisi.' },
  ],
}

export const handedOver: HandOverNote = {
  kind: 'hand-over-note',
  ...common,
  number: 'BAST-001/2025',
  about,
  service: 'Subdomain dan hosting',
  fqdn: 'antrean.contohkab.go.id',
  details: [{ label: 'Alamat situs', value: 'http://antrean.contohkab.go.id/' }],
  enclosed: ['Panduan pengelolaan situs'],
  reveal: { contact: 'Pegawai Contoh', until: '2025-09-08', portal: 'https://layanan.contohkab.go.id' },
  registeredUntil: '2026-08-25',
  receivedBy: { name: 'Pegawai Contoh', post: 'Pranata Komputer', nip: '00000000 000000 0 001' },
  signature,
  verification,
}

/** A printed register with so many entries. */
export function registerOf(rows: number): LogbookRegister {
  const { number: _number, ...page } = common
  return {
    kind: 'logbook-register',
    ...page,
    title: 'BUKU LOG LAYANAN',
    period: '1 s.d. 31 Agustus 2025',
    rows: Array.from({ length: rows }, (_, index) => ({
      no: index + 1,
      at: '25 Agustus 2025 pukul 09.00 WITA',
      activity: `Kegiatan contoh ${index + 1}`,
      actor: 'Operator',
      request: about.ticket,
      remark: 'Keterangan contoh yang cukup panjang sehingga dibungkus ke baris berikutnya.',
      hash: 'ab12'.repeat(16),
    })),
    head: verification.logbookHead,
    signature,
  }
}

const applying: ApplicationLetter = {
  kind: 'application-letter',
  size: 'f4',
  letterhead: { government: letterhead.government, office: 'DINAS KESEHATAN', addressLines: [] },
  createdAt: common.createdAt,
  ticket: about.ticket,
  number: about.letterNumber,
  date: about.letterDate,
  place: common.place,
  subject: 'Permohonan Subdomain dan Hosting',
  service: 'Subdomain dan hosting',
  agency: about.agency,
  recipient: { lines: ['Kepala Dinas Komunikasi dan Informatika', 'Kabupaten Contoh'], place: 'Tempat' },
  main: [
    { label: 'Nama yang dimohon', value: 'antrean.contohkab.go.id' },
    { label: 'Sistem elektronik', value: about.system },
    { label: 'Kegunaan', value: 'Antrean daring bagi pasien puskesmas di seluruh kabupaten.' },
  ],
  form: [
    {
      title: 'Penanggung jawab teknis',
      rows: [
        { label: 'Nama', value: 'Pegawai Contoh' },
        { label: 'Jabatan', value: 'Pranata Komputer' },
        { label: 'Surel', value: 'pegawai@contohkab.go.id' },
      ],
    },
    {
      title: 'Data sistem elektronik',
      rows: [
        { label: 'Tempat data', value: 'Ruang server kantor' },
        { label: 'Kategori keamanan', value: 'Tinggi (skor 22)' },
      ],
    },
  ],
  signature: { post: 'Kepala Dinas Kesehatan Kabupaten Contoh', name: 'Nama Pemohon Contoh' },
}

/** A reply that is signed electronically. */
const signedReply: ReplyLetter = {
  ...accepted,
  signature: { ...signature, electronic: 'bsre' },
}

export const disposed: DispositionSheet = {
  kind: 'disposition-sheet',
  size: 'a4',
  letterhead,
  createdAt: common.createdAt,
  ticket: about.ticket,
  from: senderOf('Kepala Dinas Kesehatan', about.agency),
  number: about.letterNumber,
  date: about.letterDate,
  subject: 'Permohonan Subdomain dan hosting: antrean.contohkab.go.id',
  receivedOn: '2025-08-21',
  agenda: '014/MASUK/VIII/2025',
  entries: [
    {
      date: '2025-08-21',
      by: 'Kepala Dinas',
      to: 'Kepala Bidang Aplikasi Informatika',
      instruction: 'Pelajari dan tindak lanjuti sesuai SOP. Laporkan hasilnya.',
    },
    {
      date: '2025-08-22',
      by: 'Kepala Bidang Aplikasi Informatika',
      to: 'Pranata Komputer',
      instruction: 'Periksa kelengkapan surat dan formulir, lalu buatkan layanannya.',
    },
  ],
}

export const destruction: DestructionRecord = {
  kind: 'destruction-record',
  ...common,
  consent: { number: '000.5/77/SETDA/2025', date: '2025-08-11' },
  approver: signature.post,
  items: [
    {
      code: '500.12',
      record: 'Permohonan dan lampirannya: surat-permohonan.pdf (CTH-2019-000007)',
      filedOn: '2019-03-04',
      years: 5,
      sha256: '9c013f2a'.repeat(8),
    },
    {
      code: '500.12',
      record: 'Surat balasan: 555/31/DISKOMINFO/2019 (CTH-2019-000007)',
      filedOn: '2019-03-06',
      years: 5,
      sha256: '2a9c013f'.repeat(8),
    },
  ],
  witnesses: [
    { name: 'Nama Saksi Contoh', post: 'Kepala Bagian Hukum Kabupaten Contoh' },
    { name: 'Nama Saksi Lain Contoh', post: 'Inspektur Pembantu Wilayah I Kabupaten Contoh' },
  ],
  signature,
  verification,
}

export const notice: DeactivationNotice = {
  kind: 'deactivation-notice',
  size: 'a4',
  letterhead,
  createdAt: '2026-09-07T02:00:00Z',
  number: '000.8.3.3/301/DISKOMINFO/2026',
  subject: 'Pemberitahuan Penonaktifan Layanan antrean.contohkab.go.id',
  place: common.place,
  date: '2026-09-07',
  recipient: { lines: [`Kepala ${about.agency}`], place: 'Tempat' },
  agency: about.agency,
  fqdn: 'antrean.contohkab.go.id',
  system: about.system,
  hasSite: true,
  registeredUntil: '2026-08-25',
  ground: 'Masa pendaftaran layanan berakhir tanggal 25 Agustus 2026 dan belum didaftarkan ulang.',
  deactivatedOn: '2026-10-07',
  portal: 'https://layanan.contohkab.go.id',
  signature,
  verification,
}

/** One of each paper, by the name under which it is printed. */
export const samples: Readonly<Record<string, Paper>> = {
  application: applying,
  signed: signedReply,
  accepted,
  refused,
  returned,
  'hand-over': handedOver,
  disposition: disposed,
  deactivation: notice,
  destruction,
  register: registerOf(3),
  'book-incoming': bookSample('incoming', 12),
  'book-outgoing': bookSample('outgoing', 12),
  'book-subdomain': bookSample('subdomain', 12),
  'book-hosting': bookSample('hosting', 12),
}
