import { sql } from 'kysely'
import type { CertificateCase } from '../../db/certificates/certificates.ts'
import { listFollowers } from '../../db/certificates/queue.ts'
import type { Tx } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import type { CertificateKey } from './record-certificate.ts'

/**
 * Puts wishes together: one certificate with these names is asked for and serves them all.
 * @returns false when one of them is not what it was any more: then nothing was changed, look again
 */
export async function gatherCertificates(
  deps: Deps,
  actor: SystemActor,
  group: CertificateKey & { readonly names: readonly string[]; readonly others: readonly string[] },
): Promise<boolean> {
  const { id, fqdn, names, others } = group
  return act(deps, actor, async (tx, write) => {
    const free = await lockFree(tx, [id, ...others])
    write.note({
      act: 'certificate.gathered',
      subject: { kind: 'service', id: fqdn },
      details: { names: [...names], agreed: free === others.length + 1 },
    })
    if (free !== others.length + 1) return false
    await tx
      .updateTable('certificates')
      .set({ names: [...names] })
      .where('id', '=', id)
      .execute()
    if (others.length > 0)
      await tx
        .updateTable('certificates')
        .set({ shared_from: id })
        .where('id', 'in', [...others])
        .execute()
    return true
  })
}

/** Locks wishes in one order. @returns how many of them wait and go with no other yet */
async function lockFree(tx: Tx, ids: readonly string[]): Promise<number> {
  const rows = await tx
    .selectFrom('certificates')
    .select('id')
    .where('id', 'in', [...ids])
    .where('status', '=', 'waiting')
    .where('chain', 'is', null)
    .where('order_url', 'is', null)
    .where('shared_from', 'is', null)
    .where(sql<boolean>`cardinality(names) = 1`)
    .where(sql<boolean>`names[1] not like '*%'`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.length
}

/** Signing them together was refused: from now on each goes by itself, so that one name holds up itself only. */
export async function partCertificates(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn }: CertificateKey,
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const followers = await listFollowers(tx, id)
    await tx
      .updateTable('certificates')
      .set({ names: [fqdn], alone: true, order_url: null })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .where('chain', 'is', null)
      .execute()
    await tx
      .updateTable('certificates')
      .set({ shared_from: null, alone: true })
      .where('shared_from', '=', id)
      .where('status', '=', 'waiting')
      .where('chain', 'is', null)
      .execute()
    for (const certificateId of followers)
      await write.job('issue-certificate', { officeId: actor.officeId, certificateId })
    write.note({ act: 'certificate.parted', subject: { kind: 'service', id: fqdn } })
  })
}

/** A certificate that serves another site of the same host is good for this one, too: none is asked for. */
export async function adoptCertificate(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn, from }: CertificateKey & { readonly from: CertificateCase },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx
      .updateTable('certificates')
      .set({
        shared_from: from.id,
        names: from.names,
        chain: from.chain,
        issuer: from.issuer,
        serial: from.serial,
        not_before: from.not_before,
        not_after: from.not_after,
        is_exempt: from.is_exempt,
        signed_at: from.signed_at,
      })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .where('chain', 'is', null)
      .execute()
    write.note({
      act: 'certificate.adopted',
      subject: { kind: 'service', id: fqdn },
      details: { serial: from.serial, names: from.names },
    })
  })
}
