import type { Deps } from '../actions/act.ts'
import type { ServerRow } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { ZoneFinding } from '../domain/dns/compare.ts'
import type { ZoneFile } from '../domain/dns/master-file.ts'
import type { Rrset } from '../domain/dns/records.ts'
import type { CertificateDriver } from '../drivers/certificates/driver.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import type { OfficeTemplates } from '../drivers/pdf/office-templates.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import type { MalwareScanner } from '../drivers/malware/driver.ts'
import type { MailDriver } from '../drivers/mail/driver.ts'
import type { SignatureDriver } from '../drivers/signature/driver.ts'

/** A checkpoint that was signed; `root` in base64. */
export type Signed = { readonly origin: string; readonly size: number; readonly root: string }

/** `instead`: what holds as long as the name is not in the database: its beginning was broken off. */
export type SignedLast = Signed & { readonly instead?: Signed | undefined }

/** What the background jobs need beside what actions need: the outside world. */
export type JobDeps = Deps & {
  /** The name server that keeps a zone. */
  readonly dnsOf: (zone: ServedZone) => DnsDriver
  /**
   * Compares a zone as its name server has it with what the registry says, in a thread of its own.
   * @throws DnsFailure when the server does not answer: then nothing is known about the zone
   */
  readonly compareZone: (
    zone: ServedZone,
    registered: readonly Rrset[],
  ) => Promise<{ readonly findings: readonly ZoneFinding[]; readonly liveSets: number }>
  /** Reads a zone file, in a thread of its own. */
  readonly readZoneFile: (content: string, zone: string) => Promise<ZoneFile>
  /** A site host; null is the embedded one. */
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
  /** A certificate authority of the office. */
  readonly certificatesOf: (authority: ServerRow) => CertificateDriver
  /** A way to a signature; `office` is the short name under which its key files lie. */
  readonly signatureOf: (server: ServerRow, office: string) => SignatureDriver
  /** Public addresses of a site host. */
  readonly addressesOf: (host: ServerRow | null) => readonly string[]
  readonly pdf: PdfDriver
  /** An office's own templates, by its short name. */
  readonly templatesOf: (office: string) => Promise<OfficeTemplates>
  readonly mail: MailDriver
  /** Absent when none is configured: then nothing is scanned, and what waits for one goes on waiting. */
  readonly scanner?: MalwareScanner
  /** What was signed last of each office's logbook, kept outside of the database and written to the disk at once. */
  readonly signedLast: {
    readonly read: (officeId: string) => Promise<SignedLast | undefined>
    readonly write: (officeId: string, last: SignedLast) => Promise<void>
  }
  readonly settings: {
    /** Where people reach the portal, without a slash at the end. */
    readonly publicUrl: string
    /** Name server of new zones: its host name's addresses. */
    readonly nameServerAddresses: readonly string[]
    /** Where sites on the embedded host are reached: by visitors, and by SFTP. */
    readonly sitesPort: number
    readonly sftpPort: number
    /** 32 octets under which credentials are sealed. */
    readonly sealingKey: Buffer
  }
}
