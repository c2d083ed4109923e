import type { BookContent, BookName } from '../registers/books.ts'
import { bookOf } from '../registers/books.ts'
import type { RegisterBook } from './papers.ts'
import { about, letterhead, signature } from './sample-parts.ts'

const office = {
  government: letterhead.government,
  name: letterhead.office,
  place: 'Kota Contoh',
  timezone: 'Asia/Makassar',
  paper: 'A4',
  letterhead: {
    addressLines: letterhead.addressLines,
    phone: letterhead.phone,
    email: letterhead.email,
    web: letterhead.website,
  },
} as const

const agencies = ['Dinas Kesehatan', 'Badan Perencanaan Pembangunan Daerah', 'Kecamatan Contoh Utara']
const labels = ['antrean', 'perencanaan', 'kecamatan-contoh-utara']
const day = new Date('2025-08-25T02:00:00Z')

/** @returns a register with so many invented entries */
export function bookSample(book: BookName, count: number): RegisterBook {
  const indexes = Array.from({ length: count }, (_, index) => index)
  return bookOf(office, contentOf(book, indexes), {
    year: 2025,
    at: new Date('2025-12-31T02:00:00Z'),
    signature,
    logo: letterhead.logo.bytes,
  })
}

function contentOf(book: BookName, indexes: readonly number[]): BookContent {
  switch (book) {
    case 'incoming':
      return { book, entries: indexes.map(incomingOf) }
    case 'outgoing':
    case 'hand-over':
      return { book, entries: indexes.map(outgoingOf) }
    case 'subdomain':
    case 'hosting':
      return { book, entries: indexes.map(serviceOf) }
  }
}

const ticketOf = (index: number): string => `CTH-2025-${String(index + 1).padStart(6, '0')}`
const agencyOf = (index: number): string => `${agencies[index % agencies.length]} Kabupaten Contoh`
const nameOf = (index: number): string => `${labels[index % labels.length]}.contohkab.go.id`

const incomingOf = (index: number) => ({
  number: `${String(index + 1).padStart(3, '0')}/MASUK/VIII/2025`,
  receivedOn: index % 4 === 0 ? '2025-08-22' : null,
  recordedAt: day,
  theirNumber: index === 2 ? null : about.letterNumber,
  theirDate: index === 2 ? null : about.letterDate,
  theirPost: 'Kepala',
  agency: agencyOf(index),
  service: 'Subdomain dan hosting',
  fqdn: nameOf(index),
  ticket: ticketOf(index),
})

const outgoingOf = (index: number) => ({
  number: `000.8.3.3/${263 + index}/DISKOMINFO/2025`,
  dated: '2025-08-25',
  recipient: `Kepala ${agencyOf(index)}`,
  subject: `${index % 3 === 1 ? 'Penolakan' : 'Balasan'} Permohonan Subdomain dan hosting`,
  ticket: ticketOf(index),
  status: index === 3 ? ('voided' as const) : index === 11 ? ('awaiting' as const) : ('issued' as const),
  voidedAt: index === 3 ? day : null,
  voidReason: index === 3 ? 'Salah penerima; diganti surat berikutnya.' : null,
  archiveNumber: index === 0 ? 'B-000123' : null,
})

const serviceOf = (index: number) => ({
  fqdn: nameOf(index),
  agency: agencyOf(index),
  system: index % 3 === 2 ? null : about.system,
  records: ['A 192.0.2.10', ...(index % 3 === 0 ? ['AAAA 2001:db8::10'] : [])],
  server: index % 3 === 0 ? null : 'Server web kantor',
  contact: 'Pranata Komputer Ahli Pertama',
  liveAt: day,
  registeredUntil: index % 5 === 4 ? '2025-11-30' : '2026-08-25',
  closedAt: index === 6 ? new Date('2025-11-03T02:00:00Z') : null,
})
