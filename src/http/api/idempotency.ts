import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { Claim } from '../../db/idempotency.ts'
import { claimKey, forgetKey, keepAnswer } from '../../db/idempotency.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import type { HttpDeps } from '../deps.ts'
import type { PortalEnv } from '../visitor.ts'

const keyForm = /^[A-Za-z0-9._-]{1,100}$/

/**
 * Carries out a create once per Idempotency-Key: the same key with the same body gets the same answer, with
 * another body it is refused, and while the first is under way the second is told to wait.
 * Refusals are answers too; faults are not kept, so that the caller may try again.
 */
export function idempotent(deps: HttpDeps, secretAnswer: boolean): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (key === undefined) return next()
    if (!keyForm.test(key)) refuse('idempotency-malformed', 'idempotencyMalformed', 400)
    const member = c.get('member')
    const fingerprint = await fingerprintOf(c)
    const claim = await inScope(deps.db, member, (tx) =>
      claimKey(tx, member, { key, fingerprint, now: deps.now() }),
    )
    if (claim.kind !== 'ours') return repeated(claim, fingerprint)
    await next()
    await inScope(deps.db, member, (tx) => settle(tx, c, member, key, secretAnswer))
  }
}

async function fingerprintOf(c: Context<PortalEnv>): Promise<string> {
  const hash = createHash('sha256').update(`${c.req.method} ${c.req.path}\n`)
  return hash.update(new Uint8Array(await c.req.arrayBuffer())).digest('hex')
}

function repeated(claim: Exclude<Claim, { kind: 'ours' }>, fingerprint: string): Response {
  if (claim.fingerprint !== fingerprint) refuse('idempotency-mismatch', 'idempotencyMismatch', 422)
  if (claim.kind === 'in-flight') refuse('idempotency-in-flight', 'idempotencyInFlight', 409)
  if (claim.body === null) refuse('idempotency-answer-not-kept', 'idempotencyKept', 409)
  return Response.json(claim.body, {
    status: claim.status,
    headers: {
      'idempotency-replayed': 'true',
      ...(claim.status >= 400 && { 'content-type': 'application/problem+json' }),
    },
  })
}

async function settle(
  tx: Parameters<typeof keepAnswer>[0],
  c: Context<PortalEnv>,
  member: Member,
  key: string,
  secretAnswer: boolean,
): Promise<void> {
  const { status } = c.res
  if (status >= 500) return forgetKey(tx, member, key)
  const keep = !(secretAnswer && status < 400) && c.res.headers.get('content-type')?.includes('json')
  await keepAnswer(tx, member, key, { status, body: keep ? await c.res.clone().json() : null })
}

function refuse(
  reason: string,
  text: 'idempotencyMalformed' | 'idempotencyMismatch' | 'idempotencyInFlight' | 'idempotencyKept',
  status: 400 | 409 | 422,
): never {
  throw new Refused(reason, httpTexts[text], { status })
}
