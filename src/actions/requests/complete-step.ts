import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import type { Ground } from '../../domain/requests/grounds.ts'
import type { ChecklistItem } from '../../domain/requests/step-forms.ts'
import { parseStepForm } from '../../domain/requests/step-forms.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { fingerprintOf } from '../../domain/fulfilment/plan.ts'
import { activities } from '../../domain/sop/activities.ts'
import type { SopStep } from '../../domain/sop/document.ts'
import { kindOf, stepOf } from '../../domain/sop/graph.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import { needsRecords } from '../../domain/sop/kinds.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { recordTexts } from '../../domain/text/records.ts'
import type { Tx } from '../../db/database.ts'
import { unscannedKinds } from '../../db/requests/scans.ts'
import { takeNumber } from '../../db/registers.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { storePlan } from '../fulfilment/record-plan.ts'
import { requireUncontested } from '../takeovers/require-uncontested.ts'
import type { LoadedRequest } from './load.ts'
import { behalfOf, doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

export type StepInput = {
  readonly step: number
  /** The visit of the step that the person saw; a form sent twice is recognised by it. */
  readonly visit?: number
  readonly outcome?: string
  readonly grounds?: readonly Ground[]
  readonly form?: unknown
  readonly extra?: Readonly<Record<string, string>>
  /**
   * For a step that provides a service: the plan as it would be made now, to be carried out as it is. A change of
   * records needs one, and its form names the one that was seen; otherwise a job makes the plan that is not given.
   */
  readonly plan?: ServicePlan
}

/**
 * Finishes the current step with its form, and with the outcome where the SOP asks for a decision.
 * An application is sent by submitRequest, because it is checked as a whole.
 *
 * @throws Refused `form-incomplete`, `plan-changed`, `plan-blocked`, or what decide() refuses: wrong actor, wrong
 * order, twice
 */
export async function completeStep(
  deps: Deps,
  member: Member,
  ticket: string,
  input: StepInput,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    if (row.step === null || row.step !== input.step || stepOf(sop, row.step).activity === 'submit') {
      decide(sop, row.state, { type: 'take', visit: input.visit }, doerOf(member, loaded))
      throw new Refused('step-not-current', decideTexts.stepNotCurrent(row.step ?? 1), { status: 409 })
    }
    const step = stepOf(sop, row.step)
    const doer = doerOf(member, loaded)
    decide(sop, row.state, { type: 'take', visit: input.visit }, doer)
    const parsed = parseStepForm(sop, step, {
      form: input.form,
      extra: input.extra ?? {},
      outcome: input.outcome,
    })
    const grounds = [...(input.grounds ?? []), ...parsed.grounds]
    const { step: no, visit, outcome } = input
    const judged = { ...row.state, waived: [...new Set([...row.state.waived, ...waivedBy(parsed.form)])] }
    const decision = decide(sop, judged, { type: 'complete', step: no, visit, outcome, grounds }, doer)
    const chosen = step.decision?.outcomes.find((each) => each.id === outcome)
    const kind = chosen ? kindOf(sop, step, chosen) : 'continue'
    if (kind === 'continue') await requireSeenByScanner(deps, tx, loaded)
    const takesEffect = activities[step.activity].effect === 'provision'
    const decides = step.decision !== undefined && step.activity !== 'check-completeness'
    if (decides || takesEffect)
      await requireUncontested(tx, loaded, { member, decides, grants: kind === 'continue' }, deps.now())
    const plan = approvedPlan(loaded.row.fulfilment as Fulfilment, step, input.plan, parsed.form)
    if (plan) await storePlan(deps, tx, write, row, plan)
    const incoming =
      step.activity === 'receive' ? await takeNumber(tx, row.office_id, 'incoming', deps.now()) : undefined
    await move(deps, member, tx, write, loaded, decision, {
      type: kind === 'return' ? 'returned' : kind === 'refuse' ? 'refused' : 'completed',
      data: {
        activity: step.activity,
        form: parsed.form,
        ...(outcome ? { outcome } : {}),
        ...(grounds.length > 0 ? { grounds } : {}),
        ...(incoming ? { incoming: incoming.number } : {}),
      },
    })
    write.note({
      act: kind === 'return' ? 'step.returned' : kind === 'refuse' ? 'request.refused' : 'step.completed',
      subject: { kind: 'request', id: ticket },
      role: roleOf(step.actor),
      details: {
        step: step.no,
        visit: row.visit,
        activity: step.activity,
        ...(outcome ? { outcome } : {}),
        ...(grounds.length > 0 ? { grounds: grounds.map((each) => each.code) } : {}),
        ...(incoming ? { incoming: incoming.number } : {}),
        ...behalfOf(member, loaded),
      },
    })
  })
}

/**
 * A step that goes on waits for the malware scanner: nobody decides on a letter that nobody could open. A return and a
 * refusal do not wait, and a head may release the file.
 */
async function requireSeenByScanner(deps: Deps, tx: Tx, { row, sop }: LoadedRequest): Promise<void> {
  if (!deps.scansUploads) return
  const waiting = await unscannedKinds(tx, row.id)
  if (waiting.length === 0) return
  const all = sop.steps.flatMap((step) => step.requirements)
  const names = waiting.map((kind) => all.find(({ document }) => document === kind)?.text ?? kind)
  throw new Refused('document-not-scanned', documentTexts.stepWaits(names), { status: 409 })
}

/**
 * The plan that the decision carries. A change of records runs by exactly the plan that was seen: one that is another
 * by now is shown again.
 */
function approvedPlan(
  fulfilment: Fulfilment,
  step: SopStep,
  plan: ServicePlan | undefined,
  form: Readonly<Record<string, unknown>>,
): ServicePlan | undefined {
  if (activities[step.activity].effect !== 'provision') return undefined
  if (!needsRecords(fulfilment)) return plan
  if (!plan || form.plan === undefined) throw new Refused('plan-unseen', recordTexts.unseen, { status: 409 })
  if (fingerprintOf(plan) !== form.plan)
    throw new Refused('plan-changed', recordTexts.changed, { status: 409 })
  return plan
}

/** Items that the checklist waived with a reason count as waived from then on. */
function waivedBy(form: Readonly<Record<string, unknown>>): readonly string[] {
  const items = (form.items ?? []) as readonly ChecklistItem[]
  return items.filter((each) => each.verdict === 'waived').map((each) => each.item)
}

/** The logbook names the SOP's column in which somebody acted. */
const roleOf = (actor: string): string => (/^[a-z]/.test(actor) ? actor : `actor-${actor}`)
