import { Refused } from '../../domain/refused.ts'
import type { Contact } from '../../domain/requests/application.ts'
import { standsAgainst } from '../../domain/requests/takeover.ts'
import { takeoverTexts } from '../../domain/text/takeover.ts'
import type { Tx } from '../../db/database.ts'
import { readTakeover } from '../../db/requests/takeovers.ts'
import { lockService } from '../../db/services/services.ts'
import type { Member } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'

/**
 * A take-over goes on from a decision, and into effect, only while nothing stands against it, and never by whoever
 * confirmed that the old contacts left.
 * @throws Refused `takeover-contested`, `contacts-changed` (409), `same-person` (403)
 */
export async function requireUncontested(
  tx: Tx,
  { row }: LoadedRequest,
  doer: { readonly member: Member; readonly decides: boolean; readonly grants: boolean },
  now: Date,
): Promise<void> {
  if (row.fulfilment !== 'contact-takeover') return
  const takeover = await readTakeover(tx, row.id)
  if (!takeover) return
  if (doer.decides && takeover.confirmedBy === doer.member.personId)
    throw new Refused('same-person', takeoverTexts.ownConfirmation, { status: 403 })
  if (!doer.grants) return
  const service = await lockService(tx, takeover.serviceId)
  const present = [service?.administrative_contact, service?.technical_contact] as readonly Contact[]
  const warned = new Set(takeover.warned.map(({ email }) => email))
  if (present.some((contact) => contact && !warned.has(contact.email.toLowerCase())))
    throw new Refused('contacts-changed', takeoverTexts.contactsChanged, { status: 409 })
  const against = standsAgainst(takeover, now)
  if (against) throw new Refused('takeover-contested', against, { status: 409 })
}
