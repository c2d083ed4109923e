import { derOfPem, issuerAndSerial } from '../der.ts'
import type { SuggestedRenewal } from '../driver.ts'
import { renewalInfoSchema } from './messages.ts'
import { readAs, retryAfterMs, type AcmeSession } from './session.ts'

/** When to ask again where the authority does not say; it says at least once a day otherwise. */
const DEFAULT_ASK_AGAIN_SECONDS = 6 * 3600
const MIN_ASK_AGAIN_SECONDS = 60
const MAX_ASK_AGAIN_SECONDS = 86_400

/** How a certificate is named to the authority (RFC 9773 section 4.1); undefined when it cannot be. */
export function certificateId(pem: string): string | undefined {
  const found = issuerAndSerial(derOfPem(pem))
  return found && `${found.keyIdentifier.toString('base64url')}.${found.serial.toString('base64url')}`
}

/** When the authority wants a certificate renewed. @throws CertificateFailure */
export async function renewalWindow(
  session: Pick<AcmeSession, 'directory' | 'get' | 'host'>,
  certificate: string,
): Promise<SuggestedRenewal | undefined> {
  const { renewalInfo } = session.directory
  const id = certificateId(certificate)
  if (renewalInfo === undefined || id === undefined) return undefined
  const reply = await session.get(`${renewalInfo.replace(/\/+$/, '')}/${id}`)
  const { suggestedWindow } = readAs(renewalInfoSchema, session.host, reply)
  const seconds = (retryAfterMs(reply.retryAfter, Date.now()) ?? DEFAULT_ASK_AGAIN_SECONDS * 1000) / 1000
  return {
    start: new Date(suggestedWindow.start),
    end: new Date(suggestedWindow.end),
    askAgainSeconds: Math.min(Math.max(seconds, MIN_ASK_AGAIN_SECONDS), MAX_ASK_AGAIN_SECONDS),
  }
}
