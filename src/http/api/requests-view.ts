import type { StepTime } from '../../domain/calendar/step-time.ts'
import type { Locale, Text } from '../../domain/refused.ts'
import { standingOf } from '../../domain/requests/standing.ts'
import { checklistOf, stepFormSchema } from '../../domain/requests/step-forms.ts'
import { stepTimeOf } from '../../domain/requests/step-time.ts'
import type { Verb } from '../../domain/requests/verbs.ts'
import { activities, activityTitle } from '../../domain/sop/activities.ts'
import type { SopDocument, SopStep } from '../../domain/sop/document.ts'
import { kindOf, symbolOf } from '../../domain/sop/graph.ts'
import { markOf } from '../../domain/sop/marks.ts'
import { describeStandardTime } from '../../domain/sop/standard-time.ts'
import { carryTexts } from '../../domain/text/documents.ts'
import { timelineTexts } from '../../domain/text/requests.ts'
import type { TakeoverCase } from '../../db/requests/takeovers.ts'
import type { ListedRequest } from '../../db/requests/lists.ts'
import { apiBase } from '../paths.ts'
import { eventDataFor } from '../requests/event-data.ts'
import type { Case } from '../requests/open-case.ts'
import type { CaseAnswer, Offer, StandingAnswer, StepView } from './requests-schema.ts'

/** How the API says things to one caller. */
export type Voice = { readonly locale: Locale; readonly office: string; readonly now: Date }

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const say = (text: Text | null | undefined, locale: Locale): string | null => text?.[locale] ?? null
const hrefOf = (voice: Voice, ticket: string, rest = ''): string =>
  `${apiBase}/offices/${voice.office}/requests/${ticket}${rest}`

/** Where a request stands. */
export function standingAnswerOf({ row, sentence }: Case, voice: Voice): StandingAnswer {
  return {
    ticket: row.ticket,
    phase: row.phase,
    ending: row.state.ending,
    step: row.step,
    stage: row.stage,
    visit: row.visit,
    turn: row.turn,
    status: sentence[voice.locale],
    dueAt: iso(row.due_at),
    trouble: say(row.trouble?.text, voice.locale),
  }
}

/** One line of a list. */
export function listedAnswerOf(row: ListedRequest, zone: Case['zoneOfTime'], voice: Voice) {
  return {
    ticket: row.ticket,
    phase: row.phase,
    ending: row.ending,
    step: row.step,
    stage: row.stage,
    visit: row.visit,
    turn: row.turn,
    status: standingOf(row.sop, { ...row, dueAt: row.due_at }, zone, voice.now)[voice.locale],
    dueAt: iso(row.due_at),
    trouble: say(row.trouble?.text, voice.locale),
    kind: row.kind,
    name: row.fqdn,
    agency: row.agency,
    holder: row.holderName,
    createdAt: row.created_at.toISOString(),
    endedAt: iso(row.ended_at),
  }
}

/** The whole request as its page shows it. */
export function caseAnswerOf(view: Case, voice: Voice): CaseAnswer {
  const { row, names } = view
  const { locale } = voice
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null))
  return {
    ...standingAnswerOf(view, voice),
    kind: { id: row.kind, label: view.kind.label[locale], fulfilment: row.fulfilment },
    agency: view.agency,
    atCounter: row.at_counter,
    name: row.fqdn,
    zone: view.zone,
    verdict: row.state.verdict,
    holder: row.holder ? { name: nameOf(row.holder) ?? '', me: row.holder === view.member.personId } : null,
    createdAt: row.created_at.toISOString(),
    submittedAt: iso(row.submitted_at),
    endedAt: iso(row.ended_at),
    application: applicationOf(view),
    contactsShown: view.contacts.open,
    time: view.time && timeAnswer(view.time),
    sop: sopAnswer(view, voice),
    missing: [...view.missing],
    timeline: view.events.map((event) => ({
      at: event.at.toISOString(),
      type: event.type,
      text: timelineTexts[event.type][locale],
      step: event.step,
      visit: event.visit,
      by: nameOf(event.personId),
      data: eventDataFor(view, event),
    })),
    messages: view.messages.map((message) => ({
      id: message.id,
      side: message.side,
      by: nameOf(message.author_id) ?? '',
      body: message.body,
      at: message.at.toISOString(),
    })),
    ...papersOf(view, voice),
    ...fulfilmentOf(view, locale),
    takeover: view.takeover ? takeoverOf(view.takeover) : null,
    may: view.verbs.map((verb) => offerOf(verb, view, voice)),
  }
}

/** The application; of the contacts only who they are, until the caller asked how they are reached. */
function applicationOf({ row, contacts }: Case): CaseAnswer['application'] {
  if (contacts.open) return row.form
  const who = (contact: ContactFields) =>
    contact && { ...(contact.name && { name: contact.name }), ...(contact.post && { post: contact.post }) }
  const { administrative, technical, ...rest } = row.form
  return {
    ...rest,
    ...(administrative && { administrative: who(administrative) }),
    ...(technical && { technical: who(technical) }),
  }
}

type ContactFields = NonNullable<Case['row']['form']['technical']>

function papersOf({ row, documents, letters, names }: Case, voice: Voice) {
  const download = (id: string) => hrefOf(voice, row.ticket, `/documents/${id}`)
  return {
    documents: documents.map((document) => ({
      id: document.id,
      kind: document.kind,
      filename: document.filename,
      mediaType: document.media_type,
      size: document.size,
      sha256: document.sha256,
      by: document.uploaded_by ? (names.get(document.uploaded_by) ?? null) : null,
      at: document.created_at.toISOString(),
      href: download(document.id),
      pages: document.pages,
      scan: document.scan,
      finding: document.scan_finding,
      carries: document.carries.map((code) => ({ code, text: carryTexts[code][voice.locale] })),
    })),
    letters: letters.map((letter) => ({
      id: letter.id,
      kind: letter.kind,
      number: letter.number,
      dated: letter.dated,
      status: letter.status,
      sha256: letter.sha256,
      verificationCode: letter.verification_code,
      document: letter.document_id,
      href: letter.document_id ? download(letter.document_id) : null,
    })),
  }
}

function fulfilmentOf({ provisioning, service, reveals }: Case, locale: Locale) {
  return {
    provisioning: provisioning && {
      visit: provisioning.visit,
      status: provisioning.status,
      plan: provisioning.plan,
      evidence: provisioning.evidence,
      trouble: say(provisioning.trouble?.text, locale),
    },
    service: service && {
      id: service.id,
      fqdn: service.fqdn,
      status: service.status,
      registeredUntil: service.registered_until,
      hasSite: service.has_site,
    },
    reveals: reveals.map((each) => ({
      id: each.id,
      status: each.status,
      expiresAt: each.expires_at.toISOString(),
    })),
  }
}

function takeoverOf(takeover: TakeoverCase): CaseAnswer['takeover'] {
  const { objectUntil, heads, warned, confirmedAt, confirmedByName, confirmedReason, otherServices } =
    takeover
  return {
    objectUntil: objectUntil.toISOString(),
    heads: heads.map(({ name, since }) => ({ name, since })),
    told: warned.map(({ name, objection }) => ({ name, objection })),
    confirmed: confirmedAt && {
      by: confirmedByName,
      at: confirmedAt.toISOString(),
      reason: confirmedReason ?? '',
    },
    otherServices: [...otherServices],
  }
}

function timeAnswer(time: StepTime) {
  const { state, workedMs, remainingMs, percent } = time
  return { state, workedMs, remainingMs, percent, dueAt: iso(time.dueAt) }
}

function sopAnswer(view: Case, { locale, now }: Voice): CaseAnswer['sop'] {
  const { sop, row } = view
  return {
    id: sop.id,
    version: row.sop_version,
    name: sop.identity.name,
    number: sop.identity.number,
    actors: sop.actors.map(({ id, title, party }) => ({ id, title, party })),
    steps: sop.steps.map((step) => stepAnswer(view, step, locale, now)),
    marks: sop.marks.map((mark) => ({
      field: mark.field,
      kind: mark.kind,
      note: typeof mark.note === 'string' ? mark.note : mark.note[locale],
    })),
  }
}

function stepAnswer(view: Case, step: SopStep, locale: Locale, now: Date): StepView {
  const { sop, row, events, calendar } = view
  const visits = events.filter((event) => event.type === 'entered' && event.step === step.no).length
  const actor = sop.actors.find((each) => each.id === step.actor)
  return {
    no: step.no,
    activity: step.activity,
    activityTitle: activityTitle(step.activity, view.kind.fulfilment)[locale],
    text: step.text,
    actor: { id: step.actor, title: actor?.title ?? step.actor, party: actor?.party ?? 'office' },
    symbol: symbolOf(sop, step),
    standardTime: describeStandardTime(step.standardTime, locale),
    requirements: step.requirements.map((each) => ({
      text: each.text,
      document: each.document ?? null,
      need: each.need,
    })),
    output: step.output,
    remark: step.remark,
    outcomes: (step.decision?.outcomes ?? []).map(({ id, label, to }) => ({ id, label, to })),
    marks: marksOf(sop, step, locale),
    current: row.step === step.no,
    visits,
    time: visits > 0 ? timeAnswer(stepTimeOf(sop, step, events, calendar, now)) : null,
  }
}

/** Every mark on the step, or on something within it. */
function marksOf(sop: SopDocument, step: SopStep, locale: Locale) {
  const own = `steps.${step.no}`
  return sop.marks
    .filter((mark) => mark.field === own || mark.field.startsWith(`${own}.`))
    .map((mark) => ({ field: mark.field, kind: mark.kind, note: markOf(sop, mark.field)!.note[locale] }))
}

const addresses: Readonly<Record<Verb, readonly [method: string, rest: string]>> = {
  save: ['PUT', '/application'],
  submit: ['POST', '/submission'],
  attach: ['POST', '/documents'],
  take: ['POST', '/take'],
  'give-back': ['POST', '/give-back'],
  complete: ['POST', '/steps/{no}'],
  refuse: ['POST', '/refusal'],
  waive: ['POST', '/waivers'],
  withdraw: ['POST', '/withdrawal'],
  'call-off': ['POST', '/call-off'],
  'check-now': ['POST', '/check'],
  appeal: ['POST', '/appeal'],
  message: ['POST', '/messages'],
}

function offerOf(verb: Verb, view: Case, voice: Voice): Offer {
  const { row, step, sop } = view
  const [method, rest] = addresses[verb]
  const offer = {
    verb,
    method,
    href: hrefOf(voice, row.ticket, rest.replace('{no}', String(step?.no ?? ''))),
  }
  if (verb === 'attach') return { ...offer, documents: documentKinds(sop) }
  if (verb !== 'complete' || !step) return offer
  const lines = activities[step.activity].form === 'checklist' ? checklistOf(sop, step) : []
  return {
    ...offer,
    step: step.no,
    visit: row.visit,
    form: stepFormSchema(step.activity),
    fields: step.form.map((field) => ({ ...field })),
    outcomes: (step.decision?.outcomes ?? []).map((each) => ({
      id: each.id,
      label: each.label,
      kind: kindOf(sop, step, each),
    })),
    ...(lines.length > 0 && {
      checklist: lines.map((line) => ({
        item: line.item,
        text: line.requirement?.text ?? line.item,
        waivable: line.requirement?.waivable ?? false,
      })),
    }),
  }
}

/** What the SOP asks for as documents, and whatever else somebody wants to add. */
function documentKinds(sop: SopDocument): string[] {
  const named = sop.steps.flatMap((step) => step.requirements.flatMap((each) => each.document ?? []))
  return [...new Set([...named, 'attachment'])]
}
