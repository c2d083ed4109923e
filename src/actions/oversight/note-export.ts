import { exporters } from '../../domain/access/duties.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/** Notes that somebody takes the logbook along: as an export file, or printed as a register. */
export async function noteExport(
  deps: Deps,
  member: Member,
  taken: 'logbook.exported' | 'logbook.printed',
  details: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  requireRole(member, ...exporters)
  await act(deps, member, async (_tx, write) => {
    write.note({ act: taken, subject: { kind: 'logbook', id: member.officeId }, details })
  })
}
