import * as z from 'zod'
import type { FieldIssue } from '../refused.ts'
import { Refused } from '../refused.ts'
import type { ActivityForm, ActivityName } from '../sop/activities.ts'
import { activities } from '../sop/activities.ts'
import type { SopDocument, SopField, SopRequirement, SopStep } from '../sop/document.ts'
import { kindOf } from '../sop/graph.ts'
import { issuesOf } from '../text/issues.ts'
import { stepFormTexts } from '../text/step-forms.ts'
import type { Ground } from './grounds.ts'

/** The form of each kind of activity: what a person states to finish the step. */
const words = (max: number) => z.string().trim().max(max)
const note = words(4000).optional()

const checklistItem = z.strictObject({
  item: words(500).min(1),
  verdict: z.enum(['complete', 'incomplete', 'waived', 'later']),
  remark: words(2000).optional(),
})

const schemas = {
  application: z.strictObject({ note }),
  'incoming-letter': z.strictObject({ receivedOn: z.iso.date().optional(), note }),
  disposition: z.strictObject({ instruction: words(2000).min(3), note }),
  coordination: z.strictObject({ with: words(500).optional(), conclusion: words(4000).min(3) }),
  checklist: z.strictObject({ items: z.array(checklistItem).max(60), note }),
  'pse-findings': z.strictObject({ conclusion: words(4000).min(3) }),
  decision: z.strictObject({ note }),
  plan: z.strictObject({
    confirmed: z.literal(true),
    done: words(4000).optional(),
    /** The plan that was seen, by its fingerprint; a change of records is approved with it. */
    plan: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  'hand-over': z.strictObject({ note }),
  reply: z.strictObject({ body: words(6000).optional(), note }),
  delivery: z.strictObject({ note }),
  note: z.strictObject({ note }),
} as const satisfies Record<ActivityForm, z.ZodType>

export type ChecklistItem = z.infer<typeof checklistItem>
export type StepForm = Readonly<Record<string, unknown>>

/** @returns the JSON schema of the form that finishes a step of this activity, for programs that fill it in */
export function stepFormSchema(activity: ActivityName): Record<string, unknown> {
  return z.toJSONSchema(schemas[activities[activity].form], { io: 'input' })
}

/** One line of the completeness checklist. */
export type ChecklistLine = { readonly item: string; readonly requirement: SopRequirement | null }

/**
 * What the completeness check goes through: the step's own requirements, else those of the application.
 * @param sop a checked document
 */
export function checklistOf(sop: SopDocument, step: SopStep): readonly ChecklistLine[] {
  const own = step.requirements
  const all = own.length > 0 ? own : (sop.steps[0]?.requirements ?? [])
  return all.map((requirement) => ({ item: requirement.document ?? requirement.text, requirement }))
}

/**
 * Checks what was entered for a step: the activity's own form and the office's extra fields.
 * @returns the form as it is stored, and the grounds that the checklist itself gives
 * @throws Refused with one issue per field
 */
export function parseStepForm(
  sop: SopDocument,
  step: SopStep,
  input: {
    readonly form: unknown
    readonly extra: Readonly<Record<string, string>>
    readonly outcome?: string
  },
): { readonly form: StepForm; readonly grounds: readonly Ground[] } {
  const parsed = schemas[activities[step.activity].form].safeParse(input.form ?? {})
  const issues: FieldIssue[] = parsed.success ? [] : [...issuesOf(parsed.error)]
  issues.push(...extraIssues(step.form, input.extra))
  const items = parsed.success ? itemsOf(parsed.data) : null
  if (items) issues.push(...checklistIssues(sop, step, items, input.outcome))
  if (!parsed.success || issues.length > 0)
    throw new Refused('form-incomplete', stepFormTexts.formIncomplete, { issues })
  const grounds = (items ?? [])
    .filter((each) => each.verdict === 'incomplete')
    .map((each): Ground => ({
      code: 'incomplete',
      text: `${titleOf(sop, step, each.item)}: ${each.remark ?? ''}`,
    }))
  const extra = step.form.length > 0 ? { extra: input.extra } : {}
  return { form: { ...parsed.data, ...extra }, grounds }
}

const itemsOf = (form: object): readonly ChecklistItem[] | null =>
  'items' in form ? (form.items as readonly ChecklistItem[]) : null

const titleOf = (sop: SopDocument, step: SopStep, item: string): string =>
  checklistOf(sop, step).find((line) => line.item === item)?.requirement?.text ?? item

/** @returns what is wrong with the office's own fields: missing, not of their type, or unknown. */
export function extraIssues(
  fields: readonly SopField[],
  extra: Readonly<Record<string, string>>,
): FieldIssue[] {
  const issues: FieldIssue[] = []
  for (const field of fields) {
    const value = (extra[field.id] ?? '').trim()
    if (value === '' && field.required)
      issues.push({ field: `extra.${field.id}`, text: stepFormTexts.fieldMissing(field.label) })
    if (value !== '' && !fits(field, value))
      issues.push({ field: `extra.${field.id}`, text: stepFormTexts.fieldWrong(field.label) })
  }
  for (const id of Object.keys(extra))
    if (!fields.some((field) => field.id === id))
      issues.push({ field: `extra.${id}`, text: stepFormTexts.fieldUnknown(id) })
  return issues
}

function fits(field: SopField, value: string): boolean {
  switch (field.type) {
    case 'text':
      return value.length <= 500 && !value.includes('\n')
    case 'long-text':
      return value.length <= 4000
    case 'number':
      return /^-?[0-9]{1,15}([.,][0-9]{1,6})?$/.test(value)
    case 'date':
      return z.iso.date().safeParse(value).success
    case 'yes-no':
      return value === 'yes' || value === 'no'
    case 'choice':
      return field.options?.includes(value) ?? false
  }
}

/** Each item gets a verdict; a bad one says why; and the outcome must agree with the verdicts. */
function checklistIssues(
  sop: SopDocument,
  step: SopStep,
  items: readonly ChecklistItem[],
  outcome: string | undefined,
): FieldIssue[] {
  const issues: FieldIssue[] = []
  const lines = checklistOf(sop, step)
  for (const line of lines) {
    const given = items.filter((each) => each.item === line.item)
    const title = line.requirement?.text ?? line.item
    if (given.length !== 1)
      issues.push({ field: `items.${line.item}`, text: stepFormTexts.verdictMissing(title) })
    const verdict = given[0]
    if (!verdict) continue
    if (verdict.verdict !== 'complete' && verdict.verdict !== 'later' && (verdict.remark ?? '').length < 3)
      issues.push({ field: `items.${line.item}`, text: stepFormTexts.remarkMissing(title) })
    if (verdict.verdict === 'waived' && !line.requirement?.waivable && line.requirement?.need !== 'optional')
      issues.push({ field: `items.${line.item}`, text: stepFormTexts.notWaivable(title) })
    if (verdict.verdict === 'later' && line.requirement?.need !== 'later')
      issues.push({ field: `items.${line.item}`, text: stepFormTexts.notDeferrable(title) })
  }
  for (const each of items)
    if (!lines.some((line) => line.item === each.item))
      issues.push({ field: `items.${each.item}`, text: stepFormTexts.fieldUnknown(each.item) })
  const chosen = step.decision?.outcomes.find((each) => each.id === outcome)
  if (chosen) {
    const goesOn = kindOf(sop, step, chosen) === 'continue'
    if (goesOn && items.some((each) => each.verdict === 'incomplete'))
      issues.push({ field: 'outcome', text: stepFormTexts.outcomeAgainstVerdicts })
  }
  return issues
}
