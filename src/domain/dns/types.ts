import { FormatError } from './format-error.ts'

/** Record and query types by number (IANA "Domain Name System Parameters"). */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  CDS: 59,
  CDNSKEY: 60,
  OPENPGPKEY: 61,
  ZONEMD: 63,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
} as const

/** Types that are only passed on: others write them by these names, here they keep their numbers (`TYPE65`). */
export const PASSED_ON = {
  AFSDB: 18,
  LOC: 29,
  KX: 36,
  DHCID: 49,
  SMIMEA: 53,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  EUI48: 108,
  EUI64: 109,
  URI: 256,
} as const

export const CLASS = { IN: 1, CH: 3, NONE: 254, ANY: 255 } as const

export const OPCODE = { QUERY: 0, NOTIFY: 4, UPDATE: 5 } as const

/** Response codes (RFC 1035, RFC 2136 section 2.2, RFC 6891 section 9, RFC 8945 section 3). */
export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADVERS: 16,
  BADKEY: 17,
  BADTIME: 18,
  BADTRUNC: 22,
} as const

const TYPE_NAMES = new Map<number, string>(Object.entries(TYPE).map(([name, code]) => [code, name]))
const NAMED = new Map<string, number>(Object.entries({ ...TYPE, ...PASSED_ON }))
const RCODE_NAMES = new Map<number, string>(Object.entries(RCODE).map(([name, code]) => [code, name]))

/** `A`, or `TYPE65280` for a type without a name here (RFC 3597 section 5). */
export function typeName(code: number): string {
  return TYPE_NAMES.get(code) ?? `TYPE${code}`
}

/** @throws FormatError for a word that is no type */
export function typeCode(name: string): number {
  const upper = name.toUpperCase()
  const known = NAMED.get(upper)
  if (known !== undefined) return known
  const code = /^TYPE(\d{1,5})$/.exec(upper)
  if (!code || Number(code[1]) > 0xffff) throw new FormatError(`not a record type: ${name.slice(0, 20)}`)
  return Number(code[1])
}

export function rcodeName(code: number): string {
  return RCODE_NAMES.get(code) ?? `RCODE${code}`
}

/** Types that only ask or only travel and never are data in a zone (RFC 6895 section 3.1). */
export function isMetaType(code: number): boolean {
  return code === TYPE.OPT || code === 0 || (code >= 128 && code <= 255)
}
