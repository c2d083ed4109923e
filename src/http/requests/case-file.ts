import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { noteCaseFile } from '../../actions/requests/note-case-file.ts'
import { inScope } from '../../db/database.ts'
import { readHead } from '../../db/logbook.ts'
import { readLogo, readPaperOffice } from '../../db/office/settings.ts'
import { listHistory } from '../../db/oversight/logbook.ts'
import { formatInstant } from '../../domain/dates/indonesian.ts'
import { letterheadOf } from '../../domain/letters/letterhead.ts'
import type { CaseCover } from '../../domain/letters/case-file.ts'
import type { LogbookHead } from '../../domain/letters/parts.ts'
import { Refused } from '../../domain/refused.ts'
import { caseFileText as say } from '../../domain/text/case-file.ts'
import { requestFormTexts as formTexts } from '../../domain/text/request-form.ts'
import type { CaseFileState } from '../../lookups/case-files.ts'
import type { HttpDeps } from '../deps.ts'
import { download } from '../download.ts'
import { wishedName } from '../pages/requests/facts.tsx'
import { paths } from '../paths.ts'
import type { CaseFacts } from './case-file-parts.ts'
import { casePartsOf } from './case-file-parts.ts'
import { isDesk } from './lists.ts'
import type { Case } from './open-case.ts'

/** Entries of the logbook that one case file prints: no request has had more. */
const maxEntries = 5000

/**
 * Begins to put together everything of the request that the member sees on its page. Papers are Indonesian.
 * @returns the id under which the member asks for it
 */
export async function beginCaseFile(deps: HttpDeps, member: Member, view: Case): Promise<string> {
  const { office, head, entries } = await inScope(deps.db, member, async (tx) => ({
    office: await readPaperOffice(tx, member.officeId),
    head: await readHead(tx, member.officeId),
    // the logbook is read by the desk and the auditor; the applicant has the history
    entries: isDesk(member) ? await listHistory(tx, view.row.ticket, maxEntries) : [],
  }))
  const logo = await readLogo(deps.db, member.officeId)
  const facts: CaseFacts = {
    view,
    office,
    logo,
    paper: {
      size: office.paper === 'F4' ? 'f4' : 'a4',
      letterhead: letterheadOf(office, logo),
      createdAt: view.now.toISOString(),
      ticket: view.row.ticket,
    },
  }
  const chain = { entries: head.seq, hash: head.hash }
  return deps.lookups.caseFiles.begin({
    owner: ownerOf(member, view),
    cover: coverOf(deps, member, facts, chain),
    parts: casePartsOf(deps, member, facts, entries, chain),
  })
}

/** @throws Refused `not-found` (404) for one that is not kept any more or not the member's */
export async function lookAtCaseFile(
  deps: HttpDeps,
  member: Member,
  view: Case,
  id: string,
): Promise<CaseFileState> {
  const state = await deps.lookups.caseFiles.look(ownerOf(member, view), id)
  if (!state) throw new Refused('case-file-gone', say.gone, { status: 404 })
  if (state.status === 'failed') throw new Refused('case-file-failed', say.failed, { status: 503 })
  return state
}

/** The finished file. That it was taken is noted first, with its digest. */
export async function caseFileAnswer(
  deps: HttpDeps,
  member: Member,
  view: Case,
  id: string,
): Promise<Response> {
  const state = await lookAtCaseFile(deps, member, view, id)
  if (state.status !== 'ready') throw notFound()
  await noteCaseFile(deps, member, view.row.ticket, { ...state, contacts: view.contacts.note?.personal })
  return download({
    filename: `berkas-${view.row.ticket}.pdf`,
    mediaType: 'application/pdf',
    bytes: state.pdf,
  })
}

const ownerOf = (member: Member, { row }: Case): string =>
  [member.officeId, member.personId, row.id].join('/')

function coverOf(
  deps: HttpDeps,
  member: Member,
  { view, office, paper }: CaseFacts,
  head: LogbookHead,
): CaseCover {
  const { row, agency, kind, sentence, now } = view
  const letter = view.letters.findLast(({ status }) => status === 'issued')
  const name = wishedName(view)
  const at = (instant: Date) => formatInstant(instant, office.timezone)
  return {
    ...paper,
    head,
    facts: [
      { label: formTexts.agency.id, value: agency.name, strong: true },
      { label: formTexts.kind.id, value: kind.label.id },
      ...(name ? [{ label: formTexts.label.id, value: name, strong: true }] : []),
      ...(row.submitted_at ? [{ label: say.submitted.id, value: at(row.submitted_at) }] : []),
      { label: say.status.id, value: sentence.id },
      { label: say.made.id, value: at(now) },
      { label: say.madeBy.id, value: member.name },
    ],
    ...(letter && {
      verification: {
        url: `${deps.config.publicUrl}${paths.verifyLetter(letter.verification_code)}`,
        code: letter.verification_code,
        logbookHead: head,
      },
    }),
  }
}
