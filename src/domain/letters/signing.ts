import * as z from 'zod'
import { line } from './parts.ts'
import type { StampReport, StampTrouble } from './time-stamp.ts'

/** Whose key signed, as the certificate says. */
export type SignerCertificate = {
  readonly commonName: string
  readonly issuer: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
}

/** Why a letter was surely not signed. */
export type SignRefusal =
  | 'wrong-passphrase'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'other-certificate'
  | 'signer-unknown'
  | 'key-missing'
  | 'key-unusable'
  | 'service-credentials'
  | 'service-refused'
  | 'service-unreachable'

/** One signature in a file, and what stamps its time. */
export type SignedBy = {
  readonly certificate: SignerCertificate
  readonly signedAt: string | null
  readonly timeStamp: StampReport
}

/**
 * What the signatures of a PDF say of it. `intact`: exactly these octets were signed, to the end of the file.
 * Whether the authorities behind certificate and time stamp are to be trusted is not judged.
 */
export type SignatureReport =
  | { readonly kind: 'none' }
  | { readonly kind: 'broken' }
  | ({ readonly kind: 'intact'; readonly earlier: readonly SignedBy[] } & SignedBy)

/**
 * What became of the time stamp of a signature. `missing`: none came; where the office requires one, the signed letter
 * waits for it and goes out no earlier.
 */
export type Stamping =
  | { readonly kind: 'done'; readonly report: StampReport }
  | { readonly kind: 'missing'; readonly trouble: StampTrouble; readonly required: boolean }

/** Acting for a vacant (Plt.) or an absent (Plh.) holder, or on behalf of (a.n.). */
const actingForms = ['Plt.', 'Plh.', 'a.n.'] as const

/** Who holds the office in which letters are signed, from which day to which. */
export const signatoryInput = z
  .strictObject({
    personId: z.string().min(1).max(100),
    acting: z.enum(actingForms).optional(),
    post: line,
    name: line,
    rank: line.optional(),
    nip: line.optional(),
    fromDay: z.iso.date(),
    untilDay: z.iso.date().optional(),
    /** The way to the signature; without one the office signs on paper. */
    serverId: z.uuid().optional(),
    /** Common name on the signatory's certificate: a key with another name is refused. */
    certificateName: line.optional(),
    /** National identity number, only for the BSrE service. */
    nik: z
      .string()
      .regex(/^\d{16}$/)
      .optional(),
  })
  .refine(({ fromDay, untilDay }) => untilDay === undefined || untilDay >= fromDay, { path: ['untilDay'] })
  .refine(({ acting, untilDay }) => !acting?.startsWith('Pl') || untilDay !== undefined, {
    path: ['untilDay'],
  })
  .refine(({ serverId, certificateName }) => (serverId === undefined) === (certificateName === undefined), {
    path: ['certificateName'],
  })
export type SignatoryInput = z.infer<typeof signatoryInput>

/** The days of an office held; both ends belong to it. */
export type Tenure = {
  readonly acting: string | null
  readonly fromDay: string
  readonly untilDay: string | null
}

/** @param day local day of the office */
export const holdsOffice = ({ fromDay, untilDay }: Tenure, day: string): boolean =>
  fromDay <= day && (untilDay === null || day <= untilDay)

/** Who signs on a day: an acting head before the holder for whom they act, the later appointment before the earlier. */
export function signatoryOn<T extends Tenure>(all: readonly T[], day: string): T | undefined {
  const held = all.filter((each) => holdsOffice(each, day))
  return held.toSorted(
    (a, b) => Number(b.acting !== null) - Number(a.acting !== null) || (a.fromDay < b.fromDay ? 1 : -1),
  )[0]
}

/** A decision to sign whose end is not recorded. */
export type OpenAttempt = {
  readonly leaseUntil: Date
  readonly remoteId: string | null
  /** Signed, and kept until its time stamp comes. */
  readonly signed: boolean
}

/**
 * What a signatory may do next. `settle`: a service may have signed already, and a person must find out; never again
 * of itself. `fetch`: the service told under which name it keeps what it signed. `stamp`: nothing, it is signed.
 */
export type SigningStep = 'sign' | 'wait' | 'repeat' | 'fetch' | 'settle' | 'stamp'

/** @param repeatable whether a signature that was lost on the way exists nowhere: the key is a file of the office */
export function nextSigningStep(attempt: OpenAttempt | null, repeatable: boolean, now: Date): SigningStep {
  if (attempt === null) return 'sign'
  if (attempt.signed) return 'stamp'
  if (attempt.leaseUntil > now) return 'wait'
  if (repeatable) return 'repeat'
  return attempt.remoteId === null ? 'settle' : 'fetch'
}

/** How a person settles what became of a signature: where the service has it, or that it has none. */
export const settlement = z.union([
  z.strictObject({ documentId: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/) }),
  z.strictObject({ unsigned: z.literal(true) }),
])
export type Settlement = z.infer<typeof settlement>

/** Under which context the identity number of a signatory is sealed. */
export const signatoryContext = (id: string): string => `signatory:${id}`
