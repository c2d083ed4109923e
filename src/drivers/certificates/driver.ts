import { Refused, type Text } from '../../domain/refused.ts'
import type { RenewalWindow } from '../../domain/certificates/renewal.ts'

/** What Ranah needs of a certificate authority. Keys are made on the site host and never pass here. */
export type CertificateDriver = {
  readonly kind: string
  /**
   * Has a signing request signed. May be repeated after a crash with the order it reported: what was proved and
   * signed for the same request is not asked for twice.
   * @throws CertificateFailure
   */
  readonly issue: (wish: CertificateWish) => Promise<SignedChain>
  /** Twice is as good as once. @throws CertificateFailure */
  readonly revoke: (
    certificate: string,
    reason: RevocationReason,
  ) => Promise<{ readonly result: 'revoked' | 'already-revoked' }>
  /** When the authority wants a certificate renewed; undefined where it does not say. @throws CertificateFailure */
  readonly renewalWindow: (certificate: string) => Promise<SuggestedRenewal | undefined>
  /** Tests the connection and the account. Never throws for an authority that fails. */
  readonly check: () => Promise<CheckFinding[]>
}

export type CheckFinding = { readonly ok: boolean; readonly text: Text }

export type CertificateWish = {
  readonly names: readonly string[]
  /** PEM; made where the key is */
  readonly csr: string
  readonly proof: Proof
  /** the certificate (PEM) that this one renews */
  readonly replaces?: string | undefined
  /** the order that an earlier attempt reported */
  readonly order?: string | undefined
  /** told as soon as an order exists, before anything is proved; store it before going on */
  readonly onOrder?: ((order: string) => Promise<void>) | undefined
}

/** How control over names is shown. Publishing and withdrawing may be repeated. */
export type Proof = {
  readonly type: 'dns-01' | 'http-01'
  /** Returns when everybody who asks sees the proof. @throws Refused */
  readonly publish: (challenges: readonly Challenge[]) => Promise<void>
  /** Takes away whatever stands there as a proof of these names, of this attempt or of one before it. */
  readonly withdraw: (challenges: readonly Challenge[]) => Promise<void>
}

export type Challenge = {
  /** without the label of a wildcard */
  readonly name: string
  readonly token: string
  /** token and thumbprint of the account's key (RFC 8555 section 8.1) */
  readonly keyAuthorization: string
}

export type SignedChain = {
  /** PEM, the certificate first; without the root */
  readonly chain: string
  readonly names: readonly string[]
  readonly issuer: string
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** whether it was signed as a renewal that the authority asked for (RFC 9773 section 5) */
  readonly isExempt: boolean
}

/** RFC 5280 section 5.3.1. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  superseded: 4,
  cessationOfOperation: 5,
} as const
export type RevocationReason = keyof typeof revocationReasons

export type SuggestedRenewal = RenewalWindow & {
  /** seconds after which to ask again (RFC 9773 section 4.3.2) */
  readonly askAgainSeconds: number
}

/**
 * `unreachable`: nothing is known, ask again later. `rate-limited`: ask again at `retryAt`. `not-proved`: a name could
 * not be proved. `refused`: the authority says no. `wrong-answer`: what it says cannot be true.
 */
type FailureKind = 'unreachable' | 'rate-limited' | 'not-proved' | 'refused' | 'wrong-answer'

const STATUS = {
  unreachable: 503,
  'rate-limited': 429,
  'not-proved': 422,
  refused: 422,
  'wrong-answer': 503,
} as const

/** Why there is no certificate. A certificate that serves a site already is not touched by it. */
export class CertificateFailure extends Refused {
  readonly kind: FailureKind
  /** technical reason for the log */
  readonly detail: string
  readonly retryAt: Date | undefined

  constructor(
    kind: FailureKind,
    text: Text,
    options: { readonly detail: string; readonly retryAt?: Date | undefined; readonly cause?: unknown },
  ) {
    super(`certificate-${kind}`, text, { status: STATUS[kind], cause: options.cause })
    this.name = 'CertificateFailure'
    this.kind = kind
    this.detail = options.detail
    this.retryAt = options.retryAt
  }
}
