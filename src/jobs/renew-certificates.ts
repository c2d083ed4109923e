import { recordRenewalWindow } from '../actions/certificates/record-certificate.ts'
import { renewCertificate } from '../actions/certificates/renew-certificate.ts'
import { wantMissingCertificate } from '../actions/certificates/want-certificate.ts'
import type { SystemActor } from '../actions/act.ts'
import type { CertificateCase } from '../db/certificates/certificates.ts'
import { listLiveCertificates, listUncertified } from '../db/certificates/certificates.ts'
import { inScope } from '../db/database.ts'
import { defaultAuthority, readServer } from '../db/office/servers.ts'
import type { RenewalWindow } from '../domain/certificates/renewal.ts'
import { renewAt } from '../domain/certificates/renewal.ts'
import { Refused } from '../domain/refused.ts'
import type { JobDeps } from './deps.ts'

/** How long an authority that says nothing about renewal, or does not answer, is left alone. */
const askAgainMs = 6 * 3_600_000

/**
 * Wants a new certificate for each that is due: when its authority says so, else with a third of its life left; and
 * one for each site that went live before the office had an authority.
 */
export async function renewCertificates(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) {
    const actor: SystemActor = { kind: 'system', officeId: id }
    const live = await inScope(deps.db, { officeId: id }, listLiveCertificates)
    for (const certificate of live) await renewOne(deps, actor, certificate)
    const { authority, sites } = await inScope(deps.db, { officeId: id }, async (tx) => ({
      authority: await defaultAuthority(tx),
      sites: await listUncertified(tx),
    }))
    if (authority) for (const site of sites) await wantMissingCertificate(deps, actor, site)
  }
}

async function renewOne(deps: JobDeps, actor: SystemActor, certificate: CertificateCase): Promise<void> {
  const { not_before: notBefore, not_after: notAfter, serial } = certificate
  if (!notBefore || !notAfter || serial === null) return
  const window = await windowOf(deps, actor, certificate)
  if (renewAt({ notBefore, notAfter, serial }, window) > deps.now()) return
  await renewCertificate(deps, actor, certificate)
}

async function windowOf(
  deps: JobDeps,
  actor: SystemActor,
  certificate: CertificateCase,
): Promise<RenewalWindow | undefined> {
  const { id, fqdn, chain, window_start: start, window_end: end, ask_window_at: askAt } = certificate
  const known = start && end ? { start, end } : undefined
  const now = deps.now()
  if (chain === null || (askAt && askAt > now)) return known
  const authority = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    readServer(tx, certificate.ca_id),
  )
  if (!authority) return known
  const asked = await deps
    .certificatesOf(authority)
    .renewalWindow(chain)
    .catch((error: unknown) => {
      // what it said before still counts while it does not answer (RFC 9773 section 4.3.3)
      if (error instanceof Refused) return known && { ...known, askAgainSeconds: askAgainMs / 1000 }
      throw error
    })
  await recordRenewalWindow(deps, actor, {
    id,
    fqdn,
    window: asked ?? null,
    isNew: asked?.start.getTime() !== start?.getTime() || asked?.end.getTime() !== end?.getTime(),
    askAgainAt: new Date(now.getTime() + (asked ? asked.askAgainSeconds * 1000 : askAgainMs)),
  })
  return asked
}
