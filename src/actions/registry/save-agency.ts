import * as z from 'zod'
import { line } from '../../domain/access/plain-text.ts'
import { Refused } from '../../domain/refused.ts'
import { registryTexts } from '../../domain/text/registry.ts'
import { isUniqueViolation } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

const optional = (max: number) => line(max).optional()

/** An agency as people enter it. */
export const agencyInput = z.strictObject({
  name: line(200),
  shortName: optional(60),
  address: optional(500),
  email: z.email().max(254).optional(),
  headPost: optional(200),
  archived: z.coerce.boolean().default(false),
})
export type AgencyInput = z.infer<typeof agencyInput>

/**
 * Adds an agency, or changes the one with this id.
 * @returns its id
 * @throws Refused `agency-name-taken` (409)
 */
export async function saveAgency(
  deps: Deps,
  member: Member,
  input: AgencyInput,
  id?: string,
): Promise<{ id: string }> {
  requireRole(member, 'administrator', 'operator')
  const row = {
    name: input.name,
    short_name: input.shortName ?? null,
    address: input.address ?? null,
    email: input.email ?? null,
    head_post: input.headPost ?? null,
    archived_at: input.archived ? deps.now() : null,
  }
  try {
    return await act(deps, member, async (tx, write) => {
      const agencyId = id ?? deps.newId()
      const stored = id
        ? await tx.updateTable('agencies').set(row).where('id', '=', id).returning('id').executeTakeFirst()
        : await tx
            .insertInto('agencies')
            .values({ ...row, id: agencyId, office_id: member.officeId, created_at: deps.now() })
            .returning('id')
            .executeTakeFirst()
      if (!stored) throw notFound()
      write.note({
        act: id ? 'agency.changed' : 'agency.created',
        subject: { kind: 'agency', id: input.name },
        details: { archived: input.archived },
      })
      return stored
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const issues = [{ field: 'name', text: registryTexts.nameTaken }]
    throw new Refused('agency-name-taken', registryTexts.nameTaken, { status: 409, issues })
  }
}
