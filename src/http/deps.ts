import type { Deps } from '../actions/act.ts'
import type { IdentityClaims } from '../domain/access/sign-on.ts'
import type { SessionTimes } from '../domain/access/sessions.ts'
import type { HandOver } from '../domain/fulfilment/seal.ts'
import type { SignatureReport } from '../domain/letters/signing.ts'
import type { SopPrint } from '../domain/sop-paper/print.ts'
import type { Paper } from '../domain/letters/papers.ts'
import type { ServerCheck } from '../domain/office/server-drivers.ts'
import type { CaseFiles } from '../lookups/case-files.ts'
import type { SiteFinding } from '../domain/security-checklist/site-look.ts'
import type { NameAnswer, NameQuestion } from '../lookups/check-name.ts'
import type { ServerQuestion } from '../lookups/check-server.ts'
import type { OwnRecords } from '../lookups/own-records.ts'
import type { PlanPreview } from '../lookups/preview-plan.ts'
import type { SigningAnswer, SigningQuestion } from '../lookups/sign-letter.ts'
import type { SignOnQuestion } from '../lookups/sign-on.ts'
import type { SopFile } from '../lookups/shipped-sops.ts'
import type { Auth } from './auth/auth.ts'

/** How the portal is reached and by whom it may be addressed. */
export type HttpConfig = {
  /** Origin in mail links and QR codes, without a final slash, e.g. `https://layanan.contohkab.go.id`. */
  readonly publicUrl: string
  /** Whether cookies are Secure: under an https public URL. */
  readonly secureCookies: boolean
  /** Addresses of proxies whose X-Forwarded-For is believed; by default none. */
  readonly trustedProxies: readonly string[]
  /** Signs what the portal gives a browser to keep for a moment; the same for every process of one installation. */
  readonly secret: string
  /** Origins of identity providers that may be asked beside https on the public internet. */
  readonly identityProviders: readonly string[]
  /** When sessions are over. */
  readonly sessions: SessionTimes
  /** The code that was printed at start: whoever holds it may set up the first office. */
  readonly setupCode?: string
}

/** A fault that a request ran into: everything that is not an expected refusal. */
export type Fault = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly error: unknown
}

/**
 * Questions that pages ask of the outside or of the disk. start.ts gives them, so that the pages know neither
 * drivers nor files; a page that needs another question adds it here.
 */
export type HttpLookups = {
  /** Whether a name could be applied for; asks the live zone too. */
  readonly checkName: (question: NameQuestion) => Promise<NameAnswer>
  /** Sets a paper that is shown and not filed; answers the PDF. */
  readonly renderPaper: (paper: Paper, officeId: string) => Promise<Buffer>
  /** Whether fields, notes and stamps over a page are drawn here. */
  readonly drawsOverlays: boolean
  /** One page of a PDF that somebody handed in, as an image. */
  readonly previewPage: (pdf: Buffer, page: number) => Promise<Buffer>
  /** Case files in the making, and those just made. */
  readonly caseFiles: Pick<CaseFiles, 'begin' | 'look'>
  /** Prints an SOP in the format of PermenPANRB 35/2012; answers the PDF. */
  readonly printSop: (print: SopPrint) => Promise<Buffer>
  /** What providing the service of a request would change outside. */
  readonly previewPlan: (question: {
    readonly officeId: string
    readonly requestId: string
  }) => Promise<PlanPreview>
  /** The records a service has now, from the live zone where it answers. */
  readonly ownRecords: (question: {
    readonly officeId: string
    readonly serviceId: string
  }) => Promise<OwnRecords | undefined>
  /** Tries the connection to a server of the office; undefined when there is no such server. */
  readonly checkServer: (question: ServerQuestion) => Promise<ServerCheck | undefined>
  /** What a visitor sees of how the site of a service is secured; nothing when it does not answer. */
  readonly lookAtService: (question: {
    readonly officeId: string
    readonly serviceId: string
  }) => Promise<readonly SiteFinding[]>
  /** Asks for the signature that a person decided on; the passphrase goes to the driver and nowhere else. */
  readonly signLetter: (question: SigningQuestion) => Promise<SigningAnswer>
  /** What the signature inside a PDF says of it. */
  readonly readSignature: (pdf: Buffer) => SignatureReport
  /** Where a browser goes to sign in at the office's identity provider; undefined without one. */
  readonly beginSignOn: (question: SignOnQuestion) => Promise<string | undefined>
  /** What the provider says of whoever came back. */
  readonly finishSignOn: (
    question: SignOnQuestion & { readonly query: string },
  ) => Promise<IdentityClaims | undefined>
  readonly shippedSops: () => Promise<readonly SopFile[]>
}

/** What every page and every API route is given. */
export type HttpDeps = Deps & {
  readonly config: HttpConfig
  readonly auth: Auth
  readonly log: (fault: Fault) => void
  readonly lookups: HttpLookups
  /** Opens what was sealed for one reveal, under the installation's key. */
  readonly unseal: (revealId: string, sealed: Buffer) => HandOver
  /**
   * Encrypts a text to an age key.
   * @throws Refused (422) when nothing can be encrypted to it
   */
  readonly encryptFor: (recipient: string, text: string) => Promise<string>
  /** Seals what the database must not know, bound to what it belongs to. */
  readonly seal: (context: string, secret: string) => Buffer
}
