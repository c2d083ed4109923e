import { beginSigningName } from '../actions/oversight/begin-signing-name.ts'
import { recordCheckpoint, recordSigningTrouble } from '../actions/oversight/record-checkpoint.ts'
import type { SystemActor } from '../actions/act.ts'
import type { Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { isEnded, latestCheckpoint, readKey } from '../db/logbook-tree/checkpoints.ts'
import { growTree, rootAt } from '../db/logbook-tree/nodes.ts'
import { readOfficeSlug } from '../db/people.ts'
import { nonceLength, seal, unseal } from '../domain/fulfilment/seal.ts'
import { checkpointText, privateKeyOf, signatureLine } from '../domain/logbook/note.ts'
import { originContext, originOf } from '../domain/logbook/origin.ts'
import { checkpointTexts } from '../domain/text/checkpoints.ts'
import type { JobDeps, SignedLast } from './deps.ts'

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
  const last = await deps.signedLast.read(officeId)
  const { size, key, root, isKnown, isContinued } = await inScope(deps.db, actor, async (tx) => {
    const { size } = await growTree(tx, officeId)
    const key = (await readKey(tx))!
    return {
      size,
      key,
      root: await rootAt(tx, size),
      isKnown: (await latestCheckpoint(tx))?.size === size,
      isContinued: !last || (await continues(tx, last, { origin: key.origin, size })),
    }
  })
  if (!isContinued) return begin(deps, actor, { origin: key.origin, signed: last! })
  if (isKnown && key.trouble === null) return
  const { origin } = key
  const seed = openSeed(deps.settings.sealingKey, origin, key.sealed)
  if (!seed) return recordSigningTrouble(deps, actor, { origin, trouble: checkpointTexts.keySealed })
  const text = checkpointText({ origin, size, root })
  const note = `${text}\n${signatureLine(origin, privateKeyOf(seed), text)}`
  await deps.signedLast.write(officeId, { origin, size, root: root.toString('base64') })
  await recordCheckpoint(deps, actor, { size, origin, root, note, at: deps.now() })
}

/** The name is remembered before it exists: who finds it remembered and unknown knows that nothing was signed. */
async function begin(
  deps: JobDeps,
  actor: SystemActor,
  lost?: { readonly origin: string; readonly signed: SignedLast },
): Promise<void> {
  const { sealingKey, publicUrl } = deps.settings
  const slug = await readOfficeSlug(deps.db, actor.officeId)
  const origin = originOf(publicUrl, slug, deps.randomBytes(4).toString('hex'))
  await deps.signedLast.write(actor.officeId, { origin, size: 0, root: '' })
  await beginSigningName(deps, actor, {
    origin,
    lost,
    seal: (context, secret) => seal(sealingKey, deps.randomBytes(nonceLength), context, secret),
  })
}

/** Whether the tree, now of this size, still begins with the one that was signed last. */
async function continues(
  tx: Tx,
  last: SignedLast,
  now: { readonly origin: string; readonly size: number },
): Promise<boolean> {
  if (last.size === 0) return true
  if (last.origin !== now.origin) return isEnded(tx, last.origin)
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
