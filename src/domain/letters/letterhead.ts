import type { Letterhead } from './parts.ts'

/** The office as its letterhead is kept in the settings. */
type OfficeOfPaper = {
  readonly government: string
  readonly name: string
  readonly letterhead: { addressLines?: string[]; phone?: string; email?: string; web?: string }
}

const maxAddressLines = 4

/** @returns the kop of the office; @param logo the file of its crest, PNG or SVG */
export function letterheadOf(
  { government, name, letterhead }: OfficeOfPaper,
  logo: Uint8Array | null = null,
): Letterhead {
  return {
    government,
    office: name,
    addressLines: (letterhead.addressLines ?? []).slice(0, maxAddressLines),
    ...(letterhead.phone && { phone: letterhead.phone }),
    ...(letterhead.email && { email: letterhead.email }),
    ...(letterhead.web && { website: letterhead.web }),
    ...(logo && { logo: logoOf(logo) }),
  }
}

/** A PNG begins with this octet, an SVG never does. */
const pngStart = 0x89

/** @returns the crest with its type, as papers take it */
export const logoOf = (logo: Uint8Array): NonNullable<Letterhead['logo']> => ({
  mediaType: logo[0] === pngStart ? 'image/png' : 'image/svg+xml',
  bytes: new Uint8Array(logo),
})
