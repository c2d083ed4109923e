import { namesCover } from '../domain/access/token-limits.ts'
import type { TokenLimits } from '../domain/access/token-limits.ts'
import { readRecordTable } from '../domain/dns/own-records.ts'
import type { Rrset } from '../domain/dns/records.ts'
import { Refused } from '../domain/refused.ts'
import { tokenTexts } from '../domain/text/tokens.ts'
import type { Tx } from '../db/database.ts'
import type { EntryFacts } from '../domain/logbook/entry.ts'

/** What a note says of its act. */
type Noted = Pick<EntryFacts, 'subject' | 'details'>

/** What an act is about, as far as a token's limits ask: the names, and the record types of a change of records. */
type About = { readonly names: readonly string[]; readonly types: readonly string[] | null }

/**
 * Judges what an act has done before it is committed, by the subjects of its notes: without a note nothing is committed,
 * so that no act can pass by. What is not about a name is refused for a token of certain names.
 *
 * @throws Refused `token-names`, `token-record-types` (403)
 */
export async function requireWithinToken(
  tx: Tx,
  limits: TokenLimits,
  notes: readonly Noted[],
): Promise<void> {
  if (limits.names === null && limits.recordTypes === null) return
  for (const note of notes) {
    const about = await aboutOf(tx, note)
    if (about === 'nothing yet') continue
    if (limits.names && about.names.length === 0) throw refuse('token-names', tokenTexts.otherName(null))
    const stranger = limits.names && about.names.find((name) => !namesCover(limits.names!, name))
    if (stranger) throw refuse('token-names', tokenTexts.otherName(stranger))
    const { recordTypes } = limits
    if (recordTypes && !(about.types && about.types.every((type) => recordTypes.includes(type))))
      throw refuse('token-record-types', tokenTexts.otherType)
  }
}

const refuse = (reason: string, text: ConstructorParameters<typeof Refused>[1]): Refused =>
  new Refused(reason, text, { status: 403 })

/** @returns what a note is about; `nothing yet` for a draft that names nothing */
async function aboutOf(tx: Tx, { subject, details }: Noted): Promise<About | 'nothing yet'> {
  if (subject.kind === 'request') return aboutRequest(tx, subject.id)
  if (subject.kind === 'service') return { names: [subject.id], types: null }
  if (subject.kind === 'name')
    return { names: [subject.id], types: typeof details?.type === 'string' ? [details.type] : null }
  return { names: [], types: null }
}

async function aboutRequest(tx: Tx, ticket: string): Promise<About | 'nothing yet'> {
  const row = await tx
    .selectFrom('requests as r')
    .leftJoin('zones as z', 'z.id', 'r.zone_id')
    .leftJoin('services as s', 's.id', 'r.service_id')
    .leftJoin('zones as y', 'y.id', 's.zone_id')
    .select(['r.fqdn', 'r.form', 'r.phase', 'r.fulfilment', 'z.name as zone'])
    .select(['s.fqdn as service', 's.records', 'y.name as serviceZone'])
    .where('r.ticket', '=', ticket)
    .executeTakeFirst()
  if (!row) return { names: [], types: null }
  const { label } = row.form
  const wanted = label && row.zone ? `${label.toLowerCase()}.${row.zone}` : null
  const names = [row.fqdn, wanted, row.service].filter((name) => name !== null)
  if (names.length === 0 && row.phase === 'draft') return 'nothing yet'
  const isChange = row.fulfilment === 'record-change' && row.service !== null
  if (!isChange) return { names, types: null }
  if (row.form.records === undefined && row.phase === 'draft') return { names, types: [] }
  const own = { fqdn: row.service!, zone: row.serviceZone!, others: [] }
  const { sets, issues } = readRecordTable(row.form.records ?? [], own)
  const before = row.records as readonly Rrset[]
  return { names, types: issues.length > 0 ? null : changedTypes(before, sets) }
}

/** The types of the sets that are another after the change, or are gone. */
function changedTypes(before: readonly Rrset[], after: readonly Rrset[]): readonly string[] {
  const keyOf = (set: Rrset): string => JSON.stringify([set.name, set.type, set.ttl, [...set.values].sort()])
  const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  const changed = [
    ...before.filter((set) => !has.has(keyOf(set))),
    ...after.filter((set) => !had.has(keyOf(set))),
  ]
  return [...new Set(changed.map(({ type }) => type))]
}
