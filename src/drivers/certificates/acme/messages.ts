import * as z from 'zod'

/** What an ACME server sends (RFC 8555 section 7.1), as far as Ranah reads it. */

const url = z.string().min(1).max(2_000)

export const directorySchema = z.looseObject({
  newNonce: url,
  newAccount: url,
  newOrder: url,
  revokeCert: url,
  /** RFC 9773 section 4.1 */
  renewalInfo: url.optional(),
})
export type Directory = z.infer<typeof directorySchema>

const identifier = z.looseObject({ type: z.string(), value: z.string() })

export const problemSchema = z.looseObject({ type: z.string().optional(), detail: z.string().optional() })

export const orderSchema = z.looseObject({
  status: z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']),
  identifiers: z.array(identifier).min(1).max(200),
  authorizations: z.array(url).max(200),
  finalize: url,
  certificate: url.optional(),
  replaces: z.string().optional(),
  error: problemSchema.optional(),
})
export type Order = z.infer<typeof orderSchema>

const challengeSchema = z.looseObject({
  type: z.string(),
  url,
  status: z.string(),
  /** RFC 8555 section 8.1: base64url, and it ends up in a DNS record and a file name */
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/)
    .optional(),
  error: problemSchema.optional(),
})
export type AcmeChallenge = z.infer<typeof challengeSchema>

export const authorizationSchema = z.looseObject({
  status: z.enum(['pending', 'valid', 'invalid', 'deactivated', 'expired', 'revoked']),
  identifier,
  challenges: z.array(challengeSchema).max(20),
})
export type Authorization = z.infer<typeof authorizationSchema>

/** RFC 9773 section 4.2. */
export const renewalInfoSchema = z.looseObject({
  suggestedWindow: z.looseObject({
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
  }),
})
