import type { Tx } from './database.ts'
import { json } from './database.ts'

type Owner = { readonly officeId: string; readonly personId: string }

/** What became of a key: it is ours to carry out, somebody is at it, or it is done. */
export type Claim =
  | { readonly kind: 'ours' }
  | { readonly kind: 'in-flight'; readonly fingerprint: string }
  | { readonly kind: 'done'; readonly fingerprint: string; readonly status: number; readonly body: unknown }

/** A claim this old belongs to a process that died; the next caller may take it over. */
const staleAfterMs = 5 * 60 * 1000

/** Claims the key for one request; two at once get one "ours" between them. */
export async function claimKey(
  tx: Tx,
  { officeId, personId }: Owner,
  { key, fingerprint, now }: { key: string; fingerprint: string; now: Date },
): Promise<Claim> {
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ office_id: officeId, person_id: personId, key, fingerprint, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['office_id', 'person_id', 'key'])
        .doUpdateSet({ created_at: now })
        .where('idempotency_keys.status', 'is', null)
        .where('idempotency_keys.fingerprint', '=', fingerprint)
        .where('idempotency_keys.created_at', '<', new Date(now.getTime() - staleAfterMs)),
    )
    .returning('key')
    .executeTakeFirst()
  if (claimed) return { kind: 'ours' }
  const found = await rowOf(tx, { officeId, personId }, key)
  if (found.status === null) return { kind: 'in-flight', fingerprint: found.fingerprint }
  return { kind: 'done', fingerprint: found.fingerprint, status: found.status, body: found.body }
}

async function rowOf(tx: Tx, owner: Owner, key: string) {
  return tx
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'body'])
    .where('office_id', '=', owner.officeId)
    .where('person_id', '=', owner.personId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
}

/** Keeps the answer for whoever repeats the request; a body of null was not kept. */
export async function keepAnswer(
  tx: Tx,
  owner: Owner,
  key: string,
  answer: { status: number; body: unknown },
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ status: answer.status, body: answer.body === null ? null : json(answer.body) })
    .where('office_id', '=', owner.officeId)
    .where('person_id', '=', owner.personId)
    .where('key', '=', key)
    .execute()
}

/** Gives the key back: the request failed without an answer. */
export async function forgetKey(tx: Tx, owner: Owner, key: string): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('office_id', '=', owner.officeId)
    .where('person_id', '=', owner.personId)
    .where('key', '=', key)
    .execute()
}
