import * as z from 'zod'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import { Refused } from '../../domain/refused.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import type { Tx } from '../../db/database.ts'
import { lockFinding } from '../../db/office/zone-findings.ts'
import { notFound } from '../act.ts'

const reasonOf = z.string().trim().min(3).max(2000)

/** @throws Refused `reason-missing` */
export function requireReason(reason: string): string {
  const { data, success } = reasonOf.safeParse(reason)
  if (success) return data
  throw new Refused('reason-missing', decideTexts.reasonMissing, {
    issues: [{ field: 'reason', text: decideTexts.reasonMissing }],
  })
}

type Row = NonNullable<Awaited<ReturnType<typeof lockFinding>>>

/** Locks a difference that nobody has decided yet. @throws Refused `finding-decided` (409) */
export async function openFinding(tx: Tx, id: string): Promise<Row> {
  const finding = await lockFinding(tx, id)
  if (!finding) throw notFound()
  if (finding.status !== 'open') throw new Refused('finding-decided', driftTexts.decided, { status: 409 })
  return finding
}

/** A difference as the logbook keeps it. */
export const detailsOf = ({ type, kind, live, registered }: Row) => ({
  type,
  kind,
  live: wordsOf(live),
  registered: wordsOf(registered),
})

const wordsOf = (content: RrsetContent | null): string | null =>
  content && `${content.ttl} ${content.values.join(' ')}`.slice(0, 4_000)
