import { json, inScope } from '../../db/database.ts'
import type { Tx } from '../../db/database.ts'
import { lockCertificate } from '../../db/certificates/certificates.ts'
import { listFollowers } from '../../db/certificates/queue.ts'
import type { Text } from '../../domain/refused.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** A certificate that a job works on. */
export type CertificateKey = { readonly id: string; readonly fqdn: string }

export type CertificateWait = CertificateKey & {
  /** when it is tried next */
  readonly until: Date
  /** what stands in the way; null when only its turn has not come */
  readonly text: Text | null
  readonly known: { readonly text: Text | null; readonly attempts: number }
  /** whether the logbook says already that it waits for its turn */
  readonly isNoted?: boolean
}

/** Puts off a certificate. The same reason is recorded once, however often it is tried. */
export async function recordCertificateWait(
  deps: Deps,
  actor: SystemActor,
  wait: CertificateWait,
): Promise<void> {
  const { id, fqdn, until, text, known } = wait
  const job = { officeId: actor.officeId, certificateId: id }
  const keep = async (tx: Tx): Promise<void> => {
    await tx
      .updateTable('certificates')
      .set({
        expected_at: until,
        trouble: text === null ? null : json(text),
        attempts: text === null ? 0 : known.attempts + 1,
      })
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .execute()
  }
  if (text === null ? wait.isNoted : known.text?.id === text.id)
    return inScope(deps.db, { officeId: actor.officeId }, async (tx) => {
      await keep(tx)
      await deps.enqueue(tx, 'issue-certificate', job, { startAfter: until })
    })
  await act(deps, actor, async (tx, write) => {
    await keep(tx)
    await write.job('issue-certificate', job, { startAfter: until })
    write.note({
      act: text === null ? 'certificate.queued' : 'certificate.trouble',
      subject: { kind: 'service', id: fqdn },
      details: { until: until.toISOString(), ...(text && { says: text.id }) },
    })
  })
}

/** Keeps where the authority has the order, before anything is proved. */
export async function recordCertificateOrder(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn, order }: CertificateKey & { readonly order: string },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx.updateTable('certificates').set({ order_url: order }).where('id', '=', id).execute()
    write.note({ act: 'certificate.ordered', subject: { kind: 'service', id: fqdn } })
  })
}

/** What an authority signed; nothing of it is secret. */
export type SignedFacts = {
  readonly chain: string
  readonly names: readonly string[]
  readonly issuer: string
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly isExempt: boolean
}

/** Keeps a signed chain before it is installed: it counts from now on, whatever happens next. */
export async function recordCertificateSigned(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn, signed }: CertificateKey & { readonly signed: SignedFacts },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const followers = await listFollowers(tx, id)
    await tx
      .updateTable('certificates')
      .set({
        names: [...signed.names],
        chain: signed.chain,
        issuer: signed.issuer,
        serial: signed.serial,
        not_before: signed.notBefore,
        not_after: signed.notAfter,
        is_exempt: signed.isExempt,
        signed_at: deps.now(),
      })
      .where('id', 'in', [id, ...followers])
      .execute()
    for (const certificateId of followers)
      await write.job('issue-certificate', { officeId: actor.officeId, certificateId })
    // closed meanwhile: nobody will install it
    const ended = await tx
      .updateTable('certificates')
      .set({ status: 'revoking' })
      .where('id', '=', id)
      .where('status', '=', 'dropped')
      .returning('id')
      .executeTakeFirst()
    if (ended) await write.job('revoke-certificate', { officeId: actor.officeId, certificateId: id })
    write.note({
      act: 'certificate.signed',
      subject: { kind: 'service', id: fqdn },
      details: { serial: signed.serial, issuer: signed.issuer, until: signed.notAfter.toISOString() },
    })
  })
}

/** A visitor was shown the certificate: it is in use, and the one before it is not any more. */
export async function recordCertificateLive(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn }: CertificateKey,
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const row = await lockCertificate(tx, id)
    write.note({
      act: 'certificate.live',
      subject: { kind: 'service', id: fqdn },
      details: { serial: row?.serial ?? null },
    })
    if (row?.status !== 'waiting') return
    const at = deps.now()
    await tx
      .updateTable('certificates')
      .set({ status: 'replaced', ended_at: at })
      .where('service_id', '=', row.service_id)
      .where('status', '=', 'live')
      .execute()
    await tx
      .updateTable('certificates')
      .set({ status: 'live', live_at: at, expected_at: null, trouble: null, attempts: 0 })
      .where('id', '=', id)
      .execute()
  })
}

/** Keeps when the authority wants a certificate renewed. Only another window is worth an entry. */
export async function recordRenewalWindow(
  deps: Deps,
  actor: SystemActor,
  input: CertificateKey & {
    readonly window: { readonly start: Date; readonly end: Date } | null
    readonly isNew: boolean
    readonly askAgainAt: Date
  },
): Promise<void> {
  const { id, fqdn, window, askAgainAt } = input
  const keep = async (tx: Tx): Promise<void> => {
    await tx
      .updateTable('certificates')
      .set({
        window_start: window?.start ?? null,
        window_end: window?.end ?? null,
        ask_window_at: askAgainAt,
      })
      .where('id', '=', id)
      .execute()
  }
  if (!input.isNew) return inScope(deps.db, { officeId: actor.officeId }, keep)
  await act(deps, actor, async (tx, write) => {
    await keep(tx)
    write.note({
      act: 'certificate.window',
      subject: { kind: 'service', id: fqdn },
      details: { from: window?.start.toISOString() ?? null, until: window?.end.toISOString() ?? null },
    })
  })
}

/**
 * A closed service gives its certificate up.
 *
 * @param end `revoked`: the authority did, or it ended by itself before; `replaced`: it goes on serving the other sites
 * that share it
 */
export async function recordCertificateEnd(
  deps: Deps,
  actor: SystemActor,
  { id, fqdn }: CertificateKey,
  end: 'revoked' | 'replaced',
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx
      .updateTable('certificates')
      .set({ status: end, ended_at: deps.now() })
      .where('id', '=', id)
      .where('status', '=', 'revoking')
      .execute()
    write.note({
      act: end === 'revoked' ? 'certificate.revoked' : 'certificate.left',
      subject: { kind: 'service', id: fqdn },
    })
  })
}
