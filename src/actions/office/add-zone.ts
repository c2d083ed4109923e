import { isWithin } from '../../domain/dns/names.ts'
import { Refused } from '../../domain/refused.ts'
import { officeTexts } from '../../domain/text/office.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { listZones } from '../../db/office/registers.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/**
 * Adds a parent domain under which the office gives out names; a job creates it on the name server.
 * @param name checked by `zoneName`
 * @returns its id
 */
export async function addZone(deps: Deps, member: Member, name: string): Promise<{ id: string }> {
  requireRole(member, 'administrator')
  try {
    return await act(deps, member, async (tx, write) => {
      const own = await listZones(tx)
      if (own.some((zone) => isWithin(name, zone.name))) throw taken()
      const id = deps.newId()
      await tx
        .insertInto('zones')
        .values({
          id,
          office_id: member.officeId,
          name,
          status: 'creating',
          created_at: deps.now(),
        })
        .execute()
      await write.job('create-zone', { officeId: member.officeId, zoneId: id })
      write.note({ act: 'zone.added', subject: { kind: 'zone', id: name } })
      return { id }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw taken()
  }
}

const taken = (): Refused =>
  new Refused('zone-taken', officeTexts.zoneTaken, {
    status: 409,
    issues: [{ field: 'zone', text: officeTexts.zoneTaken }],
  })
