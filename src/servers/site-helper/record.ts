import { readdir, readFile, rm } from 'node:fs/promises'
import * as z from 'zod'

import { databaseEngines, isSiteName, siteKinds } from '../../domain/hosting/site.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { replaceFile, syncDirectory } from '../sites/durable.ts'
import { places, recordFile } from './places.ts'

const version = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  deployedAt: z.string(),
  origin: z.enum(['starting-page', 'archive']),
  archiveSha256: z.string().nullable(),
  token: z.string(),
})

/** A key is named by the site's id and a number; it lies in a file of its own and is made once. */
const key = z.string().regex(/^[a-z0-9]{8}-\d{1,6}$/)
const certificate = z.strictObject({ key, chain: z.string() })

const tls = z.strictObject({
  /** How many keys were made. */
  keys: z.number().int(),
  /** The key of the request whose certificate has not come yet. */
  asked: key.nullable(),
  /** What the site is served with. */
  certificate: certificate.nullable(),
  /** What an install replaces, until the web server has taken the new one. */
  replaced: certificate.nullable(),
  proofs: z.array(z.strictObject({ token: z.string(), content: z.string() })),
})

export const noTls = { keys: 0, asked: null, certificate: null, replaced: null, proofs: [] }

const site = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{8}$/),
  title: z.string(),
  agency: z.string(),
  kind: z.enum(siteKinds),
  target: z.string().optional(),
  database: z.enum(databaseEngines).optional(),
  createdAt: z.string(),
  createdWith: z.string(),
  /** `gone`: a creation that was undone before anybody had access; nothing of it is kept. */
  state: z.enum(['live', 'archived', 'gone']),
  archivedWith: z.string().nullable(),
  /** Newest first; the first one is live, the others are kept to go back to. */
  versions: z.array(version).min(1),
  access: z
    .strictObject({ issuedAt: z.string(), generation: z.number().int(), token: z.string() })
    .nullable(),
  generation: z.number().int(),
  spentTokens: z.array(z.string()),
  tls: tls.default(noTls),
})

/**
 * All that is known of one name, in one file that is replaced as a whole: the site under it and the ones kept after
 * a removal. It is written before the host is changed and is the truth: users, folders, databases and configuration
 * are made to agree with it.
 */
const nameRecord = z.strictObject({
  fqdn: z.string(),
  /** Whether the host may not agree yet, because a run was killed before its end. */
  pending: z.boolean(),
  sites: z.array(site),
})

export type NameRecord = z.infer<typeof nameRecord>
export type SiteRecord = z.infer<typeof site>
export type SiteTlsRecord = z.infer<typeof tls>
export type SiteVersion = z.infer<typeof version>

export const liveSite = (record: NameRecord): SiteRecord | undefined =>
  record.sites.find(({ state }) => state === 'live')

/** A record with one of its sites replaced. */
export const withSite = (record: NameRecord, changed: SiteRecord): NameRecord => ({
  ...record,
  sites: record.sites.map((each) => (each.id === changed.id ? changed : each)),
})

/** @throws Refused `site-damaged` for a record that cannot be read: it is never reported as missing */
export async function readRecord(fqdn: string): Promise<NameRecord> {
  let text: string
  try {
    text = await readFile(recordFile(fqdn), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { fqdn, pending: false, sites: [] }
    throw error
  }
  try {
    const record = nameRecord.parse(JSON.parse(text))
    if (record.fqdn !== fqdn) throw new Error(`the record speaks of ${record.fqdn}`)
    return record
  } catch (error) {
    throw new Refused('site-damaged', hostingText.damagedSite(fqdn), { status: 503, cause: error })
  }
}

export async function saveRecord(record: NameRecord): Promise<void> {
  const file = recordFile(record.fqdn)
  if (record.sites.length > 0) return replaceFile(file, JSON.stringify(record, null, 2))
  await rm(file, { force: true })
  await syncDirectory(places.records)
}

/** Every record that can be read, by name; a damaged one stops only its own site. */
export async function readAllRecords(): Promise<NameRecord[]> {
  const records: NameRecord[] = []
  for (const file of (await readdir(places.records)).sort()) {
    const fqdn = file.replace(/\.json$/, '')
    if (fqdn === file || !isSiteName(fqdn)) continue
    try {
      records.push(await readRecord(fqdn))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      process.stderr.write(`${fqdn}: ${String(error.cause)}\n`)
    }
  }
  return records
}
