/** Invented papers of an invented office. */
import type { ApplicationLetter, HandOverNote, LogbookRegister, Paper, ReplyLetter } from './papers.ts'

const crest =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 72"><path d="M30 2 58 12v28c0 16-12 25-28 30C14 65 2 56 2 40V12z" ' +
  'fill="#f3c614" stroke="#111" stroke-width="3"/><circle cx="30" cy="33" r="13" fill="#146c43"/></svg>'

export const letterhead = {
  government: 'PEMERINTAH KABUPATEN CONTOH',
  office: 'DINAS KOMUNIKASI DAN INFORMATIKA',
  addressLines: ['Jalan Contoh Nomor 1, Kota Contoh 00000'],
  phone: '(0000) 000000',
  email: 'diskominfo@contohkab.go.id',
  website: 'diskominfo.contohkab.go.id',
  logo: { mediaType: 'image/svg+xml' as const, bytes: Buffer.from(crest) },
}

const about = {
  ticket: 'CTH-2025-000123',
  letterNumber: '400.7/1234/DINKES/2025',
  letterDate: '2025-08-20',
  letterSubject: 'Permohonan Subdomain dan Hosting',
  system: 'Sistem Antrean Puskesmas',
  agency: 'Dinas Kesehatan Kabupaten Contoh',
}

const verification = {
  url: 'https://layanan.contohkab.go.id/v/7QKD-M3XW-9F2T',
  code: '7QKD-M3XW-9F2T',
  logbookHead: { entries: 128, hash: '3f2a9c01'.repeat(8) },
}

const signature = {
  acting: 'Plt.' as const,
  post: 'Kepala Dinas Komunikasi dan Informatika Kabupaten Contoh',
  name: 'Nama Pejabat Contoh',
  rank: 'Pembina Tk. I (IV/b)',
  nip: '00000000 000000 0 000',
}

const common = {
  size: 'a4' as const,
  letterhead,
  createdAt: '2025-08-25T02:00:00Z',
  number: '000.8.3.3/263/DISKOMINFO/2025',
  place: 'Kota Contoh',
  date: '2025-08-25',
}

export const accepted: ReplyLetter = {
  kind: 'reply',
  ...common,
  nature: 'Biasa',
  attachments: '-',
  subject: 'Jawaban Permohonan Subdomain dan Hosting',
  recipient: { lines: ['Kepala Dinas Kesehatan', 'Kabupaten Contoh'], place: 'Tempat' },
  signature,
  copies: ['Bupati Contoh (sebagai laporan);', 'Inspektur Kabupaten Contoh.'],
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

const { granted: _granted, ...unanswered } = accepted

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
  receivedBy: { name: 'Pegawai Contoh', post: 'Pranata Komputer' },
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
const signedReply: ReplyLetter = { ...accepted, signature: { ...signature, electronic: 'bsre' } }

/** One of each paper, by the name under which it is printed. */
export const samples: Readonly<Record<string, Paper>> = {
  application: applying,
  signed: signedReply,
  accepted,
  refused,
  returned,
  'hand-over': handedOver,
  register: registerOf(3),
}
