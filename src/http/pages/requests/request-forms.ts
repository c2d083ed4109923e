import * as z from 'zod'
import { confirmContactsLeft, leftReason } from '../../../actions/takeovers/confirm-contacts-left.ts'
import { takeoverPageTexts } from '../../../domain/text/takeover.ts'
import { reverseChange } from '../../../actions/requests/reverse-change.ts'
import { appealRequest } from '../../../actions/requests/appeal-request.ts'
import { attachDocument } from '../../../actions/requests/attach-document.ts'
import { giveBackStep } from '../../../actions/requests/give-back-step.ts'
import { postMessage } from '../../../actions/requests/post-message.ts'
import { releaseDocument } from '../../../actions/requests/release-document.ts'
import { refuseRequest } from '../../../actions/requests/refuse-request.ts'
import { takeStep } from '../../../actions/requests/take-step.ts'
import { waiveRequirement } from '../../../actions/requests/waive-requirement.ts'
import { cancelProvisioning } from '../../../actions/fulfilment/cancel-provisioning.ts'
import { checkNow } from '../../../actions/fulfilment/check-now.ts'
import { withdrawRequest } from '../../../actions/requests/withdraw-request.ts'
import type { Address } from '../../../domain/access/table.ts'
import { Refused } from '../../../domain/refused.ts'
import type { Text } from '../../../domain/refused.ts'
import { contactTexts } from '../../../domain/text/contacts.ts'
import { documentTexts } from '../../../domain/text/documents.ts'
import { decideTexts } from '../../../domain/text/decide.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { recordFormTexts } from '../../../domain/text/record-pages.ts'
import { taskSheetTexts } from '../../../domain/text/manual.ts'
import { intakeTexts } from '../../../domain/text/requests.ts'
import { paths, patterns } from '../../paths.ts'
import { readContacts } from '../../contacts.ts'
import { refusalOf } from '../../problems.ts'
import { maxUploadBytes, pdfUpload } from '../../requests/intake.ts'
import { openCase } from '../../requests/open-case.ts'
import { allowPlanNow, finishStep } from '../../requests/seen-plan.ts'
import type { Portal } from '../../routes.ts'
import type { FormValues } from '../form-values.ts'
import type { Page } from '../page.ts'
import { pageForm } from '../page.ts'
import { releaseField } from './release-file.tsx'
import type { OfficeVisit } from '../visit.ts'
import { atPageFields, groundsOf, stepInputOf } from './step-input.ts'

type Act = (visit: OfficeVisit, ticket: string, form: FormValues) => Promise<Text>

/** Every form of the request page. Each leads back to the page; a refusal shows it with what was entered. */
export function registerRequestForms(portal: Portal, page: Page<OfficeVisit>): void {
  const form = (path: Address, act: Act, maxBytes?: number): void =>
    pageForm(portal, page, {
      path,
      maxBytes,
      submit: async (visit, values) => {
        const ticket = visit.param('ticket')
        await visit.flash('success', await act(visit, ticket, values))
        return values.text('kembali') === 'kotak-masuk'
          ? paths.inbox(visit.office.slug)
          : paths.request(visit.office.slug, ticket)
      },
    })
  form(patterns.requestStep, finish)
  form(patterns.requestAllowance, async ({ deps, member }, ticket, values) => {
    const touched = Number(values.text('touched'))
    const [seen, reason] = [values.text('plan'), values.text('allowance')]
    await allowPlanNow(deps, member, ticket, { seen, touched, reason })
    return recordFormTexts.allowDone
  })
  form(patterns.requestTake, async ({ deps, member }, ticket, values) => {
    await takeStep(deps, member, ticket, visitOf(values.text('visit')))
    return texts.taken
  })
  form(patterns.documentRelease, async ({ deps, member, param }, ticket, values) => {
    const field = releaseField(param('document'))
    await named(field, () =>
      releaseDocument(deps, member, ticket, { document: param('document'), reason: values.text(field) }),
    )
    return documentTexts.released
  })
  form(patterns.requestGiveBack, async ({ deps, member }, ticket) => {
    await giveBackStep(deps, member, ticket)
    return texts.givenBack
  })
  form(patterns.requestRefuse, refuse)
  form(patterns.requestWaive, waive)
  form(patterns.requestWithdraw, async ({ deps, member }, ticket, values) => {
    await withdrawRequest(deps, member, ticket, values.text('withdrawal') || undefined)
    return texts.withdrawn
  })
  form(patterns.requestCallOff, async ({ deps, member }, ticket) => {
    await cancelProvisioning(deps, member, ticket)
    return texts.calledOff
  })
  form(patterns.requestCheck, async ({ deps, member }, ticket) => {
    await checkNow(deps, member, ticket)
    return taskSheetTexts.checking
  })
  form(patterns.requestAppeal, async ({ deps, member }, ticket, values) => {
    await named('appeal', () => appealRequest(deps, member, ticket, values.text('appeal')))
    return texts.appealed
  })
  form(patterns.requestContactsLeft, async ({ deps, member }, ticket, values) => {
    const { left } = values.parse(z.object({ left: leftReason }))
    await confirmContactsLeft(deps, member, ticket, left)
    return takeoverPageTexts.confirmDone
  })
  form(patterns.requestMessages, async ({ deps, member }, ticket, values) => {
    await postMessage(deps, member, ticket, values.text('body'))
    return texts.messageSent
  })
  form(patterns.requestDocuments, upload, maxUploadBytes)
  pageForm(portal, page, {
    path: patterns.requestContacts,
    submit: async (visit) => {
      const { deps, member, office, param } = visit
      const { row, contacts } = await openCase(deps, member, office.timezone, param('ticket'))
      await readContacts(deps, member, contacts)
      await visit.flash('success', contactTexts.shown)
      return `${paths.request(office.slug, row.ticket)}#kontak`
    },
  })
  pageForm(portal, page, {
    path: patterns.requestReversal,
    submit: async (visit) => {
      const { ticket } = await reverseChange(visit.deps, visit.member, visit.param('ticket'))
      await visit.flash('success', recordFormTexts.reversed)
      return paths.requestForm(visit.office.slug, ticket)
    },
  })
}

const visitOf = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)

async function finish(visit: OfficeVisit, ticket: string, form: FormValues): Promise<Text> {
  const { deps, member, office } = visit
  const view = await openCase(deps, member, office.timezone, ticket)
  const { sop, step, row } = view
  const seen = visitOf(visit.param('visit'))
  if (!step || seen !== row.visit)
    throw new Refused('step-already-done', decideTexts.stepAlreadyDone, { status: 409 })
  try {
    await finishStep(deps, member, view, stepInputOf(sop, step, seen, form))
  } catch (error) {
    throw atPageFields(error, sop, step)
  }
  return texts.stepDone
}

async function refuse(visit: OfficeVisit, ticket: string, form: FormValues): Promise<Text> {
  const { deps, member, office } = visit
  const { row } = await openCase(deps, member, office.timezone, ticket)
  const grounds = groundsOf(form, 'refusal')
  await named('refusal.1.code', () =>
    refuseRequest(deps, member, ticket, { step: row.step ?? 0, visit: visitOf(form.text('visit')), grounds }),
  )
  return texts.refusedDone
}

async function waive({ deps, member }: OfficeVisit, ticket: string, form: FormValues): Promise<Text> {
  await named('waiver', () =>
    waiveRequirement(deps, member, ticket, { document: form.text('document'), reason: form.text('waiver') }),
  )
  return texts.waived
}

async function upload({ deps, member }: OfficeVisit, ticket: string, form: FormValues): Promise<Text> {
  const file = form.file('file')
  if (!file)
    throw new Refused('document-empty', intakeTexts.empty, {
      issues: [{ field: 'file', text: intakeTexts.empty }],
    })
  const bytes = Buffer.from(await file.arrayBuffer())
  await named('file', () =>
    attachDocument(deps, member, ticket, pdfUpload(form.text('kind') || 'attachment', file.name, bytes)),
  )
  return texts.uploaded
}

/** Ties a refusal that names no field to the field that it is about, where it is about what was entered. */
async function named(field: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const refused = refusalOf(error)
    if (!refused || refused.status !== 422 || refused.issues.length > 0) throw error
    throw new Refused(refused.reason, refused.text, { issues: [{ field, text: refused.text }], cause: error })
  }
}
