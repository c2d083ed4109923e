import type { ProvenBy } from '../../domain/access/second-factor.ts'
import type { TokenInput } from '../../domain/access/token-limits.ts'
import { hashToken, tokenBytes, writeApiToken } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { accessTexts } from '../../domain/text/access.ts'
import type { Actor, Deps } from '../act.ts'
import { act } from '../act.ts'
import { officeOf } from './office-of.ts'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Creates a token with which scripts act as a member of this office: the actor, or whom the operator of the machine names.
 * @param owner whose token it is, and how the session that makes it proved a second factor: the token is no stronger
 * @returns the token, which is shown once: the database keeps its hash
 * @throws Refused `session-needed` (403) for a token: one that leaked must not make others that outlive it or hold more
 */
export async function createApiToken(
  deps: Deps,
  actor: Actor,
  { name, days, scopes, names, recordTypes, networks }: TokenInput,
  owner: { readonly personId: string; readonly provenBy: ProvenBy | null },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  if (actor.kind === 'person' && (actor.token || owner.personId !== actor.personId))
    throw new Refused('session-needed', accessTexts.tokenBySession, { status: 403 })
  return act(deps, actor, async (tx, write) => {
    const now = deps.now()
    const office = await officeOf(tx, actor.officeId)
    const id = deps.newId()
    const token = writeApiToken(office.slug, deps.randomBytes(tokenBytes))
    const expiresAt = new Date(now.getTime() + days * dayMs)
    await tx
      .insertInto('api_tokens')
      .values({
        id,
        office_id: actor.officeId,
        person_id: owner.personId,
        name,
        token_hash: hashToken(token),
        created_at: now,
        expires_at: expiresAt,
        scopes: scopes ?? null,
        names: names ?? null,
        record_types: recordTypes ?? null,
        networks: networks ?? null,
        proven_by: owner.provenBy,
      })
      .execute()
    write.note({
      act: 'token.created',
      subject: { kind: 'token', id },
      details: {
        days,
        ...(actor.kind === 'system' && { owner: owner.personId }),
        ...withoutEmpty({ scopes, names, recordTypes, networks }),
      },
    })
    return { id, token, expiresAt }
  })
}

/** The limits as the logbook keeps them. */
const withoutEmpty = (limits: Readonly<Record<string, readonly string[] | undefined>>) =>
  Object.fromEntries(Object.entries(limits).flatMap(([name, list]) => (list ? [[name, list.join(' ')]] : [])))
