import type { Actor, Deps } from '../act.ts'
import { act, notFound } from '../act.ts'

/** Revokes one's own token; an administrator and the operator of the machine revoke anybody's. @throws Refused (404) when there is none */
export async function revokeApiToken(deps: Deps, actor: Actor, id: string): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const mine = actor.kind === 'system' || actor.roles.includes('administrator') ? undefined : actor.personId
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
