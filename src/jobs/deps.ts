import type { Deps } from '../actions/act.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import type { MailDriver } from '../drivers/mail/driver.ts'

/** What the background jobs need beside what actions need: the outside world. */
export type JobDeps = Deps & {
  readonly dnsOf: (zone: {
    readonly name: string
    readonly driver: string
    readonly settings: unknown
  }) => DnsDriver
  readonly hosting: HostingDriver
  readonly pdf: PdfDriver
  readonly mail: MailDriver
  readonly settings: {
    /** Where people reach the portal, without a slash at the end. */
    readonly publicUrl: string
    /** Public addresses of the site host. */
    readonly siteAddresses: readonly string[]
    /** Name server of new zones: its host name's addresses. */
    readonly nameServerAddresses: readonly string[]
    /** Where sites are reached: the port of the site host and of SFTP. */
    readonly sitesPort: number
    readonly sftpPort: number
    /** 32 octets under which credentials are sealed. */
    readonly sealingKey: Buffer
  }
}
