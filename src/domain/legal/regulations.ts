import type { Text } from '../refused.ts'
import { legalText } from '../text/legal.ts'

/** Who makes a kind of regulation; numbers count per maker, kind and year. */
export type RegulationKind = 'uu' | 'perpres' | 'permenkominfo' | 'permenkomdigi' | 'permenpanrb' | 'perbssn'

export type Regulation = {
  readonly kind: RegulationKind
  readonly number: string
  readonly year: number
  readonly title: string
  readonly status: 'in-force' | 'revoked'
  /** Short name of what revoked it, e.g. `Permenkomdigi 5/2025`. */
  readonly revokedBy?: string
  /** Day from which the status holds, where it is known. */
  readonly since?: string
  /** Where the status was taken from. */
  readonly source: string
}

const READ_2026 = 'Read in November 2026: the rules that regional ICT offices apply.'

/** The few regulations whose status is known. Whatever is not here is `unknown`, never assumed to be in force. */
export const REGULATIONS: readonly Regulation[] = [
  {
    kind: 'permenkominfo',
    number: '5',
    year: 2015,
    title: 'Registrar Nama Domain Instansi Penyelenggara Negara',
    status: 'revoked',
    revokedBy: 'Permenkomdigi 5/2025',
    since: '2025-03-25',
    source: 'Permenkomdigi 5/2025 revokes it.',
  },
  {
    kind: 'permenkominfo',
    number: '10',
    year: 2015,
    title: 'Tata Cara Pendaftaran Sistem Elektronik Instansi Penyelenggara Negara',
    status: 'revoked',
    revokedBy: 'Permenkomdigi 5/2025',
    since: '2025-03-25',
    source: 'Permenkomdigi 5/2025 revokes it.',
  },
  {
    kind: 'permenkomdigi',
    number: '5',
    year: 2025,
    title: 'Penyelenggara Sistem Elektronik Lingkup Publik',
    status: 'in-force',
    since: '2025-03-25',
    source: READ_2026,
  },
  {
    kind: 'perbssn',
    number: '8',
    year: 2020,
    title: 'Sistem Pengamanan dalam Penyelenggaraan Sistem Elektronik',
    status: 'in-force',
    source: READ_2026,
  },
  {
    kind: 'perbssn',
    number: '4',
    year: 2021,
    title: 'Pedoman Manajemen Keamanan Informasi SPBE',
    status: 'in-force',
    source: READ_2026,
  },
  {
    kind: 'uu',
    number: '27',
    year: 2022,
    title: 'Pelindungan Data Pribadi',
    status: 'in-force',
    source: READ_2026,
  },
  {
    kind: 'perpres',
    number: '21',
    year: 2023,
    title: 'Hari Kerja dan Jam Kerja Instansi Pemerintah dan Pegawai Aparatur Sipil Negara',
    status: 'in-force',
    source: READ_2026,
  },
  {
    kind: 'permenpanrb',
    number: '35',
    year: 2012,
    title: 'Pedoman Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan',
    status: 'in-force',
    source: READ_2026,
  },
]

/** The ways in which the makers are written, long and short. */
const KIND_PATTERNS: readonly (readonly [RegulationKind, RegExp])[] = [
  ['permenkomdigi', /\bpermen\s?komdigi\b|peraturan menteri komunikasi dan digital\b/i],
  ['permenkominfo', /\bpermen\s?kominfo\b|peraturan menteri (komunikasi dan informatika|kominfo)\b/i],
  [
    'permenpanrb',
    /\bpermen\s?pan[\s-]?rb\b|peraturan menteri (pan[\s-]?rb|pendayagunaan aparatur negara dan reformasi birokrasi)\b/i,
  ],
  ['perbssn', /\b(per)?bssn\b|peraturan (badan siber dan sandi negara|bssn)\b/i],
  ['perpres', /\bperpres\b|peraturan presiden\b/i],
  ['uu', /\buu\b|undang-undang\b/i],
]

export type RegulationStatus = {
  readonly status: 'in-force' | 'revoked' | 'unknown'
  readonly revokedBy?: string
}

/** A citation in fields, as an SOP document holds it: `Peraturan Menteri` of `Menteri Komunikasi dan Informatika`. */
export type Citation = {
  readonly kind: string
  readonly issuer?: string | undefined
  readonly number: string
  readonly year: number
}

/** What is known about a cited regulation. A ministry's regulation without its ministry is unknown. */
export function statusOf({ kind, issuer = '', number, year }: Citation): RegulationStatus {
  const named = `${kind} ${issuer.replace(/^(menteri|kepala)\s+/i, '')}`.replace(/\s+/g, ' ')
  const code = KIND_PATTERNS.find(([, pattern]) => pattern.test(named))?.[0]
  const found = code === undefined ? undefined : find(code, number, year)
  if (found === undefined) return { status: 'unknown' }
  return found.revokedBy === undefined
    ? { status: found.status }
    : { status: found.status, revokedBy: found.revokedBy }
}

function find(kind: RegulationKind, number: string, year: number): Regulation | undefined {
  const bare = number.trim().replace(/^0+/, '')
  return REGULATIONS.find((known) => known.kind === kind && known.number === bare && known.year === year)
}

/** A regulation that a running text cites. */
export type FoundCitation = RegulationStatus & {
  readonly verbatim: string
  readonly kind: RegulationKind
  readonly number: string
  readonly year: number
}

/** A maker, then within a few words a number and a year: `... Nomor 5 Tahun 2015`, `... 5/2015`. Every repetition is bounded. */
const CITATION =
  /(?:permen|peraturan|perbssn|bssn|perpres|uu\b|undang-undang)[^;\n]{0,120}?(?:\bnomor\b|\bno\b\.?)?\s{0,9}(\d{1,3})\s{0,9}(?:\/|tahun\s)\s{0,9}((?:19|20)\d\d)\b/gi

/** Longest text that is searched, in characters. */
const MAX_TEXT = 100_000

/** The regulations of known makers that a letter or an SOP cites, in order, with their status. */
export function citationsIn(text: string): FoundCitation[] {
  return [...text.slice(0, MAX_TEXT).matchAll(CITATION)].flatMap(([verbatim, number, year]) => {
    const kind = lastKindIn(verbatim)
    if (kind === undefined) return []
    const found = find(kind, number!, Number(year))
    const revoked = found?.revokedBy === undefined ? {} : { revokedBy: found.revokedBy }
    return [
      { verbatim, kind, number: number!, year: Number(year), status: found?.status ?? 'unknown', ...revoked },
    ]
  })
}

/** The maker that stands nearest to the number. */
function lastKindIn(text: string): RegulationKind | undefined {
  const places = KIND_PATTERNS.map(([kind, pattern]) => ({ kind, at: text.search(pattern) }))
  return places.filter(({ at }) => at !== -1).sort((a, b) => b.at - a.at)[0]?.kind
}

/** A warning for each revoked regulation that a letter or an SOP cites. */
export function revokedWarnings(text: string): Text[] {
  return citationsIn(text)
    .filter(({ status }) => status === 'revoked')
    .map(({ verbatim, revokedBy }) => legalText.revoked(verbatim.replace(/\s+/g, ' '), revokedBy))
}
