import * as z from 'zod'

/** An office's identity provider, with its secret in clear for as long as it is asked. */
export type IdentityProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly strongAcr: string | null
  readonly secondFactor: FactorTrust
}

/**
 * Whose second factor counts when people come from the provider: ours, the provider's when its token says that there was
 * one, or always the provider's.
 */
export const factorTrusts = ['portal', 'said', 'always'] as const
export type FactorTrust = (typeof factorTrusts)[number]

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
  secondFactor: z.enum(factorTrusts).default('portal'),
})

/** Ways to prove something beside a password (RFC 8176, 2). */
const otherFactors = ['otp', 'hwk', 'swk', 'sc', 'fpt', 'face', 'iris', 'retina', 'vbm', 'sms', 'tel']

/** @returns whether a second factor was proven at the provider, as far as the office trusts it with that */
export function isStrong(
  { amr, acr }: IdentityClaims,
  { strongAcr, secondFactor }: Pick<IdentityProvider, 'strongAcr' | 'secondFactor'>,
): boolean {
  if (secondFactor !== 'said') return secondFactor === 'always'
  if (strongAcr !== null && acr === strongAcr) return true
  if (amr.includes('mfa')) return true
  return (amr.includes('pwd') || amr.includes('pin')) && amr.some((way) => otherFactors.includes(way))
}
