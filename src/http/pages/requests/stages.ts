import type { FieldIssue, Text } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import type { ApplicationDraft } from '../../../domain/requests/application.ts'
import { missingDocuments } from '../../../domain/requests/decide.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { prepareApplication } from '../../../domain/requests/prepare.ts'
import { ASPECTS } from '../../../domain/pse/data-classification.ts'
import { SECURITY_QUESTIONS } from '../../../domain/pse/security-category.ts'
import type { SopField, SopRequirement, SopStep } from '../../../domain/sop/document.ts'
import { requestFormTexts } from '../../../domain/text/request-form.ts'
import { needsRecords } from '../../../domain/sop/kinds.ts'
import type { Case } from '../../requests/open-case.ts'
import type { RequestOptions } from '../../requests/options.ts'
import type { FormValues } from '../form-values.ts'
import { rowLabel, sentRows } from './record-rows.ts'

/** The stages of the guided form; the words stand in its address. */
export const stages = ['subjek', 'record', 'surat', 'kontak', 'sistem', 'periksa'] as const
export type Stage = (typeof stages)[number]

/** The stages of one kind of request: the table of records belongs to a change of records. */
export const stagesOf = ({ kind }: Case): readonly Stage[] =>
  stages.filter((stage) => stage !== 'record' || needsRecords(kind.fulfilment))

export const stageOf = (word: string | undefined): Stage =>
  stages.find((stage) => stage === word) ?? stages[0]

const contactFields = ['name', 'nip', 'rank', 'post', 'phone', 'email'] as const
const contactNames = (prefix: string): string[] => contactFields.map((field) => `${prefix}.${field}`)

const systemNames: readonly string[] = [
  'system.name',
  'system.purpose',
  'system.sector',
  'system.url',
  'system.storage.place',
  'system.storage.provider',
  'system.personalData.processed',
  ...SECURITY_QUESTIONS.map((id) => `system.security.${id}`),
  ...ASPECTS.map((id) => `system.classification.${id}`),
  'system.registration.status',
  'system.registration.number',
  'system.registration.date',
  'system.legalBasis',
]

/** The office's own fields for this kind of request. */
export const kindFieldsOf = ({ sop, row }: Case): readonly SopField[] =>
  sop.serves.find((each) => each.id === row.kind)?.form ?? []

function namesOf(stage: Stage, fields: readonly SopField[]): readonly string[] {
  switch (stage) {
    case 'subjek':
      return [
        'label',
        'purpose',
        'endsOn',
        'target.type',
        'target.value',
        'site.kind',
        'site.target',
        'site.database',
        ...fields.map(({ id }) => `extra.${id}`),
      ]
    case 'surat':
      return ['number', 'date', 'signatory', 'signatoryPost'].map((name) => `letter.${name}`)
    case 'kontak':
      return [...contactNames('administrative'), ...contactNames('technical')]
    case 'sistem':
      return systemNames
    case 'record':
    case 'periksa':
      return []
  }
}

/** Which stage a problem belongs to. */
export function stageOfField(field: string): Stage {
  if (field.startsWith('letter.') || field.startsWith('file.')) return 'surat'
  if (field.startsWith('administrative') || field.startsWith('technical')) return 'kontak'
  if (field.startsWith('records')) return 'record'
  return field.startsWith('system') ? 'sistem' : 'subjek'
}

/**
 * The draft with what one stage sent. A field that was not sent stays as it was, so that a form that arrives
 * incomplete takes nothing away.
 */
export function mergeStage(
  draft: ApplicationDraft,
  stage: Stage,
  fields: readonly SopField[],
  form: FormValues,
): Record<string, unknown> {
  if (stage === 'record') return { ...draft, records: sentRows(form) }
  let merged: Record<string, unknown> = { ...draft }
  for (const name of namesOf(stage, fields)) {
    if (form.list(name).length === 0) continue
    merged = placed(merged, name.split('.'), typed(name, form.text(name)))
  }
  if (stage === 'sistem' && form.list('system.personalData.processed').length > 0)
    merged = placed(merged, ['system', 'personalData', 'kinds'], form.list('system.personalData.kinds'))
  return merged
}

/** Answers of the PSE record are kept as what they mean. */
function typed(name: string, value: string): unknown {
  if (name === 'system.personalData.processed') return value === 'yes' ? true : value === 'no' ? false : null
  if (name.startsWith('system.classification.')) return value === '' ? null : Number(value)
  return value
}

function placed(
  into: Record<string, unknown>,
  [key, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (key === undefined) return into
  if (rest.length === 0) return { ...into, [key]: value }
  const inner = into[key]
  const record = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
  return { ...into, [key]: placed(record, rest, value) }
}

/** @returns what the draft holds under a dotted name, as a form field shows it */
export function draftValue(draft: ApplicationDraft, name: string): string | undefined {
  let value: unknown = draft
  for (const key of name.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

/** The step that the application finishes: the first one, or the one it was returned to. */
export const submitStepOf = ({ step, sop }: Case): SopStep => step ?? sop.steps[0]!

/** The documents that the application brings along. */
export function requestedDocuments(view: Case): readonly (SopRequirement & { document: string })[] {
  const own = submitStepOf(view).requirements.flatMap((each) =>
    each.document === undefined ? [] : [{ ...each, document: each.document }],
  )
  const known = new Set<string>()
  return own.filter((each) => !known.has(each.document) && known.add(each.document))
}

const contactLabels = {
  name: requestFormTexts.contactName,
  nip: requestFormTexts.nip,
  rank: requestFormTexts.rank,
  post: requestFormTexts.post,
  phone: requestFormTexts.phone,
  email: requestFormTexts.email,
}

const labels: Readonly<Record<string, Text>> = {
  label: requestFormTexts.label,
  purpose: requestFormTexts.purpose,
  endsOn: requestFormTexts.endsOn,
  'target.type': requestFormTexts.targetType,
  'target.value': requestFormTexts.targetValue,
  'site.kind': requestFormTexts.siteKind,
  'site.target': requestFormTexts.siteTarget,
  'site.database': requestFormTexts.siteDatabase,
  'letter.number': requestFormTexts.letterNumber,
  'letter.date': requestFormTexts.letterDate,
  'letter.signatory': requestFormTexts.signatory,
  'letter.signatoryPost': requestFormTexts.signatoryPost,
  ...Object.fromEntries(
    (['administrative', 'technical'] as const).flatMap((who) =>
      Object.entries(contactLabels).map(([field, label]) => [
        `${who}.${field}`,
        {
          id: `${requestFormTexts[who].id}, ${label.id}`,
          en: `${requestFormTexts[who].en}, ${label.en}`,
        },
      ]),
    ),
  ),
}

/** Parts that may be missing as a whole, with what each of them must hold. */
const wholes: Readonly<Record<string, readonly string[]>> = {
  letter: ['number', 'date', 'signatory', 'signatoryPost'],
  administrative: ['name', 'post', 'phone', 'email'],
  technical: ['name', 'post', 'phone', 'email'],
  target: ['type'],
}

/** One issue for each field of a part that is missing as a whole. */
function spread(issue: FieldIssue): readonly FieldIssue[] {
  const fields = wholes[issue.field]
  return fields ? fields.map((field) => ({ field: `${issue.field}.${field}`, text: issue.text })) : [issue]
}

/** @returns the issue with the name of its field in front, for lists that stand apart from the fields */
export function withLabel({ field, text }: FieldIssue): FieldIssue {
  const label = labels[field] ?? rowLabel(field)
  if (!label) return { field, text }
  return { field, text: { id: `${label.id}: ${lowered(text.id)}`, en: `${label.en}: ${lowered(text.en)}` } }
}

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

/** Everything that keeps the application from being sent, with the field of each. */
export function openIssues(view: Case, options: Pick<RequestOptions, 'ownHost'>): readonly FieldIssue[] {
  const { row, zone, service } = view
  const missing = missingDocuments(view.sop, row.state, submitStepOf(view)).map((each) => ({
    field: `file.${each.document}`,
    text: requestFormTexts.fileMissing(each.text),
  }))
  try {
    prepareApplication(row.form, {
      kind: view.kind,
      today: localDate(view.now, view.sop.office.timezone),
      zone: zone?.name ?? null,
      service: service && { ...service, hasSite: service.has_site },
      kindForm: kindFieldsOf(view),
      ownHost: options.ownHost,
    })
    return missing
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [...error.issues.flatMap(spread), ...missing]
  }
}

/** The last document of each kind: a later one takes the place of an earlier one. */
export function lastOfKind(view: Case, kind: string) {
  return view.documents.find((document) => document.kind === kind)
}
