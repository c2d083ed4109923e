const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Octets as authenticator apps take a key (RFC 4648, 6), without padding. */
export function base32(octets: Uint8Array): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What the QR picture says: six digits every 30 seconds, as the library checks them. */
export function appUri(of: {
  readonly issuer: string
  readonly account: string
  readonly secret: string
}): string {
  const label = `${encodeURIComponent(of.issuer)}:${encodeURIComponent(of.account)}`
  const query = new URLSearchParams({ secret: of.secret, issuer: of.issuer, digits: '6', period: '30' })
  return `otpauth://totp/${label}?${query.toString()}`
}
