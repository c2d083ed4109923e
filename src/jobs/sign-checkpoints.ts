import type { EndingName } from '../actions/oversight/begin-signing-name.ts'
import { beginSigningName } from '../actions/oversight/begin-signing-name.ts'
import { recordCheckpoint, recordSigningTrouble } from '../actions/oversight/record-checkpoint.ts'
import type { SystemActor } from '../actions/act.ts'
import type { Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { latestCheckpoint, readKey, readState } from '../db/logbook-tree/checkpoints.ts'
import { growTree, rootAt } from '../db/logbook-tree/nodes.ts'
import { readOfficeSlug } from '../db/people.ts'
import { nonceLength, seal, unseal } from '../domain/fulfilment/seal.ts'
import { writeHandover } from '../domain/logbook/handover.ts'
import { checkpointText, privateKeyOf, signatureLine } from '../domain/logbook/note.ts'
import { originContext, originOf } from '../domain/logbook/origin.ts'
import { checkpointTexts } from '../domain/text/checkpoints.ts'
import type { JobDeps, Signed, SignedLast } from './deps.ts'

/** Batches of entries that one round takes into a tree; the next round comes within a minute. */
const batchesARound = 200

/** Signs a checkpoint of every logbook that has grown. */
export async function signCheckpoints(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) await signCheckpoint(deps, id)
}

/**
 * Takes new entries into the tree and signs its root. What was signed last is remembered outside of the database,
 * before anybody can see it. So a database that was turned back behind Ranah's back is noticed, and nothing is signed
 * that contradicts what was signed before: the name ends, and the office goes on under another.
 */
export async function signCheckpoint(deps: JobDeps, officeId: string): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId }
  if (!(await inScope(deps.db, actor, readKey))) await begin(deps, actor)
  await growWhole(deps, officeId)
  const kept = await deps.signedLast.read(officeId)
  const { size, key, root, last, isKnown, isContinued } = await inScope(deps.db, actor, async (tx) => {
    const { size } = await growTree(tx, officeId)
    const key = (await readKey(tx))!
    const last = await signedIn(tx, kept)
    return {
      size,
      key,
      root: await rootAt(tx, size),
      last,
      isKnown: (await latestCheckpoint(tx))?.size === size,
      isContinued: !last || (await continues(tx, last, { origin: key.origin, size })),
    }
  })
  const { origin } = key
  if (!isContinued) {
    const ending = { origin, why: 'entries-lost', signed: last! } as const
    return begin(deps, actor, { ending, memory: { size: 0, root: '', instead: last } })
  }
  if (isKnown && key.trouble === null && !key.isRenewed) return
  const seed = openSeed(deps.settings.sealingKey, origin, key.sealed)
  const signed = { origin, size, root: root.toString('base64') }
  if (seed) {
    const text = checkpointText({ origin, size, root })
    const note = `${text}\n${signatureLine(origin, privateKeyOf(seed), text)}`
    await deps.signedLast.write(officeId, signed)
    await recordCheckpoint(deps, actor, { size, origin, root, note, at: deps.now() })
  } else await recordSigningTrouble(deps, actor, { origin, trouble: checkpointTexts.keySealed })
  if (!key.isRenewed) return
  const handOver = seed && ((vkey: string): string => writeHandover(origin, privateKeyOf(seed), vkey))
  // the next name goes on from the tree that this one signed last
  const memory = seed ? { ...signed, instead: signed } : { size: 0, root: '', ...last, instead: last }
  await begin(deps, actor, { ending: { origin, why: 'renewed', handOver }, memory })
  // at once under the new name: receipts and witnesses go by it from now on
  await signCheckpoint(deps, officeId)
}

/**
 * The name is remembered before it exists. Who finds it remembered and unknown knows that nothing was signed under it, and
 * that what was signed `instead` still holds.
 */
async function begin(
  deps: JobDeps,
  actor: SystemActor,
  after?: { readonly ending: EndingName; readonly memory: Omit<SignedLast, 'origin'> },
): Promise<void> {
  const { sealingKey, publicUrl } = deps.settings
  const slug = await readOfficeSlug(deps.db, actor.officeId)
  const origin = originOf(publicUrl, slug, deps.randomBytes(4).toString('hex'))
  await deps.signedLast.write(actor.officeId, { size: 0, root: '', ...after?.memory, origin })
  await beginSigningName(deps, actor, {
    origin,
    ending: after?.ending,
    seal: (context, secret) => seal(sealingKey, deps.randomBytes(nonceLength), context, secret),
  })
}

/** What was signed last, without a name whose beginning was broken off. */
async function signedIn(tx: Tx, kept: SignedLast | undefined): Promise<Signed | undefined> {
  if (!kept) return undefined
  const { instead, ...signed } = kept
  return instead && (await readState(tx, kept.origin)) === 'unknown' ? instead : signed
}

/** Whether the tree, now of this size, still begins with the one that was signed last. */
async function continues(
  tx: Tx,
  last: Signed,
  now: { readonly origin: string; readonly size: number },
): Promise<boolean> {
  if (last.size === 0) return true
  if (last.origin !== now.origin) return (await readState(tx, last.origin)) === 'ended'
  return last.size <= now.size && (await rootAt(tx, last.size)).toString('base64') === last.root
}

async function growWhole(deps: JobDeps, officeId: string): Promise<void> {
  for (let batch = 0; batch < batchesARound; batch += 1) {
    const { isWhole } = await inScope(deps.db, { officeId }, (tx) => growTree(tx, officeId))
    if (isWhole) return
  }
}

/** @returns nothing when the installation has another key than the one it was sealed under */
function openSeed(sealingKey: Buffer, origin: string, sealed: Buffer): Buffer | undefined {
  try {
    return Buffer.from(unseal(sealingKey, originContext(origin), sealed), 'base64')
  } catch {
    return undefined
  }
}
