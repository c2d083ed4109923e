import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Role } from '../../domain/access/roles.ts'
import type { RequestState } from '../../domain/requests/state.ts'
import type { Tx } from '../database.ts'
import { json } from '../database.ts'
import { sendAhead } from '../pipeline.ts'
import type { Tables } from '../schema.ts'
import type { Trouble } from '../schema/columns.ts'

export type RequestRow = Selectable<Tables['requests']>
/** What the applicant is in the office beside, and what the holder of the step is in it now. */
export type PeoplesRoles = {
  readonly applicant_roles: readonly Role[]
  readonly holder_roles: readonly Role[]
}

/** Columns of a statement that reads a request: the roles of two of its people, as JSON. */
export const peoplesRoles = (request: string) =>
  [
    rolesJson(request, 'applicant_id').as('applicant_roles'),
    rolesJson(request, 'holder').as('holder_roles'),
  ] as const

const rolesJson = (request: string, column: string) => sql<readonly Role[]>`(
  select coalesce(json_agg(s.role), '[]') from standings(act_time()) as s
  where s.person_id = ${sql.ref(`${request}.${column}`)} and s.office_id = ${sql.ref(`${request}.office_id`)} and s.holds)`

export async function readRequest(tx: Tx, ticket: string): Promise<RequestRow | undefined> {
  return tx.selectFrom('requests').selectAll().where('ticket', '=', ticket).executeTakeFirst()
}

export async function readRequestById(tx: Tx, id: string): Promise<RequestRow | undefined> {
  return tx.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What the inbox and the lists sort and filter by, derived from the state. */
export type Standing = {
  readonly turn: RequestRow['turn']
  readonly actor: string | null
  readonly dueAt: Date | null
}

/** @returns the draft that takes back a change of records, if one is open at the counter or with the agency */
export async function openReversalOf(
  tx: Tx,
  ticket: string,
  atCounter: boolean,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('requests')
    .select('ticket')
    .where('phase', '=', 'draft')
    .where('at_counter', '=', atCounter)
    .where(sql<boolean>`form->>'reverses' = ${ticket}`)
    .orderBy('created_at')
    .executeTakeFirst()
  return row?.ticket
}

/** Stores where a request stands after a decision; `stepSince` is set when a step was entered. */
export async function saveState(
  tx: Tx,
  id: string,
  state: RequestState,
  standing: Standing,
  at: Date,
  entered: boolean,
): Promise<void> {
  await sendAhead(
    tx,
    tx
      .updateTable('requests')
      .set({
        state: json(state),
        phase: state.phase,
        step: state.at,
        stage: state.stage,
        visit: state.visit,
        holder: state.holder,
        turn: standing.turn,
        actor: standing.actor,
        due_at: standing.dueAt,
        updated_at: at,
        ...(entered ? { step_since: at, trouble: null } : {}),
        ...(state.phase === 'ended' ? { ended_at: at } : { ended_at: null }),
      })
      .where('id', '=', id),
  )
}

/** Says on the desk why a job could not finish, or that it can again (null). */
export async function saveTrouble(tx: Tx, id: string, trouble: Trouble | null): Promise<void> {
  await tx
    .updateTable('requests')
    .set({ trouble: trouble === null ? null : json(trouble) })
    .where('id', '=', id)
    .execute()
}
