import type { Tx } from '../../db/database.ts'
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
  | 'account.recovery-codes-made'
  | 'account.recovery-code-used'
  | 'account.passkey-added'
  | 'account.passkey-removed'
  | 'account.sign-on-linked'
  | 'account.sessions-ended'
  | 'account.reset-asked'
  | 'account.password-reset'
  | 'account.age-key-set'
  | 'account.age-key-removed'
  | 'account.name-changed'
  | 'account.email-change-asked'
  | 'account.email-changed'

/** What anybody can cause without being the person: written by the system. */
const byAnybody: readonly AccountEvent[] = ['account.sign-in-failed', 'account.reset-asked']

/** A mail to the person that goes out with the entry. */
export type AccountMail = { readonly to: string; readonly subject: string; readonly text: string }

/**
 * Writes into the logbook of every office of a person what happened to their account, and sends the mail that
 * belongs to it. Somebody who is active in no office gets neither.
 *
 * @param address network address it came from; personal data, so it goes behind a commitment
 */
export async function recordSignIn(
  deps: Deps,
  event: {
    readonly personId: string
    readonly event: AccountEvent
    readonly address: string
    /** What else the entry keeps behind commitments. */
    readonly personal?: Readonly<Record<string, string>>
    readonly mail?: AccountMail
    /** What changes about the account, in the transaction of the first entry, or of this office's. */
    readonly change?: (tx: Tx) => Promise<void>
    readonly officeId?: string
  },
): Promise<void> {
  const { personId, address, personal, mail, change } = event
  const memberships = await inScope(deps.db, { personId }, (tx) => membershipsOf(tx, personId, deps.now()))
  if (change && memberships.length === 0) await inScope(deps.db, { personId }, change)
  const carrier = Math.max(
    0,
    memberships.findIndex(({ office }) => office.id === event.officeId),
  )
  for (const [index, { office, roles, agencyIds }] of memberships.entries()) {
    const officeId = office.id
    const actor = byAnybody.includes(event.event)
      ? ({ kind: 'system', officeId } as const)
      : ({ kind: 'person', officeId, personId, name: '', email: '', roles, agencyIds } as const)
    await act(deps, actor, async (tx, write) => {
      if (change && index === carrier) await change(tx)
      if (mail && index === 0) await write.job('send-mail', { messageId: deps.newId(), ...mail })
      write.note({
        act: event.event,
        subject: { kind: 'person', id: personId },
        personal: { ...personal, address },
      })
    })
  }
}
