import type { Text } from '../refused.ts'

const both = (id: string, en: string): Text => ({ id, en })

/** The registers that the office prints and files. */
export const bookText = {
  titles: {
    incoming: both('BUKU AGENDA SURAT MASUK', 'REGISTER OF INCOMING LETTERS'),
    outgoing: both('BUKU AGENDA SURAT KELUAR', 'REGISTER OF OUTGOING LETTERS'),
    'hand-over': both('REGISTER BERITA ACARA SERAH TERIMA', 'REGISTER OF HAND-OVER RECORDS'),
    subdomain: both('REGISTER SUBDOMAIN', 'REGISTER OF SUBDOMAINS'),
    hosting: both('REGISTER LAYANAN HOSTING', 'REGISTER OF HOSTING SERVICES'),
  },
  period: (year: number): Text => both(`Tahun ${year}`, `Year ${year}`),
  acknowledged: both('Mengetahui,', 'Acknowledged by'),
  sumOfLetters: (all: number, voided: number): Text =>
    both(
      `Jumlah: ${all} nomor${voided === 0 ? '' : `, ${voided} di antaranya dibatalkan`}.`,
      `Total: ${all} numbers${voided === 0 ? '' : `, ${voided} of them voided`}.`,
    ),
  sumOfServices: (all: number, closed: number): Text =>
    both(
      `Jumlah: ${all} layanan${closed === 0 ? '' : `, ${closed} di antaranya ditutup`}.`,
      `Total: ${all} services${closed === 0 ? '' : `, ${closed} of them closed`}.`,
    ),
  no: both('No.', 'No.'),
  agendaNumber: both('Nomor agenda', 'Agenda number'),
  received: both('Tanggal diterima', 'Received on'),
  letterNumber: both('Nomor surat', 'Letter number'),
  letterDate: both('Tanggal surat', 'Date of letter'),
  from: both('Asal surat', 'From'),
  to: both('Kepada', 'To'),
  subject: both('Perihal', 'Subject'),
  request: both('Nomor permohonan', 'Request'),
  remark: both('Keterangan', 'Remark'),
  recordNumber: both('Nomor berita acara', 'Number'),
  recordDate: both('Tanggal', 'Date'),
  receiver: both('Penerima', 'Received by'),
  name: both('Alamat subdomain', 'Subdomain'),
  siteName: both('Alamat situs', 'Site'),
  agency: both('Perangkat daerah', 'Agency'),
  system: both('Sistem elektronik', 'Electronic system'),
  records: both('Rekaman DNS', 'DNS records'),
  server: both('Server', 'Server'),
  ownServer: both('Server bawaan', 'Built-in server'),
  contact: both('Penanggung jawab teknis', 'Technical contact'),
  since: both('Aktif sejak', 'Live since'),
  until: both('Terdaftar s.d.', 'Registered until'),
  voided: (date: string, reason: string): Text =>
    both(`DIBATALKAN ${date}: ${reason}`, `VOIDED ${date}: ${reason}`),
  closed: (date: string): Text => both(`Ditutup ${date}`, `Closed ${date}`),
  overdue: both('Lewat masa pendaftaran', 'Registration has run out'),
  replyTo: (service: string): Text => both(`Permohonan ${service}`, `Application: ${service}`),
  archive: (number: string): Text => both(`SRIKANDI ${number}`, `SRIKANDI ${number}`),

  /** Around the print links of the lists. */
  print: both('Cetak register (PDF)', 'Print the register (PDF)'),
  names: {
    incoming: both('buku agenda surat masuk', 'register of incoming letters'),
    outgoing: both('buku agenda surat keluar', 'register of outgoing letters'),
    'hand-over': both('register serah terima', 'register of hand-over records'),
    subdomain: both('register subdomain', 'register of subdomains'),
    hosting: both('register hosting', 'register of hosting'),
  },
  printName: (name: string): Text => both(`Cetak ${name}`, `Print the ${name}`),
  none: both(
    'Tidak ada catatan pada tahun itu, jadi tidak ada yang dicetak. Pilih tahun lain.',
    'There is no entry in that year, so nothing was printed. Choose another year.',
  ),
  tooMany: (max: number): Text =>
    both(
      `Register tahun itu memuat lebih dari ${max} baris, terlalu panjang untuk satu PDF. Tidak ada yang hilang; unduh datanya melalui API.`,
      `The register of that year has more than ${max} rows, too long for one PDF. Nothing was lost; take the data through the API.`,
    ),
} as const
