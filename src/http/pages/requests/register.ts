import { notFound } from '../../../actions/act.ts'
import { noteReading } from '../../../actions/oversight/note-reading.ts'
import { inScope } from '../../../db/database.ts'
import { readDocument } from '../../../db/requests/case-file.ts'
import { dispositionText } from '../../../domain/text/disposition.ts'
import { requestFormTexts } from '../../../domain/text/request-form.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import { patterns } from '../../paths.ts'
import { applicationPdf } from '../../requests/application-paper.ts'
import { dispositionAnswer } from '../../requests/disposition-sheet.ts'
import { downloadResponse } from '../../requests/intake.ts'
import { openCase } from '../../requests/open-case.ts'
import { stepSheet } from '../../sheets/steps.ts'
import type { Portal } from '../../routes.ts'
import { officePage } from '../page.ts'
import { registerCaseFile } from './case-file.tsx'
import { registerFormPage } from './form-page.tsx'
import { registerInbox } from './inbox.tsx'
import { registerNewRequest } from './new-request.tsx'
import { registerPreview } from './preview.tsx'
import { registerProgress } from './progress.tsx'
import { registerRequestForms } from './request-forms.ts'
import { showRequest } from './request-page.tsx'

/** Everything about requests: inbox, lists, the guided form and the page of a request. */
export function registerRequestPages(portal: Portal): void {
  registerInbox(portal)
  registerNewRequest(portal)
  const page = officePage(portal, {
    path: patterns.request,
    title: requestPageTexts.title,
    show: showRequest,
    sheets: async (visit) => {
      const { deps, member, office, param, locale } = visit
      const view = await openCase(deps, member, office.timezone, param('ticket'))
      return [stepSheet(visit, view.sop, locale)]
    },
  })
  registerRequestForms(portal, page)
  registerCaseFile(portal, page)
  registerPreview(portal)
  registerFormPage(portal)
  registerProgress(portal)
  registerDownload(portal)
  registerNameCheck(portal)
}

function registerDownload(portal: Portal): void {
  officePage(portal, {
    path: patterns.requestLetter,
    title: requestFormTexts.preparedLetter,
    show: async ({ deps, member, office, param }) => {
      const view = await openCase(deps, member, office.timezone, param('ticket'))
      const bytes = await applicationPdf(deps, member, view)
      return downloadResponse({ filename: `${view.row.ticket}.pdf`, media_type: 'application/pdf', bytes })
    },
  })
  officePage(portal, {
    path: patterns.requestDisposition,
    title: dispositionText.title,
    show: async ({ deps, member, office, param }) =>
      dispositionAnswer(deps, member, await openCase(deps, member, office.timezone, param('ticket'))),
  })
  officePage(portal, {
    path: patterns.requestDocument,
    title: requestPageTexts.documents,
    show: async ({ deps, member, office, param }) => {
      const { row } = await openCase(deps, member, office.timezone, param('ticket'))
      const found = await inScope(deps.db, member, (tx) => readDocument(tx, row.id, param('document')))
      if (!found) throw notFound()
      await noteReading(deps, member, param('document'))
      return downloadResponse(found)
    },
  })
}

const tones = { free: 'success', unknown: 'warning', invalid: 'danger', taken: 'danger', 'in-zone': 'danger' }

/** The answer for the name field of the guided form while somebody types. */
function registerNameCheck(portal: Portal): void {
  officePage(portal, {
    path: patterns.nameCheck,
    title: requestFormTexts.label,
    show: async ({ c, deps, member, query, say }) => {
      const answer = await deps.lookups.checkName({
        officeId: member.officeId,
        zone: (query('zone') ?? '').slice(0, 255),
        label: (query('name') ?? '').slice(0, 2000),
        ticket: query('ticket'),
      })
      c.header('cache-control', 'no-store')
      return c.json({ tone: tones[answer.verdict], text: say(answer.text) })
    },
  })
}
