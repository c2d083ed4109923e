import type { SignerCertificate, SignRefusal, Stamping } from '../../domain/letters/signing.ts'
import type { StampTrouble, TimeStamp } from '../../domain/letters/time-stamp.ts'

/** What is signed, for whom. The passphrase is held by the caller's request and by nothing else. */
export type SignWish = {
  /** The letter as it was shown to the person who signs. */
  readonly pdf: Buffer
  /** When the person decided; the same decision gives the same signature where the key allows it. */
  readonly decidedAt: Date
  /** The common name that the certificate must bear. */
  readonly certificateName: string
  /** National identity number; only where the service asks for one. */
  readonly nik: string | null
  readonly passphrase: string
}

/**
 * `refused`: surely not signed. `unknown`: the other side may have signed, and `documentId` says under which name
 * where it told; nobody may try again before that is settled.
 */
export type SignOutcome =
  | {
      readonly kind: 'signed'
      readonly pdf: Buffer
      readonly certificate: SignerCertificate
      readonly stamping: Stamping
      readonly documentId?: string
    }
  | { readonly kind: 'refused'; readonly reason: SignRefusal }
  | { readonly kind: 'unknown'; readonly documentId?: string }

/** One way to a signature. */
export type SignatureDriver = {
  readonly sign: (wish: SignWish) => Promise<SignOutcome>
  /** What the other side signed under this name; only where a service keeps it. */
  readonly fetch: (
    documentId: string,
    wish: Pick<SignWish, 'pdf' | 'certificateName'>,
  ) => Promise<SignOutcome>
  /** Asks once more for the time stamp of what was signed before without one; nothing is signed. */
  readonly stamp: (signed: Buffer) => Promise<StampOutcome>
  /** Tries the way without a passphrase, signing nothing. */
  readonly check: () => Promise<readonly SignatureFinding[]>
}

/** A signed file with what became of its time stamp. */
export type StampOutcome = { readonly pdf: Buffer; readonly stamping: Stamping }

export type SignatureFinding =
  | {
      readonly ok: boolean
      readonly what:
        | 'key-found'
        | 'key-missing'
        | 'key-open-to-others'
        | 'answers'
        | 'credentials'
        | 'unreachable'
    }
  /** What the authority for time stamps answered to a trial. */
  | { readonly ok: boolean; readonly stamps: TimeStamp | StampTrouble }
