/** What the invented papers share: an invented office, a request, a signatory. */
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

export const about = {
  ticket: 'CTH-2025-000123',
  letterNumber: '400.7/1234/DINKES/2025',
  letterDate: '2025-08-20',
  letterSubject: 'Permohonan Subdomain dan Hosting',
  system: 'Sistem Antrean Puskesmas',
  agency: 'Dinas Kesehatan Kabupaten Contoh',
}

export const verification = {
  url: 'https://layanan.contohkab.go.id/v/7QKD-M3XW-9F2T',
  code: '7QKD-M3XW-9F2T',
  logbookHead: { entries: 128, hash: '3f2a9c01'.repeat(8) },
}

export const signature = {
  acting: 'Plt.' as const,
  post: 'Kepala Dinas Komunikasi dan Informatika Kabupaten Contoh',
  name: 'Nama Pejabat Contoh',
  rank: 'Pembina Tk. I (IV/b)',
  nip: '00000000 000000 0 000',
}

export const common = {
  size: 'a4' as const,
  letterhead,
  createdAt: '2025-08-25T02:00:00Z',
  number: '000.8.3.3/263/DISKOMINFO/2025',
  place: 'Kota Contoh',
  date: '2025-08-25',
}
