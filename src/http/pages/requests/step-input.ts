import type { StepInput } from '../../../actions/requests/complete-step.ts'
import type { FieldIssue } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import type { Ground } from '../../../domain/requests/grounds.ts'
import { ground } from '../../../domain/requests/grounds.ts'
import { checklistOf } from '../../../domain/requests/step-forms.ts'
import { activities } from '../../../domain/sop/activities.ts'
import type { SopDocument, SopStep } from '../../../domain/sop/document.ts'
import { stepFormTexts } from '../../../domain/text/step-forms.ts'
import { stepPageTexts } from '../../../domain/text/request-page.ts'
import { refusalOf } from '../../problems.ts'
import type { FormValues } from '../form-values.ts'

/** Grounds that one form offers to write. */
export const groundRows = [1, 2, 3] as const

const formFields = {
  application: ['note'],
  'incoming-letter': ['receivedOn', 'note'],
  disposition: ['instruction', 'note'],
  coordination: ['with', 'conclusion'],
  checklist: ['note'],
  'pse-findings': ['conclusion'],
  decision: ['note'],
  plan: ['done', 'plan'],
  'hand-over': ['note'],
  reply: ['replyBody', 'note'],
  delivery: ['note'],
  note: ['note'],
} as const

/** What the step's form sent, as the action takes it. An empty field is no field. */
export function stepInputOf(sop: SopDocument, step: SopStep, visit: number, form: FormValues): StepInput {
  const kind = activities[step.activity].form
  const fields: Record<string, unknown> = {}
  for (const name of formFields[kind]) {
    const value = form.text(name)
    if (value !== '') fields[name === 'replyBody' ? 'body' : name] = value
  }
  if (kind === 'plan' && form.text('confirmed') === 'yes') fields.confirmed = true
  if (kind === 'checklist') fields.items = checklistItems(sop, step, form)
  return {
    step: step.no,
    visit,
    outcome: form.text('outcome') || undefined,
    grounds: groundsOf(form),
    form: fields,
    extra: Object.fromEntries(step.form.map(({ id }) => [id, form.text(`extra.${id}`)])),
  }
}

/** Items go by their place in the list, because their names may hold anything. */
function checklistItems(sop: SopDocument, step: SopStep, form: FormValues) {
  return checklistOf(sop, step).flatMap(({ item }, index) => {
    const verdict = form.text(`items.${index}.verdict`)
    const remark = form.text(`items.${index}.remark`)
    return verdict === '' ? [] : [{ item, verdict, ...(remark && { remark }) }]
  })
}

/** @throws Refused for a ground without its text, or a text without its ground */
export function groundsOf(form: FormValues, prefix = 'ground'): readonly Ground[] {
  const issues: FieldIssue[] = []
  const grounds = groundRows.flatMap((no) => {
    const [code, text] = [form.text(`${prefix}.${no}.code`), form.text(`${prefix}.${no}.text`)]
    if (code === '' && text === '') return []
    const parsed = ground.safeParse({ code, text })
    if (parsed.success) return [parsed.data]
    issues.push({ field: `${prefix}.${no}.${code === '' ? 'code' : 'text'}`, text: stepPageTexts.groundBoth })
    return []
  })
  if (issues.length > 0) throw new Refused('form-incomplete', stepFormTexts.formIncomplete, { issues })
  return grounds
}

/** Names the fields of the page in a refusal, where the action knows only its own. */
export function atPageFields(error: unknown, sop: SopDocument, step: SopStep): unknown {
  const refused = refusalOf(error)
  if (!refused) return error
  const lines = checklistOf(sop, step)
  const issues = refused.issues.map(({ field, text }): FieldIssue => {
    if (field === 'body') return { field: 'replyBody', text }
    if (field === 'confirmed') return { field, text: stepPageTexts.confirmMissing }
    const index = lines.findIndex((line) => field === `items.${line.item}`)
    return { field: index >= 0 ? `items.${index}` : field, text }
  })
  if (refused.reason === 'grounds-missing') issues.push({ field: 'ground.1.code', text: refused.text })
  if (refused.reason === 'outcome-missing') issues.push({ field: 'outcome', text: refused.text })
  return new Refused(refused.reason, refused.text, { status: refused.status, issues, cause: error })
}
