import type { Locale } from '../../../domain/refused.ts'
import type { PlanPreview } from '../../../lookups/preview-plan.ts'
import type { Case } from '../../requests/open-case.ts'
import type { Attempt } from '../form-values.ts'

/** The forms of the page; a refused one gets back what was entered, the others stay as they were. */
export const forms = [
  'step',
  'allowance',
  'refuse',
  'waive',
  'withdraw',
  'appeal',
  'message',
  'upload',
  'release',
  'hold',
  'left',
] as const
export type FormName = (typeof forms)[number]

/** What every part of the page of a request is given. */
export type RequestPageProps = {
  readonly view: Case
  readonly locale: Locale
  readonly office: string
  readonly attempts: Readonly<Record<FormName, Attempt>>
  readonly plan: PlanPreview | null
}
