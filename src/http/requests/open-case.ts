import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { notedSince } from '../../actions/oversight/note-once.ts'
import { inScope } from '../../db/database.ts'
import type { CaseFile } from '../../db/requests/case-file.ts'
import { readCaseFile } from '../../db/requests/case-file.ts'
import type { TakeoverCase } from '../../db/requests/takeovers.ts'
import { readTakeoverCase } from '../../db/requests/takeovers.ts'
import { actorsOf, maySee, personDoer } from '../../domain/access/requests.ts'
import type { StepTime } from '../../domain/calendar/step-time.ts'
import type { Zone } from '../../domain/dates/zones.ts'
import type { Text } from '../../domain/refused.ts'
import { missingDocuments } from '../../domain/requests/decide.ts'
import { whoseTurn } from '../../domain/requests/turn.ts'
import type { Doer } from '../../domain/requests/turn.ts'
import { barrierTo, ownPartOf } from '../../domain/requests/separation.ts'
import { standingOf } from '../../domain/requests/standing.ts'
import { stepTimeOf } from '../../domain/requests/step-time.ts'
import type { Verb } from '../../domain/requests/verbs.ts'
import { verbsOf } from '../../domain/requests/verbs.ts'
import type { SopStep } from '../../domain/sop/document.ts'
import { kindsOf, stepOf } from '../../domain/sop/graph.ts'
import type { RequestKind } from '../../domain/sop/kinds.ts'
import type { ShownContacts } from '../contacts.ts'
import { shownContacts } from '../contacts.ts'
import type { HttpDeps } from '../deps.ts'

/** A case as one member sees it: what it is, whose turn it is, and what they may do now. */
export type Case = CaseFile & {
  readonly zoneOfTime: Zone
  readonly now: Date
  readonly kind: RequestKind
  readonly member: Member
  readonly actors: readonly string[]
  readonly verbs: readonly Verb[]
  /** The current step while the request runs. */
  readonly step: SopStep | null
  /** Time used of the current step's standard time. */
  readonly time: StepTime | null
  readonly missing: readonly { readonly document: string; readonly text: string; readonly from: string }[]
  readonly sentence: Text
  /** Whether the reader stands on the applicant's side. */
  readonly applies: boolean
  /** Why the reader may not do the current step although it is their column's. */
  readonly barrier: Text | undefined
  /** What stands for and against taking a service over, once that was asked for. */
  readonly takeover?: TakeoverCase | undefined
  readonly contacts: ShownContacts
}

/** @throws Refused (404) for a ticket that does not exist or is not the member's to see */
export async function openCase(
  deps: HttpDeps,
  member: Member,
  zoneOfTime: Zone,
  ticket: string,
): Promise<Case> {
  return inScope(deps.db, { ...member, at: deps.now() }, async (tx) => {
    const reader = { personId: member.personId, since: notedSince(deps.now()) }
    const file = await readCaseFile(tx, ticket, reader)
    if (!file || !maySee(member, file.row, file.people)) throw notFound()
    const { row } = file
    const isTakeover = row.fulfilment === 'contact-takeover'
    const takeover = isTakeover ? await readTakeoverCase(tx, row, deps.now()) : undefined
    const contacts = shownContacts(member, file, takeover)
    return { ...viewOf(file, member, zoneOfTime, deps.now()), takeover, contacts }
  })
}

type View = Omit<Case, 'takeover' | 'contacts'>

const writes: readonly string[] = ['applicant', 'operator', 'head-of-division', 'head-of-office']

function viewOf(file: CaseFile, member: Member, zoneOfTime: Zone, now: Date): View {
  const { row, sop, people, events, calendar } = file
  const actors = actorsOf(sop, member, row, people)
  const part = ownPartOf(row, events, member)
  const doer: Doer = personDoer(sop, member, row, people, part)
  const step = row.step === null ? null : stepOf(sop, row.step)
  const turn = whoseTurn(sop, row.state)
  const kind = kindsOf(sop).find((each) => each.id === row.kind)!
  const standing = { ...row, ending: row.state.ending, dueAt: row.due_at }
  return {
    ...file,
    zoneOfTime,
    now,
    kind,
    member,
    actors,
    verbs: verbsOf(
      sop,
      row.state,
      doer,
      member.roles.some((role) => writes.includes(role)),
    ),
    step,
    time: step && stepTimeOf(sop, step, events, calendar, now),
    missing: turn.kind === 'actor' ? missingDocuments(sop, row.state, turn.step) : [],
    sentence: standingOf(sop, standing, zoneOfTime, now),
    applies: member.agencyIds.includes(row.agency_id),
    barrier:
      turn.kind === 'actor' && actors.includes(turn.step.actor)
        ? barrierTo(sop, row.state, turn.step, { id: member.personId, part })
        : turn.kind === 'actor' && doer.kind === 'person'
          ? doer.over?.find(({ actor }) => actor === turn.step.actor)?.text
          : undefined,
  }
}
