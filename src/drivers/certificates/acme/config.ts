import * as z from 'zod'

const limits = z.strictObject({
  /** longest wait for one answer */
  answerMs: z.number().int().positive().default(20_000),
  /** longest wait for the authority to check names, or to sign */
  workMs: z.number().int().positive().default(120_000),
  /** between two looks at unfinished work, where the authority does not say */
  pollMs: z.number().int().positive().default(500),
})

/** How an authority that speaks ACME is reached. */
export const acmeConfigSchema = z.strictObject({
  directory: z.url({ protocol: /^https$/ }),
  /** PEM of a P-256 key */
  accountKey: z.string().min(1),
  /** mail address of the office for warnings of the authority */
  contact: z.email().optional(),
  /** external account binding (RFC 8555 section 7.3.4) */
  binding: z.strictObject({ keyId: z.string().min(1), hmacKey: z.string().min(1) }).optional(),
  /** PEM of the root that signed the authority's own server certificate, for an authority of one's own */
  root: z.string().optional(),
  limits: limits.prefault({}),
})

export type AcmeConfig = z.infer<typeof acmeConfigSchema>
