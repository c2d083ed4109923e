import { retentionDays } from '../../domain/access/retention.ts'
import { MS_PER_DAY } from '../../domain/dates/zones.ts'
import { inScope } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Deletes invitations and applications for an account whose time is over. The logbook tells how many went. */
export async function forgetOld(deps: Deps, actor: SystemActor): Promise<void> {
  const invitationsBefore = before(deps, retentionDays.invitation)
  const registrationsBefore = before(deps, retentionDays.registration)
  const isOld = await inScope(deps.db, actor, async (tx) => {
    const invitation = await tx
      .selectFrom('invitations')
      .select('id')
      .where('expires_at', '<', invitationsBefore)
      .limit(1)
      .executeTakeFirst()
    const registration = await tx
      .selectFrom('self_registrations')
      .select('id')
      .where('decided_at', '<', registrationsBefore)
      .limit(1)
      .executeTakeFirst()
    return invitation !== undefined || registration !== undefined
  })
  if (!isOld) return
  await act(deps, actor, async (tx, write) => {
    const invitations = await tx
      .deleteFrom('invitations')
      .where('expires_at', '<', invitationsBefore)
      .executeTakeFirst()
    const registrations = await tx
      .deleteFrom('self_registrations')
      .where('decided_at', '<', registrationsBefore)
      .executeTakeFirst()
    write.note({
      act: 'personal-data.forgotten',
      subject: { kind: 'office', id: actor.officeId },
      details: {
        invitations: Number(invitations.numDeletedRows),
        registrations: Number(registrations.numDeletedRows),
      },
    })
  })
}

/** Sessions belong to no office. */
export async function forgetSessions(deps: Deps): Promise<void> {
  await inScope(deps.db, {}, (tx) =>
    tx.deleteFrom('auth_session').where('expiresAt', '<', before(deps, retentionDays.session)).execute(),
  )
}

const before = (deps: Deps, days: number): Date => new Date(deps.now().getTime() - days * MS_PER_DAY)
