import type { Member } from '../../actions/act.ts'
import { archiveRecordTexts } from '../../domain/text/archive-records.ts'
import { notFound } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { LogbookRow } from '../../db/oversight/logbook.ts'
import type { DocumentFacts } from '../../db/requests/case-file.ts'
import { readDocument } from '../../db/requests/case-file.ts'
import { formatDate, formatInstant } from '../../domain/dates/indonesian.ts'
import { isLocalDate } from '../../domain/dates/zones.ts'
import type { Evidence } from '../../domain/fulfilment/plan.ts'
import { evidenceLines } from '../../domain/fulfilment/plan.ts'
import type { CasePart } from '../../domain/letters/papers.ts'
import type { LogbookHead } from '../../domain/letters/parts.ts'
import type { PaperOffice } from '../../domain/logbook/register.ts'
import { registerOf } from '../../domain/logbook/register.ts'
import { dispositionsOf } from '../../domain/requests/dispositions.ts'
import { groundTexts } from '../../domain/requests/grounds.ts'
import { caseFileText as say } from '../../domain/text/case-file.ts'
import { requestFormTexts as formTexts } from '../../domain/text/request-form.ts'
import { requestPageTexts as texts } from '../../domain/text/request-page.ts'
import type { CasePartSource } from '../../lookups/case-files.ts'
import type { HttpDeps } from '../deps.ts'
import { formParts, mainRows } from './application-paper.ts'
import { dispositionPaper } from './disposition-sheet.ts'
import {
  documentTitle,
  historyActor,
  historyDetail,
  historyEvents,
  historySentence,
} from './history-words.ts'
import { isDesk } from './lists.ts'
import type { Case } from './open-case.ts'

/** What the papers of a case file are made from. */
export type CaseFacts = {
  readonly view: Case
  readonly office: PaperOffice
  readonly logo: Buffer | null
  readonly paper: Pick<CasePart, 'size' | 'letterhead' | 'createdAt' | 'ticket'>
}

type Section = CasePart['sections'][number]

/**
 * @param entries of the logbook about the request, the newest first; none for who may not read it
 * @returns every part that the member sees on the page of the request, in the order of the file
 */
export function casePartsOf(
  deps: HttpDeps,
  member: Member,
  facts: CaseFacts,
  entries: readonly LogbookRow[],
  head: LogbookHead,
): CasePartSource[] {
  const { view } = facts
  const service = serviceSections(facts)
  const messages = view.messages.length > 0
  return [
    printed(facts, say.form.id, formSections(view), 'isian'),
    ...uploadParts(deps, member, facts),
    ...dispositionPart(member, facts),
    ...letterParts(deps, member, facts),
    ...(service.length > 0 ? [printed(facts, say.service.id, service, 'layanan')] : []),
    ...(messages ? [printed(facts, say.messages.id, [messageSection(facts)], 'pesan')] : []),
    printed(facts, say.history.id, [historySection(facts)], 'riwayat'),
    ...(entries.length > 0 ? [logbookPart(facts, entries, head)] : []),
  ]
}

function printed(
  { paper }: CaseFacts,
  title: string,
  sections: readonly Section[],
  filename: string,
): CasePartSource {
  const part: CasePart = { kind: 'case-part', ...paper, title, sections: [...sections] }
  return { title, note: say.printed.id, filename: `${filename}.pdf`, paper: part }
}

function uploadParts(deps: HttpDeps, member: Member, { view, office }: CaseFacts): CasePartSource[] {
  const letters = new Set(view.letters.map(({ document_id }) => document_id))
  return view.documents
    .filter(({ id }) => !letters.has(id))
    .toReversed()
    .map((document) => {
      const title = documentTitle(view, document.kind, 'id')
      return {
        title: isReplaced(view, document) ? `${title} (${say.replaced.id})` : title,
        note: `${document.filename} · ${formatInstant(document.created_at, office.timezone)}`,
        ...fileSource(deps, member, view, document),
      }
    })
}

/** Newer ones of the same kind stand before it. */
const isReplaced = ({ documents }: Case, { id, kind }: DocumentFacts): boolean =>
  kind !== 'attachment' && documents.find((each) => each.kind === kind)?.id !== id

function letterParts(deps: HttpDeps, member: Member, { view }: CaseFacts): CasePartSource[] {
  const kinds: Readonly<Record<string, { readonly id: string }>> = texts.letterKinds
  return view.letters.flatMap((letter) => {
    const document = view.documents.find(({ id }) => id === letter.document_id)
    if (!document) return []
    const dated = isLocalDate(letter.dated) ? formatDate(letter.dated) : letter.dated
    const state = letter.status === 'voided' ? ` · ${say.voided.id}` : ''
    return [
      {
        title: `${kinds[letter.kind]?.id ?? letter.kind} ${letter.number}`,
        note: `${dated} · ${say.code.id} ${letter.verification_code}${state}`,
        ...fileSource(deps, member, view, document),
      },
    ]
  })
}

function dispositionPart(member: Member, { view, office, logo }: CaseFacts): CasePartSource[] {
  if (!isDesk(member) || dispositionsOf(view.sop, view.events).length === 0) return []
  const paper = dispositionPaper(view, office, logo)
  return [{ title: say.disposition.id, note: say.printed.id, filename: 'lembar-disposisi.pdf', paper }]
}

function fileSource(deps: HttpDeps, member: Member, view: Case, document: DocumentFacts) {
  const { id, filename, sha256, size, scan, destroyed } = document
  if (destroyed)
    return { filename, sha256, absent: archiveRecordTexts.destroyedBy(destroyed.on, destroyed.number).id }
  if (scan === 'waiting') return { filename, sha256, absent: say.notScanned.id }
  if (scan === 'found') return { filename, sha256, absent: say.quarantined.id }
  const own = view.letters.some(({ document_id }) => document_id === id)
  const read = async () => {
    const found = await inScope(deps.db, member, (tx) => readDocument(tx, view.row.id, id))
    if (!found) throw notFound()
    return found.bytes
  }
  return { filename, sha256, size, own, read }
}

function formSections(view: Case): Section[] {
  const { letter, records } = view.row.form
  const letterFacts = [
    [formTexts.letterNumber.id, letter?.number],
    [
      formTexts.letterDate.id,
      letter?.date && isLocalDate(letter.date) ? formatDate(letter.date) : letter?.date,
    ],
  ].flatMap(([label, value]) => (label && value ? [{ label, value }] : []))
  return [
    { facts: [...mainRows(view), ...letterFacts] },
    ...(records?.length
      ? [
          {
            heading: say.records.id,
            facts: records.map(({ name, type, value }) => ({
              label: `${name || '@'} ${type}`,
              value: value || '-',
            })),
          },
        ]
      : []),
    ...formParts(view).map(({ title, rows }) => ({ heading: title, facts: rows })),
  ]
}

const columns = (last: string): NonNullable<Section['table']>['columns'] => [
  { title: say.at.id, width: { mm: 32 } },
  { title: say.by.id, width: { mm: 38 } },
  { title: last, width: { fr: 1 } },
]

function historySection({ view, office }: CaseFacts): Section {
  const rows = historyEvents(view).map((event) => {
    const { lines, grounds } = historyDetail(view, event, 'id')
    return [
      formatInstant(event.at, office.timezone),
      historyActor(view, event, 'id'),
      [
        historySentence(view, event, 'id'),
        ...lines,
        ...grounds.map((each) => `${groundTexts[each.code].id}: ${each.text}`),
      ].join('\n'),
    ]
  })
  const begun = [
    formatInstant(view.row.created_at, office.timezone),
    view.names.get(view.row.created_by) ?? '',
    texts.draftStarted.id,
  ]
  return { table: { columns: columns(say.what.id), rows: [begun, ...rows] } }
}

function messageSection({ view, office }: CaseFacts): Section {
  const rows = view.messages.map((message) => [
    formatInstant(message.at, office.timezone),
    `${view.names.get(message.author_id) ?? ''} (${(message.side === 'applicant' ? texts.sideApplicant : texts.sideOffice).id})`,
    message.body,
  ])
  return { table: { columns: columns(say.text.id), rows } }
}

/** What the request made or changed, how it was seen from outside, and the certificates of its site. */
function serviceSections({ view, office }: CaseFacts): Section[] {
  const { service, provisioning } = view
  const evidence = provisioning?.evidence as Evidence | null | undefined
  const at = (instant: Date | null) => (instant ? formatInstant(instant, office.timezone) : '-')
  return [
    ...(service
      ? [
          {
            facts: [
              { label: formTexts.label.id, value: service.fqdn },
              ...(service.registered_until
                ? [{ label: say.registered.id, value: formatDate(service.registered_until) }]
                : []),
            ],
          },
        ]
      : []),
    ...(evidence && evidenceLines(evidence).length > 0
      ? [
          {
            heading: say.proofs.id,
            facts: evidenceLines(evidence).map(({ term, value }) => ({ label: term, value })),
          },
        ]
      : []),
    ...(service?.certificates ?? []).map((certificate) => ({
      heading: say.certificate.id,
      facts: [
        { label: say.names.id, value: certificate.names.join(', ') },
        ...(certificate.issuer ? [{ label: say.issuer.id, value: certificate.issuer }] : []),
        { label: say.valid.id, value: `${at(certificate.notBefore)} – ${at(certificate.notAfter)}` },
      ],
    })),
  ]
}

function logbookPart(
  { view, office, logo }: CaseFacts,
  entries: readonly LogbookRow[],
  head: LogbookHead,
): CasePartSource {
  const paper = registerOf(office, entries.toReversed(), { head, at: view.now, logo })
  return {
    title: say.logbook.id,
    note: say.printed.id,
    filename: 'buku-log.pdf',
    paper: { ...paper, title: say.logbook.id, period: say.logbookPeriod(view.row.ticket).id },
  }
}
