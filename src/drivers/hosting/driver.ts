import type { DeployAnswer, SiteReport, VerbAnswer } from '../../domain/hosting/control.ts'
import type { DesiredSite, HostingPlan } from '../../domain/hosting/plan.ts'
import type { Text } from '../../domain/refused.ts'
import type { SiteSignals } from '../../domain/security-checklist/site-look.ts'

/** What a visitor from outside sees. An outage is `unknown`: neither missing nor done. */
export type ProbeResult =
  | { readonly kind: 'seen'; readonly url: string; readonly status: number; readonly title: string | null }
  | { readonly kind: 'unknown'; readonly url: string; readonly why: Text }

export type Inspection =
  | { readonly kind: 'present'; readonly site: SiteReport }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: Text }

export type Finding = { readonly ok: boolean; readonly text: Text }

/** Credentials in clear: exist only in this answer, so seal them before anything else happens. */
export type IssuedCredentials = VerbAnswer<'issue-credentials'>

/**
 * A host for sites. Every method may be repeated after a crash or a lost answer. Methods that cannot give
 * an answer refuse with `site-host-unreachable` (503): nothing is known then, so ask again later.
 */
type AnyHost = {
  readonly kind: string
  /** What would have to change; store it before {@link apply}, for only that plan can be undone exactly. */
  plan(desired: DesiredSite): Promise<HostingPlan>
  /** Makes it so; twice is as good as once. */
  apply(plan: HostingPlan): Promise<void>
  /** Takes back exactly what this plan did: a site made by another request stays. */
  undo(plan: HostingPlan): Promise<void>
  /** The site as its host sees it. */
  inspect(fqdn: string): Promise<Inspection>
  /** Fetches the front page by its name over the public web port. */
  probe(fqdn: string): Promise<ProbeResult>
  /** What a visitor sees of how the site is secured. */
  look(fqdn: string): Promise<SiteSignals>
  /** "Test connection": what works and what exactly does not. */
  check(): Promise<readonly Finding[]>
  /** Brings back what a machine of the host lacks that was away; asked for by the clock. */
  readonly tend?: () => Promise<void>
  /** Certificates on this host; a driver without it serves plain HTTP only. */
  readonly tls?: SiteTls
}

/** Certificates of sites. Keys are made on the host and never leave it; every method may be repeated. */
export type SiteTls = {
  /** A signing request (PEM) for a site, with the same key until a certificate for it is installed. */
  makeCsr(fqdn: string, names: readonly string[]): Promise<string>
  /**
   * Serves the site with the chain (PEM) for the last request's key; one that fits no key is refused.
   * @param keyOf another site of the host for whose key it was signed, when both share it
   */
  install(fqdn: string, chain: string, keyOf?: string): Promise<void>
  /** Shows a proof of control under `/.well-known/acme-challenge/` over plain HTTP. */
  showProof(fqdn: string, token: string, content: string): Promise<void>
  /** Takes away every proof of the site. */
  hideProofs(fqdn: string): Promise<void>
  /** The serial number (lower case hex) of the certificate that a visitor is shown; null when there is none. */
  probeSerial(fqdn: string): Promise<string | null>
}

/** What takes the content of a site as a whole. */
type TakesArchives = {
  /** Replaces the content by that of a ZIP, all or nothing; `token` names the wish, as in a plan. */
  deploy(fqdn: string, zip: Uint8Array, token: string): Promise<DeployAnswer>
}

/** A host on which Ranah makes the sites and gives people access to their files. */
export type ManagedHost = AnyHost &
  TakesArchives & {
    readonly access: 'ranah'
    /** A new password; earlier ones stop working. The same token rotates again, an outdated one is refused. */
    issueCredentials(fqdn: string, token: string): Promise<IssuedCredentials>
    revokeCredentials(fqdn: string): Promise<void>
  }

/** A host on which Ranah makes the sites and puts their content; there is no other way to it, and no password. */
export type UploadHost = AnyHost & TakesArchives & { readonly access: 'upload' }

/** A host whose files are the office's own matter: Ranah neither puts any there nor hands over access. */
export type OfficeKeptHost = AnyHost & { readonly access: 'office' }

export type HostingDriver = ManagedHost | UploadHost | OfficeKeptHost
