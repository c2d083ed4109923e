import {
  recordCertificateLive,
  recordCertificateOrder,
  recordCertificateSigned,
  recordCertificateWait,
} from '../actions/certificates/record-certificate.ts'
import type { SystemActor } from '../actions/act.ts'
import type { CertificateCase } from '../db/certificates/certificates.ts'
import { listAhead, listSigned, readCertificate, readInUse } from '../db/certificates/certificates.ts'
import type { Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import type { ServerRow } from '../db/office/servers.ts'
import { readServer } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { publicLimits, turnOf, type Turn } from '../domain/certificates/budget.ts'
import { mayReplace, type Validity } from '../domain/certificates/renewal.ts'
import { tryAgainAt } from '../domain/certificates/retry.ts'
import { challengeOf } from '../domain/office/server-drivers.ts'
import { Refused } from '../domain/refused.ts'
import { certificateTexts } from '../domain/text/certificates.ts'
import { dnsProof } from '../drivers/certificates/dns-proof.ts'
import { CertificateFailure, type Proof } from '../drivers/certificates/driver.ts'
import { httpProof } from '../drivers/certificates/http-proof.ts'
import type { SiteTls } from '../drivers/hosting/driver.ts'
import type { JobDeps } from './deps.ts'
import { hostingById } from './hosting-by-id.ts'

type Work = {
  readonly certificate: CertificateCase
  readonly authority: ServerRow
  readonly zone: ServedZone
  /** of the certificate that this one renews */
  readonly replaces: CertificateCase | undefined
  /** of the certificate that serves the site now */
  readonly inUse: Validity | undefined
  readonly turn: Turn
}

/**
 * Has the certificate of a service signed when its turn comes, installs it and sees it from outside. Whatever stands
 * in the way is put on the page of the service and tried again; the service and a certificate in use go on meanwhile.
 */
export function issueCertificate(deps: JobDeps, job: Jobs['issue-certificate']): Promise<void> {
  return withOutsideLock(deps.db, job.certificateId, () => issueAlone(deps, job))
}

async function issueAlone(deps: JobDeps, job: Jobs['issue-certificate']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const work = await inScope(deps.db, { officeId: job.officeId }, (tx) => readWork(tx, job, deps.now()))
  if (!work) return
  const { id, fqdn, attempts, trouble } = work.certificate
  const wait = { id, fqdn, known: { text: trouble, attempts } }
  if (work.turn.kind === 'queued')
    return recordCertificateWait(deps, actor, { ...wait, until: work.turn.expectedAt, text: null })
  try {
    await issueAndInstall(deps, actor, work)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const until = tryAgainAt({ ...afterFailure(error), attempts }, deps.now())
    await recordCertificateWait(deps, actor, { ...wait, until, text: error.text })
  }
}

function afterFailure(error: Refused): { isLasting: boolean; notBefore?: Date | undefined } {
  if (!(error instanceof CertificateFailure)) return { isLasting: false }
  return { isLasting: error.kind === 'refused' || error.kind === 'not-proved', notBefore: error.retryAt }
}

async function readWork(tx: Tx, job: Jobs['issue-certificate'], now: Date): Promise<Work | undefined> {
  const certificate = await readCertificate(tx, job.certificateId)
  if (certificate?.status !== 'waiting') return undefined
  const authority = await readServer(tx, certificate.ca_id)
  const zone = await findZone(tx, certificate.zoneId)
  if (!authority || !zone) throw new Error(`certificate ${job.certificateId} without authority or zone`)
  const replaces =
    certificate.replaces_id === null ? undefined : await readCertificate(tx, certificate.replaces_id)
  const signed = await listSigned(tx, new Date(now.getTime() - publicLimits.windowMs))
  const wanted = {
    names: certificate.names,
    isExempt: replaces?.window_start != null,
    ahead: await listAhead(tx, certificate),
  }
  const turn: Turn = signedAlready(certificate, now) ? { kind: 'now' } : turnOf(wanted, signed, now)
  const inUse = await readInUse(tx, certificate.service_id)
  return { certificate, authority, zone, replaces, inUse, turn }
}

async function issueAndInstall(deps: JobDeps, actor: SystemActor, work: Work): Promise<void> {
  const { certificate } = work
  const { fqdn, hostId } = certificate
  const { tls } = await hostingById(deps, actor.officeId, hostId)
  if (!tls) throw new Refused('host-without-tls', certificateTexts.hostWithoutTls, { status: 409 })
  const signed = signedAlready(certificate, deps.now()) ?? (await sign(deps, actor, work, tls))
  if (!mayReplace(work.inUse, signed, fqdn, deps.now()))
    throw new Refused('certificate-no-better', certificateTexts.noBetter, { status: 409 })
  await tls.install(fqdn, signed.chain)
  if ((await tls.probeSerial(fqdn)) !== signed.serial)
    throw new Refused('certificate-not-seen', certificateTexts.notSeen(fqdn), { status: 503 })
  await recordCertificateLive(deps, actor, certificate)
}

/** What an attempt before this one had signed, while it is still of use. */
function signedAlready(certificate: CertificateCase, now: Date) {
  const { chain, serial, names, not_before: notBefore, not_after: notAfter } = certificate
  if (chain === null || serial === null || !notBefore || !notAfter || notAfter <= now) return undefined
  return { chain, serial, names, notBefore, notAfter }
}

async function sign(deps: JobDeps, actor: SystemActor, work: Work, tls: SiteTls) {
  const { certificate, authority, replaces } = work
  const { id, fqdn, names } = certificate
  const csr = await tls.makeCsr(fqdn, names)
  const signed = await deps.certificatesOf(authority).issue({
    names,
    csr,
    proof: proofOf(deps, work, tls),
    replaces: replaces?.chain ?? undefined,
    order: certificate.order_url ?? undefined,
    onOrder: (order) => recordCertificateOrder(deps, actor, { id, fqdn, order }),
  })
  await recordCertificateSigned(deps, actor, { id, fqdn, signed })
  return signed
}

function proofOf(deps: JobDeps, { authority, zone }: Work, tls: SiteTls): Proof {
  if (challengeOf(authority.settings) === 'dns-01') return dnsProof(deps.dnsOf(zone), zone.name)
  return httpProof({
    show: (name, token, content) => tls.showProof(name, token, content),
    hide: (name) => tls.hideProofs(name),
  })
}
