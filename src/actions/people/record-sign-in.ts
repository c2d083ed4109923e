import { inScope } from '../../db/database.ts'
import { membershipsOf } from '../../db/people.ts'
import type { Deps } from '../act.ts'
import { act } from '../act.ts'

export type AccountEvent =
  | 'account.signed-in'
  | 'account.sign-in-failed'
  | 'account.signed-out'
  | 'account.password-changed'
  | 'account.second-factor-activated'
  | 'account.second-factor-stopped'
  | 'account.sessions-ended'

/**
 * Writes into the logbook of every office of a person what happened to their account. A failed sign-in is
 * written by the system: nobody knows who tried.
 *
 * @param address network address it came from; personal data, so it goes behind a commitment
 */
export async function recordSignIn(
  deps: Deps,
  event: { readonly personId: string; readonly event: AccountEvent; readonly address: string },
): Promise<void> {
  const { personId, address } = event
  const memberships = await inScope(deps.db, { personId }, (tx) => membershipsOf(tx, personId))
  for (const { office, roles, agencyIds } of memberships) {
    const officeId = office.id
    const actor =
      event.event === 'account.sign-in-failed'
        ? ({ kind: 'system', officeId } as const)
        : ({ kind: 'person', officeId, personId, name: '', email: '', roles, agencyIds } as const)
    await act(deps, actor, async (_tx, write) =>
      write.note({
        act: event.event,
        subject: { kind: 'person', id: personId },
        personal: { address },
      }),
    )
  }
}
