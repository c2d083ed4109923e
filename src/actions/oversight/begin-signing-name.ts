import type { Tx } from '../../db/database.ts'
import { readHead } from '../../db/logbook.ts'
import { privateKeyOf, vkeyOf } from '../../domain/logbook/note.ts'
import { originContext } from '../../domain/logbook/origin.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

const seedOctets = 32

/** The name in use, which ends now. */
export type EndingName = { readonly origin: string } & (
  | {
      /** What was signed under it is no longer in the logbook. */
      readonly why: 'entries-lost'
      readonly signed: { readonly size: number; readonly root: string }
    }
  | {
      readonly why: 'renewed'
      /** Signs with its key that the one of this vkey goes on; nothing where its key cannot be opened. */
      readonly handOver: ((vkey: string) => string) | undefined
    }
)

/**
 * Begins to sign the checkpoints of the office's logbook under a new name with a new key. The logbook says so itself,
 * with the name before and why that one ended.
 */
export async function beginSigningName(
  deps: Deps,
  actor: SystemActor,
  {
    origin,
    ending,
    seal,
  }: {
    readonly origin: string
    readonly ending?: EndingName | undefined
    readonly seal: (context: string, secret: string) => Buffer
  },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    if (ending) await endName(tx, ending, deps.now())
    const before = await tx
      .selectFrom('logbook_keys')
      .select(['origin', 'end_reason'])
      .orderBy('ended_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const { seq: entries } = await readHead(tx, actor.officeId)
    const seed = deps.randomBytes(seedOctets)
    const vkey = vkeyOf(origin, 'note', privateKeyOf(seed))
    const handover = ending?.why === 'renewed' ? (ending.handOver?.(vkey) ?? null) : null
    await tx
      .insertInto('logbook_keys')
      .values({
        origin,
        office_id: actor.officeId,
        vkey,
        sealed: seal(originContext(origin), seed.toString('base64')),
        since: deps.now(),
        entries,
        trouble: null,
        handover,
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
        ...(ending?.why === 'entries-lost' && {
          lost: { size: ending.signed.size, root: ending.signed.root },
        }),
        ...(ending?.why === 'renewed' && { handover }),
      },
    })
  })
}

const endName = (tx: Tx, { origin, why }: EndingName, at: Date) =>
  tx
    .updateTable('logbook_keys')
    .set({ ended_at: at, end_reason: why, sealed: null, renewal_asked_at: null })
    .where('origin', '=', origin)
    .where('ended_at', 'is', null)
    .execute()
