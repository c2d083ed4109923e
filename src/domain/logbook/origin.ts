/** Why an office no longer signs its logbook under a name. */
export type KeyEnd = 'restored' | 'entries-lost' | 'renewed'

/**
 * The name under which an office signs the checkpoints of its logbook. It need not be reachable, and it is never used
 * for a second history: `part` is new each time.
 */
export const originOf = (publicUrl: string, slug: string, part: string): string =>
  `${new URL(publicUrl).hostname}/o/${slug}/buku-log/${part}`

/** What the private key of a name is sealed for. */
export const originContext = (origin: string): string => `logbook key ${origin}`
