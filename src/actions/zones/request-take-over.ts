import { importers } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { takeOverTexts } from '../../domain/text/take-over.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { findZone } from '../../db/office/zones.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Largest zone file, in bytes: several hundred thousand records. */
export const maxZoneFileBytes = 32 * 1024 * 1024

/**
 * Has everything a zone has brought into the registry, as records of no service.
 * @param file a zone file; null for a transfer from the zone's name server
 * @throws Refused `take-over-busy` (409) while another one of the zone runs
 */
export async function requestTakeOver(
  deps: Deps,
  member: Member,
  idOrName: string,
  file: Buffer | null,
): Promise<{ readonly id: string }> {
  requireRole(member, ...importers)
  const id = deps.newId()
  const source = file ? 'file' : 'transfer'
  try {
    await act(deps, member, async (tx, write) => {
      const zone = await findZone(tx, idOrName)
      if (!zone) throw notFound()
      await tx
        .insertInto('zone_imports')
        .values({
          id,
          office_id: member.officeId,
          zone_id: zone.id,
          source,
          file,
          status: 'running',
          asked_by: member.personId,
          created_at: deps.now(),
        })
        .execute()
      await write.job('take-over-zone', { officeId: member.officeId, importId: id })
      write.note({
        act: 'zone.take-over-requested',
        subject: { kind: 'zone', id: zone.name },
        details: { source, bytes: file?.length ?? null },
      })
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'zone_imports_one')) throw error
    throw new Refused('take-over-busy', takeOverTexts.busy, { status: 409, cause: error })
  }
  return { id }
}
