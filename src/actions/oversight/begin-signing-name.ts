import { readHead } from '../../db/logbook.ts'
import { privateKeyOf, vkeyOf } from '../../domain/logbook/note.ts'
import { originContext } from '../../domain/logbook/origin.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

const seedOctets = 32

/**
 * Begins to sign the checkpoints of the office's logbook under a new name with a new key. The logbook says so itself,
 * with the name before and why that one ended.
 *
 * @param lost the name in use, which ends now, because what was signed under it is no longer in the logbook
 */
export async function beginSigningName(
  deps: Deps,
  actor: SystemActor,
  {
    origin,
    lost,
    seal,
  }: {
    readonly origin: string
    readonly lost?:
      | { readonly origin: string; readonly signed: { readonly size: number; readonly root: string } }
      | undefined
    readonly seal: (context: string, secret: string) => Buffer
  },
): Promise<void> {
  const { officeId } = actor
  await act(deps, actor, async (tx, write) => {
    if (lost)
      await tx
        .updateTable('logbook_keys')
        .set({ ended_at: deps.now(), end_reason: 'entries-lost', sealed: null })
        .where('origin', '=', lost.origin)
        .where('ended_at', 'is', null)
        .execute()
    const before = await tx
      .selectFrom('logbook_keys')
      .select(['origin', 'end_reason'])
      .orderBy('ended_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const { seq: entries } = await readHead(tx, officeId)
    const seed = deps.randomBytes(seedOctets)
    const vkey = vkeyOf(origin, 'note', privateKeyOf(seed))
    await tx
      .insertInto('logbook_keys')
      .values({
        origin,
        office_id: officeId,
        vkey,
        sealed: seal(originContext(origin), seed.toString('base64')),
        since: deps.now(),
        entries,
        trouble: null,
      })
      .execute()
    write.note({
      act: 'logbook.name-begun',
      subject: { kind: 'logbook', id: origin },
      details: {
        vkey,
        entries,
        before: before?.origin ?? null,
        why: before?.end_reason ?? 'first',
        ...(lost && { lost: { size: lost.signed.size, root: lost.signed.root } }),
      },
    })
  })
}
