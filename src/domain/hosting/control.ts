import * as z from 'zod'

import { covers, MAX_NAMES } from '../certificates/names.ts'
import { databaseEngines, isSiteName, siteKinds } from './site.ts'
import { isTargetOf } from './target.ts'

/*
 * The language between the hosting driver and a site host: typed verbs as JSON over HTTP, every one safe
 * to repeat. It is shared, so that neither side can speak past the other.
 */

const fqdn = z.string().refine(isSiteName, 'not a host name')

/** Names one wish of the caller; the same wish repeated carries the same token. It may become a file name. */
const token = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/)
const line = z.string().min(1).max(300)

const kind = z.enum(siteKinds).default('static')
const target = z.string().max(500).optional()
const database = z.enum(databaseEngines).optional()

const ensureSite = z
  .strictObject({ fqdn, title: line, agency: line, kind, target, database, token })
  .refine((site) => isTargetOf(site), { path: ['target'] })

const certificateName = z
  .string()
  .refine((name) => isSiteName(name.replace(/^\*\./, '')), 'not a name of a certificate')

const makeCsr = z
  .strictObject({ fqdn, names: z.array(certificateName).min(1).max(MAX_NAMES) })
  .refine((wanted) => covers(wanted.names, wanted.fqdn), { path: ['names'] })

/** Certificates in PEM, the site's own first. */
const chain = z
  .string()
  .max(50_000)
  .regex(/^(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*){1,8}$/)

/** RFC 8555 section 8.1: base64url, and it becomes a file name. */
const proofToken = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/)
const keyAuthorization = z.string().regex(/^[A-Za-z0-9_-]{1,200}\.[A-Za-z0-9_-]{1,200}$/)

/** What each verb is given. */
export const controlRequests = {
  ping: z.strictObject({}),
  'ensure-site': ensureSite,
  'remove-site': z.strictObject({ fqdn, token, onlyCreatedWith: token.optional() }),
  'restore-site': z.strictObject({ fqdn, token }),
  'list-sites': z.strictObject({}),
  'inspect-site': z.strictObject({ fqdn }),
  'issue-credentials': z.strictObject({ fqdn, token }),
  'revoke-credentials': z.strictObject({ fqdn }),
  'make-csr': makeCsr,
  'install-certificate': z.strictObject({ fqdn, chain, keyOf: fqdn.optional() }),
  'show-proof': z.strictObject({ fqdn, token: proofToken, content: keyAuthorization }),
  'hide-proofs': z.strictObject({ fqdn }),
} as const

/** What only a host that serves HTTPS can do. */
export type TlsVerb = 'make-csr' | 'install-certificate' | 'show-proof' | 'hide-proofs'

/** The deployment of an archive: the ZIP is the body, this is the query of the address. */
export const deployQuery = z.strictObject({ fqdn, token })

const when = z.string()

/** A site as its host sees it; never holds a password or its hash. */
const siteReport = z.object({
  fqdn: z.string(),
  title: z.string(),
  agency: z.string(),
  kind,
  target,
  database,
  createdAt: when,
  createdWith: z.string(),
  live: z.object({
    version: z.string(),
    deployedAt: when,
    archiveSha256: z.string().nullable(),
    origin: z.enum(['starting-page', 'archive']),
  }),
  keptVersions: z.number(),
  usedBytes: z.number(),
  quotaBytes: z.number(),
  access: z.object({ username: z.string(), issuedAt: when, generation: z.number() }).nullable(),
  /** Why the web server does not serve the site as it is described here, but as it was before. */
  refused: z.object({ id: z.string(), en: z.string() }).optional(),
})

/** Whether the file system keeps a site within its limit, or why not: then only archives are judged. */
export const diskLimits = ['enforced', 'other-file-system', 'quotas-off', 'no-program'] as const
export type DiskLimit = (typeof diskLimits)[number]

/** What each verb answers. */
export const controlAnswers = {
  ping: z.object({
    pid: z.number(),
    webPort: z.number(),
    sftpPort: z.number(),
    hostKey: z.string(),
    /** What the host can do; a plan that needs more is refused. */
    kinds: z.array(z.enum(siteKinds)).default(['static']),
    databases: z.array(z.enum(databaseEngines)).default([]),
    diskLimit: z.enum(diskLimits).default('other-file-system'),
    /** The clock of the host while it answers; a helper that is older does not say. */
    now: when.optional(),
  }),
  'ensure-site': z.object({ done: z.enum(['created', 'updated', 'unchanged']) }),
  'remove-site': z.object({ done: z.enum(['removed', 'unchanged']) }),
  'restore-site': z.object({ done: z.enum(['restored', 'unchanged']) }),
  'list-sites': z.object({ sites: z.array(siteReport) }),
  'inspect-site': z.object({ site: siteReport.nullable() }),
  'issue-credentials': z.object({
    username: z.string(),
    password: z.string(),
    generation: z.number(),
    sftpPort: z.number(),
    hostKey: z.string(),
    /** The database of the site; its password is made with this issue as well. */
    database: z
      .object({
        engine: z.enum(databaseEngines),
        host: z.string(),
        port: z.number(),
        name: z.string(),
        username: z.string(),
        password: z.string(),
      })
      .optional(),
  }),
  'revoke-credentials': z.object({ done: z.enum(['revoked', 'unchanged']) }),
  'make-csr': z.object({ csr: z.string() }),
  'install-certificate': z.object({ done: z.enum(['installed', 'unchanged']) }),
  'show-proof': z.object({ done: z.enum(['shown', 'unchanged']) }),
  'hide-proofs': z.object({ done: z.enum(['hidden', 'unchanged']) }),
} as const

export const deployAnswer = z.object({
  version: z.string(),
  files: z.number(),
  bytes: z.number(),
  strippedFolder: z.string().nullable(),
  hasIndex: z.boolean(),
  archiveSha256: z.string(),
  done: z.enum(['deployed', 'unchanged']),
})

const text = z.object({ id: z.string(), en: z.string() })

/** A refusal on the wire; the driver turns it back into the same Refused. */
export const refusalAnswer = z.object({
  refused: z.object({ reason: z.string(), text, status: z.number() }),
})

export type Verb = keyof typeof controlRequests
/** A request as the caller writes it, with the defaults left out. */
export type VerbInput<V extends Verb> = z.input<(typeof controlRequests)[V]>
export type VerbRequest<V extends Verb> = z.infer<(typeof controlRequests)[V]>
export type VerbAnswer<V extends Verb> = z.infer<(typeof controlAnswers)[V]>
export type SiteReport = z.infer<typeof siteReport>
export type DeployAnswer = z.infer<typeof deployAnswer>

/** What a running site host writes beside its data, so that a restarted caller can find and adopt it. */
export const runningHost = z.strictObject({
  pid: z.number().int().positive(),
  webPort: z.number().int(),
  sftpPort: z.number().int(),
  controlPort: z.number().int(),
})
export type RunningHost = z.infer<typeof runningHost>

/** File name of {@link runningHost} in the data directory of a site host. */
export const RUNNING_FILE = 'running.json'
