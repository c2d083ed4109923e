import * as z from 'zod'
import type { LocalDate } from '../dates/zones.ts'
import { isLocalDate } from '../dates/zones.ts'
import { Refused } from '../refused.ts'
import { checklistText } from '../text/security-checklist.ts'
import type { FunctionState, SecurityFunction } from './functions.ts'
import { CHECKLIST_VERDICTS, SECURITY_FUNCTIONS } from './functions.ts'
import type { SiteFinding } from './site-look.ts'

const remark = z.string().trim().max(1000)

/** What the agency says of one function. Only `met` needs no word of explanation. */
export const checklistAnswer = z
  .strictObject({ verdict: z.enum(CHECKLIST_VERDICTS), remark: remark.optional() })
  .refine(({ verdict, remark: said }) => verdict === 'met' || !!said, {
    params: { text: checklistText.remarkNeeded },
  })
export type ChecklistAnswer = z.infer<typeof checklistAnswer>

export const checklistAnswers = z.partialRecord(z.enum(SECURITY_FUNCTIONS), checklistAnswer)
export type ChecklistAnswers = z.infer<typeof checklistAnswers>
/** Answers as they are kept: `by` is the person who gave this one. */
export type KeptAnswers = Partial<
  Readonly<Record<SecurityFunction, ChecklistAnswer & { readonly by: string }>>
>

/** Longest time for which a function may stay unmet, in days: then somebody looks again. */
export const waiverMaxDays = 366

/** The head of division lets a service run although a function is not met, until a day. */
export const waiverInput = z.strictObject({
  function: z.enum(SECURITY_FUNCTIONS),
  reason: z.string().trim().min(10).max(1000),
  until: z.string().refine(isLocalDate),
})
export type WaiverInput = z.infer<typeof waiverInput>
/** `by` is the person who waived it. */
export type Waiver = Omit<WaiverInput, 'function'> & { readonly by: string; readonly at: string }

/** The checklist of a service as it is kept; nothing was answered and nobody looked when the parts are empty. */
export type Checklist = {
  readonly answers: KeptAnswers
  readonly answeredAt: Date | null
  readonly findings: readonly SiteFinding[]
  readonly lookedAt: Date | null
  readonly waivers: Partial<Readonly<Record<SecurityFunction, Waiver>>>
}

export const emptyChecklist: Checklist = {
  answers: {},
  answeredAt: null,
  findings: [],
  lookedAt: null,
  waivers: {},
}

/** What holds for one function on a day. */
export function stateOf(checklist: Checklist, id: SecurityFunction, today: LocalDate): FunctionState {
  const answer = checklist.answers[id]
  const contradicted = checklist.findings.some((each) => each.function === id && !each.ok)
  if (answer?.verdict === 'met' && !contradicted) return 'met'
  if (answer?.verdict === 'not-applicable' && !contradicted) return 'not-applicable'
  const waiver = checklist.waivers[id]
  if (waiver && waiver.until >= today) return 'waived'
  return answer || contradicted ? 'open' : 'unanswered'
}

/**
 * Answers after somebody gave some: those that they repeat as they are stay with whoever gave them first.
 * @param by the person who answers now
 */
export function withAnswers(kept: KeptAnswers, given: ChecklistAnswers, by: string): KeptAnswers {
  const changed = Object.entries(given).filter(([id, answer]) => {
    const before = kept[id as SecurityFunction]
    return before?.verdict !== answer.verdict || (before.remark ?? '') !== (answer.remark ?? '')
  })
  return { ...kept, ...Object.fromEntries(changed.map(([id, answer]) => [id, { ...answer, by }])) }
}

/**
 * @throws Refused when the function cannot be waived: it is met, nobody answered it, whoever waives it answered it,
 * or the day is past or too far off
 */
export function refuseWaiver(
  checklist: Checklist,
  input: WaiverInput,
  today: LocalDate,
  latest: LocalDate,
  personId: string,
): void {
  if (checklist.answers[input.function]?.by === personId)
    throw new Refused('own-answers', checklistText.ownAnswers, { status: 403 })
  if (stateOf(checklist, input.function, today) === 'unanswered')
    throw new Refused('not-answered', checklistText.notAnswered, { status: 409 })
  if (['met', 'not-applicable'].includes(stateOf(checklist, input.function, today)))
    throw new Refused('already-met', checklistText.alreadyMet, { status: 409 })
  if (input.until < today || input.until > latest) {
    const issues = [{ field: 'until', text: checklistText.untilBounds(waiverMaxDays) }]
    throw new Refused('bad-input', checklistText.untilBounds(waiverMaxDays), { status: 422, issues })
  }
}
