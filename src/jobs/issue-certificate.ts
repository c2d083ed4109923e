import {
  recordCertificateLive,
  recordCertificateOrder,
  recordCertificateSigned,
  recordCertificateWait,
} from '../actions/certificates/record-certificate.ts'
import {
  adoptCertificate,
  gatherCertificates,
  partCertificates,
} from '../actions/certificates/share-certificate.ts'
import type { SystemActor } from '../actions/act.ts'
import type { CertificateCase } from '../db/certificates/certificates.ts'
import { readCertificate, readInUse } from '../db/certificates/certificates.ts'
import { listInUseOn, listShareable, readDomainUse } from '../db/certificates/queue.ts'
import type { Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { withOutsideLock } from '../db/fulfilment/outside-lock.ts'
import type { ServerRow } from '../db/office/servers.ts'
import { readServer } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import { findZone } from '../db/office/zones.ts'
import type { Jobs } from '../db/queue.ts'
import { publicLimits } from '../domain/certificates/budget.ts'
import { covers, isSameNames } from '../domain/certificates/names.ts'
import { registeredDomainOf } from '../domain/certificates/registered-domain.ts'
import { mayReplace, renewAt, type Validity } from '../domain/certificates/renewal.ts'
import { tryAgainAt } from '../domain/certificates/retry.ts'
import { nextStepOf, type NextStep } from '../domain/certificates/turn.ts'
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
  /** the site whose key this certificate was signed for, when it is not this one */
  readonly keyOf: string | undefined
  readonly step: Step
}

type Step =
  | NextStep
  | { readonly kind: 'install' }
  | { readonly kind: 'adopt'; readonly from: CertificateCase }
  /** another wish asks for the certificate that serves this one, too */
  | { readonly kind: 'follows' }

/** How often a wish looks again when others moved meanwhile. */
const triesMax = 5
/** How soon a wish that is served with another looks whether it still is; when that is signed it is told. */
const followMs = 10 * 60_000

/**
 * Has the certificate of a service signed when its turn comes, installs it and sees it from outside. Whatever stands
 * in the way is put on the page of the service and tried again; the service and a certificate in use go on meanwhile.
 */
export function issueCertificate(deps: JobDeps, job: Jobs['issue-certificate']): Promise<void> {
  return withOutsideLock(deps.db, job.certificateId, () => issueAlone(deps, job))
}

async function issueAlone(deps: JobDeps, job: Jobs['issue-certificate']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const read = () => inScope(deps.db, { officeId: job.officeId }, (tx) => readWork(tx, job, deps.now()))
  let work = await read()
  for (let tries = 1; work && !(await agreed(deps, actor, work)); tries += 1) {
    if (tries === triesMax)
      throw new Error(`certificate ${job.certificateId} found no company in ${tries} tries`)
    work = await read()
  }
  if (!work) return
  const { certificate, step } = work
  const { id, fqdn, attempts, trouble } = certificate
  const wait = { id, fqdn, known: { text: trouble, attempts } }
  if (step.kind === 'queued' || step.kind === 'follows') {
    const until = step.kind === 'queued' ? step.expectedAt : new Date(deps.now().getTime() + followMs)
    const isNoted = certificate.expected_at !== null && trouble === null
    return recordCertificateWait(deps, actor, { ...wait, until, text: null, isNoted })
  }
  if (step.kind === 'adopt') {
    await adoptCertificate(deps, actor, { id, fqdn, from: step.from })
    const adopted = await read()
    return adopted && tryWork(deps, actor, adopted)
  }
  return tryWork(deps, actor, work)
}

/** Whether what is asked for next is settled with those that it serves, too; if not, others moved meanwhile. */
async function agreed(deps: JobDeps, actor: SystemActor, { certificate, step }: Work): Promise<boolean> {
  if (step.kind !== 'ask' || isSameNames(step.names, certificate.names)) return true
  const { id, fqdn } = certificate
  const { names, others } = step
  return gatherCertificates(deps, actor, { id, fqdn, names, others })
}

async function tryWork(deps: JobDeps, actor: SystemActor, work: Work): Promise<void> {
  const { id, fqdn, attempts, trouble } = work.certificate
  try {
    await issueAndInstall(deps, actor, work)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const failure = afterFailure(error)
    const isTogether = work.step.kind === 'ask' && !isSameNames(work.step.names, [fqdn])
    if (isTogether && (failure.isLasting || isStubborn(error, attempts)))
      await partCertificates(deps, actor, { id, fqdn })
    const until = tryAgainAt({ ...failure, attempts }, deps.now())
    await recordCertificateWait(deps, actor, {
      id,
      fqdn,
      known: { text: trouble, attempts },
      until,
      text: error.text,
    })
  }
}

/** Whether something about one of the names stands in the way of all: not the authority itself, and not only once. */
const isStubborn = (error: Refused, attempts: number): boolean =>
  !(error instanceof CertificateFailure) && attempts >= 2

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
  const { replaces_id: replacesId, shared_from: sharedFrom } = certificate
  const replaces = replacesId === null ? undefined : await readCertificate(tx, replacesId)
  const leader = sharedFrom === null ? undefined : await readCertificate(tx, sharedFrom)
  const step = await stepOf(tx, { certificate, authority, zone, replaces, leader }, now)
  const inUse = await readInUse(tx, certificate.service_id)
  return { certificate, authority, zone, replaces, inUse, keyOf: leader?.fqdn, step }
}

async function stepOf(
  tx: Tx,
  known: Pick<Work, 'certificate' | 'authority' | 'zone' | 'replaces'> & {
    readonly leader: CertificateCase | undefined
  },
  now: Date,
): Promise<Step> {
  const { certificate, authority, zone, replaces, leader } = known
  const { id, fqdn, names } = certificate
  if (signedAlready(certificate, now)) return { kind: 'install' }
  if (leader?.status === 'waiting' && leader.chain === null) return { kind: 'follows' }
  const isExempt = replaces?.window_start != null
  // What was begun with these names goes on with them.
  if (isExempt || certificate.order_url !== null || !isSameNames(names, [fqdn]))
    return { kind: 'ask', names, others: [] }
  const domain = registeredDomainOf(fqdn)
  const use = await readDomainUse(tx, domain, new Date(now.getTime() - publicLimits.windowMs))
  const shareable = await listShareable(tx, certificate.ca_id)
  const offersWildcard = challengeOf(authority, zone.server?.driver ?? null) === 'dns-01'
  const next = nextStepOf({ id, name: fqdn }, shareable, use, { offersWildcard, now })
  if (next.kind !== 'queued' || certificate.hostId === null) return next
  const inUse = await listInUseOn(tx, certificate.hostId, certificate.ca_id)
  const from = inUse.find((each) => covers(each.names, fqdn) && isFresh(each, now))
  return from ? { kind: 'adopt', from } : next
}

/** Whether a certificate is not to be renewed soon. */
function isFresh({ not_before: notBefore, not_after: notAfter, serial }: CertificateCase, now: Date) {
  return notBefore && notAfter && serial !== null && renewAt({ notBefore, notAfter, serial }) > now
}

async function issueAndInstall(deps: JobDeps, actor: SystemActor, work: Work): Promise<void> {
  const { certificate, keyOf } = work
  const { fqdn, hostId } = certificate
  const { tls } = await hostingById(deps, actor.officeId, hostId)
  if (!tls) throw new Refused('host-without-tls', certificateTexts.hostWithoutTls, { status: 409 })
  const signed = signedAlready(certificate, deps.now()) ?? (await sign(deps, actor, work, tls))
  if (!mayReplace(work.inUse, signed, fqdn, deps.now()))
    throw new Refused('certificate-no-better', certificateTexts.noBetter, { status: 409 })
  await tls.install(fqdn, signed.chain, keyOf)
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
  const { certificate, authority, replaces, step } = work
  if (step.kind !== 'ask') throw new Error(`certificate ${certificate.id} is not to be asked for`)
  const { id, fqdn } = certificate
  const { names } = step
  const csr = await tls.makeCsr(fqdn, names)
  const signed = await deps.certificatesOf(authority).issue({
    names,
    csr,
    proof: proofOf(deps, work, tls),
    replaces: (replaces && isSameNames(replaces.names, names) && replaces.chain) || undefined,
    order: certificate.order_url ?? undefined,
    onOrder: (order) => recordCertificateOrder(deps, actor, { id, fqdn, order }),
  })
  await recordCertificateSigned(deps, actor, { id, fqdn, signed })
  return signed
}

function proofOf(deps: JobDeps, { authority, zone }: Work, tls: SiteTls): Proof {
  if (challengeOf(authority, zone.server?.driver ?? null) === 'dns-01')
    return dnsProof(deps.dnsOf(zone), zone.name)
  return httpProof({
    show: (name, token, content) => tls.showProof(name, token, content),
    hide: (name) => tls.hideProofs(name),
  })
}
