import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/** Sets whether applicants of the office need a second factor as its staff do; it holds from the next request on. */
export async function setSignInRules(
  deps: Deps,
  member: Member,
  { applicantsNeedFactor }: { readonly applicantsNeedFactor: boolean },
): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    await tx
      .updateTable('offices')
      .set({ applicants_need_factor: applicantsNeedFactor })
      .where('id', '=', member.officeId)
      .execute()
    write.note({
      act: 'office.sign-in-rules-changed',
      subject: { kind: 'office', id: member.officeId },
      details: { applicantsNeedFactor },
    })
  })
}
