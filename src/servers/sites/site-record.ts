import * as z from 'zod'

const version = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  deployedAt: z.string(),
  origin: z.enum(['starting-page', 'archive']),
  /** Digest of the uploaded archive, null for the starting page. */
  archiveSha256: z.string().nullable(),
  /** The wish that brought this version, so that a repeated upload is known as such. */
  token: z.string(),
})

const access = z.strictObject({
  username: z.string(),
  salt: z.string(),
  hash: z.string(),
  issuedAt: z.string(),
  /** Counts issues; a session remembers the one it signed in with. */
  generation: z.number().int().positive(),
  token: z.string(),
})

/**
 * All that is known of one site, in one file that is replaced as a whole: which version is live, who may
 * sign in. One file, so a crash can never leave half of a change.
 */
export const siteRecord = z.strictObject({
  fqdn: z.string(),
  title: z.string(),
  agency: z.string(),
  createdAt: z.string(),
  createdWith: z.string(),
  /** Newest first; the first one is live, the others are kept to go back to. */
  versions: z.array(version).min(1),
  access: access.nullable(),
  /** Last generation ever issued; survives revocation, so a generation never returns. */
  generation: z.number().int(),
  /** Tokens whose credentials were replaced or revoked; a late retry of one must not rotate again. */
  spentTokens: z.array(z.string()),
})

export type SiteRecord = z.infer<typeof siteRecord>
export type SiteVersion = z.infer<typeof version>
export type SiteAccess = z.infer<typeof access>
