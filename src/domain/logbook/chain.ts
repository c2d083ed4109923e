import type { Text } from '../refused.ts'
import { chainText } from '../text/logbook.ts'
import { genesisHash, nextHash } from './entry.ts'

/** An entry as it is stored: hashes in hex, the text exactly as it was hashed. */
export type StoredEntry = {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  readonly text: string
}

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | {
      readonly ok: false
      /** Entries that were good before the first bad one. */
      readonly entries: number
      readonly seq: number
      readonly why: 'sequence' | 'text' | 'prev' | 'hash'
      readonly text: Text
    }

type BadEntry = Extract<ChainVerdict, { readonly ok: false }>

/** A walk along an office's chain, entry by entry, for chains that are too long to hold at once. */
export type ChainWalk = {
  /** Takes the next entry. @returns what is wrong with it, if anything is; then the walk is over */
  readonly take: (entry: StoredEntry) => BadEntry | undefined
  /** @returns how many entries were good so far, and the hash of the last */
  readonly verdict: () => Extract<ChainVerdict, { readonly ok: true }>
}

/** Starts a walk at the beginning of an office's chain. */
export function walkChain(officeId: string): ChainWalk {
  let head = genesisHash(officeId)
  let count = 0
  return {
    take(entry) {
      const why = flaw(officeId, entry, count + 1, head)
      if (why !== undefined) {
        const text = why === 'sequence' ? chainText.sequence(count + 1, entry.seq) : chainText[why](entry.seq)
        return { ok: false, entries: count, seq: count + 1, why, text }
      }
      head = entry.hash
      count += 1
      return undefined
    },
    verdict: () => ({ ok: true, entries: count, head }),
  }
}

/** Checks an office's chain from its beginning and reports the first bad entry, or the count and the head. */
export function verifyChain(officeId: string, entries: Iterable<StoredEntry>): ChainVerdict {
  const walk = walkChain(officeId)
  for (const entry of entries) {
    const bad = walk.take(entry)
    if (bad) return bad
  }
  return walk.verdict()
}

function flaw(officeId: string, entry: StoredEntry, seq: number, head: string) {
  if (entry.seq !== seq) return 'sequence'
  if (entry.prev !== head) return 'prev'
  if (nextHash(head, entry.text) !== entry.hash) return 'hash'
  if (!namesItself(officeId, entry)) return 'text'
  return undefined
}

function namesItself(officeId: string, entry: StoredEntry): boolean {
  try {
    const facts = JSON.parse(entry.text) as { office?: unknown; seq?: unknown } | null
    return facts?.office === officeId && facts.seq === entry.seq
  } catch {
    return false
  }
}
