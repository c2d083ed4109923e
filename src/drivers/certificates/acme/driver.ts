import { Refused } from '../../../domain/refused.ts'
import { authorityChecks } from '../../../domain/text/certificates.ts'
import { derOfPem } from '../der.ts'
import {
  CertificateFailure,
  revocationReasons,
  type CertificateDriver,
  type CheckFinding,
} from '../driver.ts'
import { acmeConfigSchema, type AcmeConfig } from './config.ts'
import { issue } from './order.ts'
import { renewalWindow } from './renewal-info.ts'
import { acmeError, openSession, type AcmeSession } from './session.ts'

/** The driver of an authority that speaks ACME; nothing is connected yet. @throws ZodError */
export function openAcmeDriver(settings: unknown): CertificateDriver {
  const config = acmeConfigSchema.parse(settings)
  return {
    kind: 'acme',
    issue: async (wish) => issue(await openSession(config), config.limits, wish),
    revoke: async (certificate, reason) =>
      revoke(await openSession(config), certificate, revocationReasons[reason]),
    renewalWindow: async (certificate) => renewalWindow(await openSession(config), certificate),
    check: () => check(config),
  }
}

/** RFC 8555 section 7.6. */
async function revoke(session: AcmeSession, certificate: string, reason: number) {
  try {
    const payload = { certificate: derOfPem(certificate).toString('base64url'), reason }
    await session.post(session.directory.revokeCert, payload)
    return { result: 'revoked' as const }
  } catch (error) {
    if (error instanceof CertificateFailure && error.detail === acmeError('alreadyRevoked'))
      return { result: 'already-revoked' as const }
    throw error
  }
}

async function check(config: AcmeConfig): Promise<CheckFinding[]> {
  try {
    const { host, directory } = await openSession(config)
    return [
      { ok: true, text: authorityChecks.reached(host) },
      { ok: true, text: authorityChecks.account },
      { ok: true, text: directory.renewalInfo ? authorityChecks.renewalInfo : authorityChecks.noRenewalInfo },
    ]
  } catch (error) {
    if (error instanceof Refused) return [{ ok: false, text: error.text }]
    throw error
  }
}
