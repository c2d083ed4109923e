import type { Text } from '../refused.ts'
import type { SopActor, SopDocument, SopStep } from '../sop/document.ts'
import { stepOf } from '../sop/graph.ts'
import { separationTexts } from '../text/separation.ts'
import type { ApplicationDraft } from './application.ts'
import type { RequestState } from './state.ts'

/** What somebody has to do with a request beside its steps; read from its row and its timeline. */
export type OwnPart = {
  /** They applied for it, or wrote the application. */
  readonly applied: boolean
  /** It was entered at the counter from an agency's letter: then whoever typed it in is its clerk only. */
  readonly atCounter: boolean
  /** They are named in it as a contact, so it is about what they answer for themselves. */
  readonly isContact: boolean
  /** They let the plan of the current step run although it touches much of a zone. */
  readonly allowedPlan: boolean
}

/** @returns what a person has to do with a request */
export function ownPartOf(
  row: {
    readonly applicant_id: string | null
    readonly created_by: string
    readonly at_counter: boolean
    readonly visit: number
    readonly form: Pick<ApplicationDraft, 'administrative' | 'technical'>
  },
  timeline: readonly { readonly type: string; readonly visit: number; readonly personId: string | null }[],
  { personId, email }: { readonly personId: string; readonly email: string },
): OwnPart {
  const { administrative, technical } = row.form
  return {
    isContact: [administrative, technical].some((each) => each?.email?.toLowerCase() === email.toLowerCase()),
    applied: !row.at_counter && (row.applicant_id === personId || row.created_by === personId),
    atCounter: row.at_counter,
    allowedPlan: timeline.some(
      (each) => each.type === 'plan-allowed' && each.visit === row.visit && each.personId === personId,
    ),
  }
}

/**
 * Why a person may not do a step although it is their column's: maker is not checker. Whoever applied does no step of
 * the office on it; whoever is named as its contact decides nothing on it as a head; nobody acts in two columns where one
 * of them decides. The database refuses the same by itself
 * (the triggers `..._separate`).
 *
 * @param deciding whether the act decides although the step does not, as a refusal beside the flowchart does
 */
export function barrierTo(
  sop: SopDocument,
  state: Pick<RequestState, 'doneBy'>,
  step: SopStep,
  person: { readonly id: string; readonly part: OwnPart },
  deciding = false,
): Text | undefined {
  const column = columnOf(sop, step)
  const { applied, atCounter, allowedPlan, isContact } = person.part
  if (applied && column.party !== 'applicant') return separationTexts.ownApplication
  if (isContact && isHeads(column) && (deciding || step.decision)) return separationTexts.ownContact
  if (allowedPlan) return separationTexts.ownOverride
  const others = Object.entries(state.doneBy)
    .filter(([, doer]) => doer === person.id)
    .map(([no]) => stepOf(sop, Number(no)))
    .filter((other) => other.actor !== step.actor)
    .map((other) => ({ other, columnThere: columnOf(sop, other) }))
    .filter(({ columnThere }) => !(atCounter && isCounter(column, columnThere)))
  const conflict = others.find(
    ({ other, columnThere }) =>
      (column.party === 'applicant') !== (columnThere.party === 'applicant') ||
      deciding ||
      step.decision !== undefined ||
      other.decision !== undefined,
  )
  return conflict && separationTexts.twoColumns(conflict.columnThere.title, column.title)
}

const columnOf = (sop: SopDocument, step: SopStep): SopActor =>
  sop.actors.find((actor) => actor.id === step.actor)!

/** A column in which heads decide; operators check, and an office may have one only. */
const isHeads = (column: SopActor): boolean => column.party === 'office' && column.role !== 'operator'

/** At the counter an operator stands in for the agency, which is no second office. */
const isCounter = (a: SopActor, b: SopActor): boolean =>
  (a.party === 'applicant' && b.role === 'operator') || (b.party === 'applicant' && a.role === 'operator')
