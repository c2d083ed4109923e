/** When a signature existed at the latest, by the word of an authority for time stamps (RFC 3161). */
export type TimeStamp = {
  readonly at: string
  /** Name on the certificate of the authority, and on that of its issuer. */
  readonly authority: string
  readonly issuer: string
  /** The policy under which the authority stamps, as numbers with dots. */
  readonly policy: string
}

/** Why there is no time stamp that counts. */
export type StampTrouble =
  | 'unreachable'
  | 'not-allowed'
  | 'slow'
  | 'credentials'
  | 'refused'
  | 'garbage'
  | 'other-nonce'
  | 'other-digest'
  | 'other-policy'
  | 'other-authority'
  | 'expired'
  | 'not-for-stamping'
  | 'forged'
  | 'clock'
  | 'too-long'

/** What is wrong with the time stamp that a file carries. */
export type BadStamp = Extract<
  StampTrouble,
  'garbage' | 'other-digest' | 'expired' | 'not-for-stamping' | 'forged'
>

/** What a file says of the time of its signature. `good`: the stamp belongs to this signature and is unchanged. */
export type StampReport =
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly why: BadStamp }
  | ({ readonly kind: 'good' } & TimeStamp)

/** What an office does with a signature for which no time stamp can be had. */
export const stampModes = ['required', 'if-available'] as const

/** How long Ranah asks by itself for the time stamp of a signed letter; the queue would go on a little longer. */
const stampWithinDays = 3

/** @returns when it gives up, if it begins to ask now (ISO) */
export const stampUntil = (now: Date): string =>
  new Date(now.getTime() + stampWithinDays * 24 * 3_600_000).toISOString()
