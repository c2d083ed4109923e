/**
 * What whoever holds it can check without asking anybody: an entry with its proof and a signed checkpoint
 * (c2sp.org/tlog-proof), and the proof that one checkpoint continues another.
 */

export const proofFormat = 'c2sp.org/tlog-proof@v1'
export const consistencyFormat = 'ranah-logbook-1 consistency'

const lines = (hashes: readonly Buffer[]): string =>
  hashes.map((hash) => `${hash.toString('base64')}\n`).join('')

/** The proof that an entry stands in the tree of a checkpoint; the entry's text goes along. */
export const writeReceipt = (proof: {
  readonly text: string
  readonly seq: number
  readonly hashes: readonly Buffer[]
  readonly checkpoint: string
}): string =>
  `${proofFormat}\nextra ${Buffer.from(proof.text).toString('base64')}\nindex ${proof.seq - 1}\n${lines(proof.hashes)}\n${proof.checkpoint}`

/** The proof that the tree of a checkpoint begins with an older tree. */
export const writeConsistency = (proof: {
  readonly from: number
  readonly hashes: readonly Buffer[]
  readonly checkpoint: string
}): string => `${consistencyFormat}\nfrom ${proof.from}\n${lines(proof.hashes)}\n${proof.checkpoint}`
