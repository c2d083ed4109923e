import { Refused } from '../../domain/refused.ts'
import { keyRenewalTexts } from '../../domain/text/key-renewal.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/**
 * Asks for another key to sign the logbook with. The job that signs checkpoints does it, because it alone knows what was
 * signed last; it hands over from the key in use.
 * @throws Refused `no-signing-name` or `renewal-asked` (409)
 */
export async function askKeyRenewal(deps: Deps, member: Member): Promise<{ origin: string }> {
  requireRole(member, 'administrator')
  return act(deps, member, async (tx, write) => {
    const inUse = await tx
      .selectFrom('logbook_keys')
      .select(['origin', 'renewal_asked_at'])
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!inUse) throw new Refused('no-signing-name', keyRenewalTexts.noName, { status: 409 })
    const { origin } = inUse
    if (inUse.renewal_asked_at) throw new Refused('renewal-asked', keyRenewalTexts.twice, { status: 409 })
    await tx
      .updateTable('logbook_keys')
      .set({ renewal_asked_at: deps.now() })
      .where('origin', '=', origin)
      .execute()
    write.note({ act: 'logbook.renewal-asked', subject: { kind: 'logbook', id: origin } })
    return { origin }
  })
}
