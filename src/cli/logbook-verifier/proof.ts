import type { Fields } from './canonical.ts'
import { parseCanonical } from './canonical.ts'
import type { Sentence } from './faults.ts'
import { Fault, faults } from './faults.ts'
import { isContinued, isIncluded, leafHash } from './merkle.ts'
import { goesOn } from './handover.ts'
import type { OpenCheckpoint, Trusted } from './note.ts'
import { base64, openCheckpoint } from './note.ts'

/** Receipts and proofs of consistency, as files. [9], [10] */

export const RECEIPT = 'c2sp.org/tlog-proof@v1'
export const CONSISTENCY = 'ranah-logbook-1 consistency'

export type ProofVerdict =
  | {
      readonly verdict: 'ok'
      readonly proves: 'inclusion'
      readonly entry: Fields
      readonly checkpoint: Shown
    }
  | {
      readonly verdict: 'ok'
      readonly proves: 'consistency'
      readonly from: Shown
      readonly checkpoint: Shown
    }
  | { readonly verdict: 'bad' | 'unusable'; readonly why: string; readonly text: Sentence }

/** A checkpoint as a verdict tells it; `root` in base64. */
type Shown = Pick<OpenCheckpoint, 'origin' | 'size' | 'cosigned'> & { readonly root: string }

const shown = ({ origin, size, root, cosigned }: OpenCheckpoint): Shown => ({
  origin,
  size,
  root: root.toString('base64'),
  cosigned,
})

/**
 * Checks a receipt or a proof of consistency.
 * @param kept checkpoints that the reader kept and that were opened before; a consistency proof starts from one
 * @param letter SHA-256 of the letter whose issue the receipt should prove
 */
export function verifyProof(
  file: string,
  trusted: readonly Trusted[],
  kept: readonly OpenCheckpoint[],
  letter?: string,
): ProofVerdict {
  try {
    const [head, checkpoint] = splitProof(file)
    const opened = openCheckpoint(checkpoint, trusted)
    const older = kept.filter(({ origin }) => goesOn(trusted, opened.origin, origin))
    for (const each of older)
      if (each.size === opened.size && !each.root.equals(opened.root)) throw faults.fork(each.size)
    if (head[0] === RECEIPT) return inclusion(head.slice(1), opened, letter)
    if (head[0] === CONSISTENCY) return consistency(head.slice(1), opened, older)
    throw faults.proofForm()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { verdict: error.unusable ? 'unusable' : 'bad', why: error.why, text: error.text }
  }
}

/** The lines before the first empty one, and the checkpoint after it. */
function splitProof(file: string): readonly [readonly string[], string] {
  const end = file.indexOf('\n\n')
  if (end < 0) throw faults.proofForm()
  return [file.slice(0, end).split('\n'), file.slice(end + 2)]
}

function numberAfter(word: string, line: string | undefined): number {
  const [, digits = ''] = /^[a-z]+ (0|[1-9]\d{0,15})$/.exec(line ?? '') ?? []
  if (!line?.startsWith(`${word} `) || digits === '') throw faults.proofForm()
  return Number(digits)
}

function hashes(lines: readonly string[]): readonly Buffer[] {
  return lines.map((line) => {
    const hash = base64(line)
    if (hash?.length !== 32) throw faults.proofForm()
    return hash
  })
}

function inclusion(
  [extra = '', ...lines]: readonly string[],
  checkpoint: OpenCheckpoint,
  letter: string | undefined,
): ProofVerdict {
  const text = extra.startsWith('extra ') ? base64(extra.slice(6)) : undefined
  if (!text) throw faults.proofForm()
  const index = numberAfter('index', lines[0])
  const { size, root } = checkpoint
  const isIn = isIncluded({ leaf: leafHash(text), index, size, path: hashes(lines.slice(1)), root })
  if (!isIn) throw faults.notIncluded(index + 1, size)
  const entry = parseCanonical(text.toString('utf8'))
  if (!entry || entry['seq'] !== index + 1) throw faults.foreign(index + 1)
  if (letter !== undefined && !isIssueOf(entry, letter)) throw faults.otherLetter(letter)
  return { verdict: 'ok', proves: 'inclusion', entry, checkpoint: shown(checkpoint) }
}

/** [9] */
function isIssueOf({ act, details }: Fields, sha256: string): boolean {
  const isIssue = act === 'letter.issued' || act === 'letter.signed'
  return isIssue && (details as Fields | undefined)?.['sha256'] === sha256
}

function consistency(
  lines: readonly string[],
  checkpoint: OpenCheckpoint,
  older: readonly OpenCheckpoint[],
): ProofVerdict {
  const from = numberAfter('from', lines[0])
  const old = older.find((each) => each.size === from)
  if (!old) throw faults.noKept(from)
  const { size: to, root } = checkpoint
  if (!isContinued({ from, to, path: hashes(lines.slice(1)), oldRoot: old.root, root }))
    throw faults.notContinued(from, to)
  return { verdict: 'ok', proves: 'consistency', from: shown(old), checkpoint: shown(checkpoint) }
}
