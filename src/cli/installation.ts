import type { Config } from '../config.ts'
import type { Paper } from '../domain/letters/papers.ts'
import type { Text } from '../domain/refused.ts'
import type { SopPrint } from '../domain/sop-paper/print.ts'

/** What happens while an installation runs, for the terminal or the journal. */
export type Log = {
  readonly event: (text: Text) => void
  /** Something that should not have happened; `where` names the job or the request. */
  readonly fault: (error: unknown, where?: string) => void
}

export type StartOptions = { readonly config: Config; readonly log: Log }

/** A running installation, as commands see it: addresses and the way to stop it. */
export type Installation = {
  readonly url: string
  /** Opens the first-run page while no office exists. */
  readonly setupCode: string | undefined
  readonly dns: () => { readonly host: string; readonly port: number }
  readonly sites: () => { readonly host: string; readonly webPort: number; readonly sftpPort: number }
  /** Stops the portal and the worker; the embedded servers too, or they go on answering until the next start. */
  readonly stop: (what: { readonly servers: boolean }) => Promise<void>
}

/** One server of a data directory as it is now. */
export type ServerState = {
  readonly name: string
  readonly pid: number | undefined
  readonly ports: Readonly<Record<string, number>>
}

/** The servers of a data directory, for commands that keep an installation. */
export type Servers = {
  readonly find: (dataDirectory: string) => Promise<readonly ServerState[]>
  /** @returns the names of those that ran */
  readonly stop: (dataDirectory: string) => Promise<readonly string[]>
  /** The address of the embedded database if it runs. */
  readonly databaseUrl: (dataDirectory: string) => Promise<string | undefined>
  /** The configured database, or the embedded one, which is left as it was found. */
  readonly openDatabase: (
    of: Pick<Config, 'dataDirectory' | 'databaseUrl'> & { readonly onProgress: Log['event'] },
  ) => Promise<{ readonly ownerUrl: string; readonly close: () => Promise<void> }>
  /** Deletes the embedded database that an interrupted restore began. */
  readonly destroyDatabase: (dataDirectory: string) => Promise<void>
  /** Copies zones and sites while their servers run. */
  readonly copyData: (dataDirectory: string, target: string) => Promise<void>
  /** Keeps the portal from starting until the returned function is called. @throws Refused while it runs */
  readonly claim: (dataDirectory: string) => Promise<() => void>
  /** One backup or restore at a time. */
  readonly whileKeeping: <T>(dataDirectory: string, work: () => Promise<T>) => Promise<T>
}

type HostAddress = { readonly host: string; readonly port: number }

/** What would turn a host into a site host: read by a person first, then made one by one. */
export type HostPreparation = {
  readonly changes: readonly {
    readonly text: Text
    readonly detail?: string
    readonly make: () => Promise<void>
  }[]
  /** What the host cannot do and a preparation does not change. */
  readonly notes: readonly Text[]
  readonly close: () => void
}

/** What an administrator enters to connect a server. */
type ServerAccess = {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secret: Readonly<Record<string, string>>
}

/** Debian's own servers, started for a while as an office has them. */
export type DebianServers = {
  readonly nameServer: ServerAccess
  readonly siteHost: ServerAccess
  readonly authority: ServerAccess
  /** Where the name server answers. */
  readonly dns: { readonly host: string; readonly port: number }
  /** Where the sites answer by HTTPS, and the root (PEM) of their certificates. */
  readonly web: { readonly port: number; readonly root: string }
  /** Addresses at which all of them are reached. */
  readonly networks: readonly string[]
  readonly versions: readonly { readonly kind: string; readonly version: string; readonly pid: number }[]
  readonly stop: () => Promise<void>
}

/** What main.ts gives to the commands. */
export type CommandDeps = {
  /** Starts Debian's own servers; they keep these zones. */
  readonly startDebianServers: (directory: string, zones: readonly string[]) => Promise<DebianServers>
  readonly servers: Servers
  readonly readHostKey: (at: HostAddress) => Promise<{ readonly line: string; readonly fingerprint: string }>
  readonly openPreparation: (
    wish: HostAddress & {
      readonly hostKey: string
      readonly privateKey: string
      readonly publicKey: string
      readonly php: boolean
      readonly databases: readonly string[]
    },
  ) => Promise<HostPreparation>
  readonly openSwarmPreparation: (wish: {
    readonly nodes: readonly string[]
    readonly privateKey: string
    readonly image: string
    readonly webPort: number
  }) => Promise<HostPreparation>
  readonly start: (options: StartOptions) => Promise<Installation>
  /** The address at which a second factor is set up anew with the token of a mail. */
  readonly enrolmentLink: (publicUrl: string, token: string) => string
  /** Sets a paper as a PDF. */
  readonly printPaper: (paper: Paper) => Promise<Buffer>
  /** Sets papers with the templates of a folder and tells what is wrong with them. */
  readonly checkTemplates: (
    folder: string,
    papers: readonly Paper[],
  ) => Promise<{ readonly templates: number; readonly faults: readonly string[] }>
  /** Sets an SOP as a PDF. */
  readonly printSop: (print: SopPrint) => Promise<Buffer>
  /** the folder of the program */
  readonly root: string
}
