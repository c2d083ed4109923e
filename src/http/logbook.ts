import { createHash } from 'node:crypto'
import { startOfDay, isLocalDate, MS_PER_DAY } from '../domain/dates/zones.ts'
import type { LocalDate, Zone } from '../domain/dates/zones.ts'
import { Refused } from '../domain/refused.ts'
import { httpTexts } from '../domain/text/http.ts'
import { logbookTexts, subjectKinds } from '../domain/text/oversight.ts'
import { roles, roleTexts } from '../domain/access/roles.ts'
import type { Text } from '../domain/refused.ts'
import { anyReading, readingActs } from '../domain/logbook/readings.ts'
import { noteExport } from '../actions/oversight/note-export.ts'
import type { Member } from '../actions/act.ts'
import { inScope } from '../db/database.ts'
import { readHead } from '../db/logbook.ts'
import { readLogo, readPaperOffice } from '../db/office/settings.ts'
import type { LogbookFilter, LogbookRow } from '../db/oversight/logbook.ts'
import { listPeriod } from '../db/oversight/logbook.ts'
import { REGISTER_MAX_ROWS } from '../domain/letters/papers.ts'
import { registerOf } from '../domain/logbook/register.ts'
import { download } from './download.ts'
import type { OfficeFacts } from '../db/people.ts'
import { exportLogbook } from '../lookups/logbook.ts'
import type { HttpDeps } from './deps.ts'

/** What a reader asked to see of a logbook: days are of the office's calendar, both inclusive. */
export type LogbookQuestion = {
  readonly act?: string
  readonly subject?: string
  /** Whose data was read, by their e-mail address. */
  readonly whose?: string
  readonly from?: LocalDate
  readonly to?: LocalDate
}

/** @throws Refused when a day does not exist */
export function filterOf(question: LogbookQuestion, zone: Zone): LogbookFilter {
  const issues = (['from', 'to'] as const)
    .filter((field) => question[field] && !isLocalDate(question[field]))
    .map((field) => ({ field, text: logbookTexts.badDate }))
  if (issues.length > 0) throw new Refused('bad-input', httpTexts.badInput, { issues })
  const act = plain(question.act)
  const subject = plain(question.subject)
  const whose = plain(question.whose)
  const { from, to } = question
  return {
    ...(act && { acts: act === anyReading ? readingActs : [act] }),
    ...(whose && { whose, ...(!act && { acts: readingActs }) }),
    ...(subject && { subject }),
    ...(from && { from: startOfDay(from, zone) }),
    ...(to && { to: new Date(startOfDay(to, zone).getTime() + MS_PER_DAY) }),
  }
}

/** The register of a period as a PDF. Printing it is noted. */
export async function registerAnswer(
  deps: HttpDeps,
  member: Member,
  office: OfficeFacts,
  period: Pick<LogbookQuestion, 'from' | 'to'>,
): Promise<Response> {
  const filter = filterOf(period, office.timezone)
  const { rows, head, facts } = await inScope(deps.db, member, async (tx) => ({
    rows: await listPeriod(tx, filter, REGISTER_MAX_ROWS + 1),
    head: await readHead(tx, member.officeId),
    facts: await readPaperOffice(tx, member.officeId),
  }))
  const logo = await readLogo(deps.db, member.officeId)
  if (rows.length === 0) throw new Refused('register-empty', logbookTexts.printNone)
  if (rows.length > REGISTER_MAX_ROWS)
    throw new Refused('register-too-long', logbookTexts.printTooMany(REGISTER_MAX_ROWS))
  const at = deps.now()
  const paper = registerOf(facts, rows, {
    ...period,
    head: { entries: head.seq, hash: head.hash },
    at,
    logo,
  })
  const bytes = await deps.lookups.renderPaper(paper, member.officeId)
  const { from, to } = period
  const asked = { ...(from && { from }), ...(to && { to }) }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await noteExport(deps, member, 'logbook.printed', { entries: rows.length, ...asked, sha256 })
  const filename = `register-buku-log-${office.slug}-${at.toISOString().slice(0, 10)}.pdf`
  return download({ filename, mediaType: 'application/pdf', bytes })
}

/** Without control characters, of which the database takes no zero, and no longer than a subject can be. */
const plain = (text: string | undefined): string => (text ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 300)

/** Characters that are gathered before they are sent, so that a long export is no stream of single lines. */
const chunkCharacters = 64 * 1024

/** The export as a download. Taking it is noted first, so that the file holds the entry of its own making. */
export async function exportAnswer(deps: HttpDeps, member: Member, office: OfficeFacts): Promise<Response> {
  await noteExport(deps, member, 'logbook.exported')
  const at = deps.now()
  const lines = exportLogbook(deps.db, office, at)
  const name = `buku-log-${office.slug}-${at.toISOString().slice(0, 10)}.ndjson`
  return new Response(ReadableStream.from(chunks(lines)), {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

async function* chunks(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let waiting = ''
  for await (const line of lines) {
    waiting += line
    if (waiting.length < chunkCharacters) continue
    yield encoder.encode(waiting)
    waiting = ''
  }
  yield encoder.encode(waiting)
}

type Say = (text: Text) => string

/** @returns who acted: the person with the role in which they did, or the system */
export function actorWords(row: LogbookRow, titles: ReadonlyMap<string, string>, say: Say): string {
  if (row.role === 'system') return say(logbookTexts.system)
  // somebody before their first role, by an invitation for instance
  if (row.role === 'person' && row.person) return row.person
  const known = roles.find((role) => role === row.role)
  const role = known
    ? say(roleTexts[known])
    : row.role === 'technical-contact'
      ? say(logbookTexts.technicalContact)
      : (titles.get(row.role) ?? row.role)
  return row.person ? `${row.person} (${role})` : role
}

/** What an entry is about: its kind in a word, and how it is called. */
export function subjectOf(row: LogbookRow) {
  const { kind, id } = row.subject
  // The key of a row says nothing to a reader: the name where it is on record, its beginning where it is not.
  const isKey = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) || kind === 'person'
  const { name, email, administrator } = row.openings
  const called = row.about ?? name ?? email ?? administrator ?? (isKey ? id.slice(0, 8) : id)
  return { what: subjectKinds[kind], called, isKey }
}

/** @returns what an entry is about, in words */
export function subjectWords(row: LogbookRow, say: Say): string {
  if (row.subject.kind === 'request') return row.subject.id
  const { what, called } = subjectOf(row)
  return what ? `${say(what)} ${called}` : called
}
