import * as z from 'zod'

/** An office's identity provider, with its secret in clear for as long as it is asked. */
export type IdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly strongAcr: string | null
}

/** What ties the answer of a provider to the browser that was sent there. */
export type SignOnTicket = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** What a provider says of a person; the address only when the provider verified it. */
export type IdentityClaims = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly amr: readonly string[]
  readonly acr: string | undefined
}

export const identitySecretContext = (officeId: string): string => `identity-provider:${officeId}`

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)

/** A provider as an administrator enters it. */
export const identityProviderInput = z.strictObject({
  label: oneLine(60),
  issuer: z.url({ protocol: /^https?$/ }).max(300),
  clientId: oneLine(200),
  /** Empty to keep the stored one. */
  clientSecret: z.string().max(500).default(''),
  strongAcr: z.string().trim().max(200).default(''),
  alwaysStrong: z.boolean().default(false),
})

/** Ways to prove something beside a password (RFC 8176, 2). */
const otherFactors = ['otp', 'hwk', 'swk', 'sc', 'fpt', 'face', 'iris', 'retina', 'vbm', 'sms', 'tel']

/** @returns whether the provider says that two factors were proven, or the office says that it always asks for two */
export function isStrong(
  { amr, acr }: IdentityClaims,
  { strongAcr, alwaysStrong }: { readonly strongAcr: string | null; readonly alwaysStrong: boolean },
): boolean {
  if (alwaysStrong) return true
  if (strongAcr !== null && acr === strongAcr) return true
  if (amr.includes('mfa')) return true
  return (amr.includes('pwd') || amr.includes('pin')) && amr.some((way) => otherFactors.includes(way))
}
