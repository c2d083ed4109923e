import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readHead } from '../db/logbook.ts'
import { walkEntries } from '../db/oversight/logbook.ts'
import type { ChainVerdict } from '../domain/logbook/chain.ts'
import { walkChain } from '../domain/logbook/chain.ts'
import { exportLines } from '../domain/logbook/export.ts'
import type { Text } from '../domain/refused.ts'
import { chainText } from '../domain/text/logbook.ts'

type Office = { readonly id: string; readonly name: string }

/** The office's logbook up to its present head as an export file (docs/logbook-format.md), line by line. */
export async function* exportLogbook(db: Db, { id, name }: Office, at: Date): AsyncGenerator<string> {
  const head = await headOf(db, id)
  const header = { office: { id, name }, exportedAt: at, entries: head.seq, head: head.hash }
  yield* exportLines(header, walkEntries(db, id, head.seq))
}

/** What a walk along the whole logbook found, held against its head. */
export type LogbookVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly entries: number; readonly seq: number; readonly text: Text }

/** Computes every hash of the office's logbook anew. @returns the first bad entry, or the count and the head */
export async function checkLogbook(db: Db, officeId: string): Promise<LogbookVerdict> {
  const head = await headOf(db, officeId)
  const walk = walkChain(officeId)
  for await (const entry of walkEntries(db, officeId, head.seq)) {
    const bad = walk.take(entry)
    if (bad) return bad
  }
  return againstHead(walk.verdict(), head)
}

function againstHead(
  found: Extract<ChainVerdict, { readonly ok: true }>,
  head: { seq: number; hash: string },
): LogbookVerdict {
  if (found.entries === head.seq && found.head === head.hash) return found
  const text = found.entries === head.seq ? chainText.otherHead : chainText.cutOff(found.entries, head.seq)
  return { ok: false, entries: found.entries, seq: found.entries + 1, text }
}

const headOf = (db: Db, officeId: string): Promise<{ seq: number; hash: string }> =>
  inScope(db, { officeId }, (tx) => readHead(tx, officeId))
