import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'

/** Revokes one's own token; an administrator revokes anybody's. @throws Refused (404) when there is none */
export async function revokeApiToken(deps: Deps, member: Member, id: string): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const mine = member.roles.includes('administrator') ? undefined : member.personId
    const revoked = await tx
      .updateTable('api_tokens')
      .set({ revoked_at: deps.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .$if(mine !== undefined, (query) => query.where('person_id', '=', mine!))
      .returning('id')
      .executeTakeFirst()
    if (!revoked) throw notFound()
    write.note({ act: 'token.revoked', subject: { kind: 'token', id } })
  })
}
