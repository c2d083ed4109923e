import { createPrivateKey, X509Certificate } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises'

import { Refused, type Text } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { replaceFile, syncDirectory } from '../sites/durable.ts'
import { type Changed, requireSite } from './changes.ts'
import { execute } from './execute.ts'
import { keyFile, places } from './places.ts'
import { liveSite, type NameRecord, type SiteRecord, type SiteTlsRecord, withSite } from './record.ts'

const OPENSSL = '/usr/bin/openssl'
const PROOFS_MAX = 100
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

const withTls = (record: NameRecord, tls: Partial<SiteTlsRecord>): NameRecord => {
  const site = requireSite(record)
  return withSite(record, { ...site, tls: { ...site.tls, ...tls } })
}

/** The site has a key for its next certificate: the same one until that is installed. */
export function askForKey(record: NameRecord): Changed<'asked' | 'unchanged'> {
  const { id, tls } = requireSite(record)
  if (tls.asked) return { record, done: 'unchanged' }
  const keys = tls.keys + 1
  return { record: withTls(record, { keys, asked: `${id}-${keys}` }), done: 'asked' }
}

/** A key is made here and never leaves; it is ECDSA on P-256, read by root only. */
export async function makeMissingKey(key: string): Promise<void> {
  const isThere = await readFile(keyFile(key)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return false
    },
  )
  if (isThere) return
  await mkdir(places.keys, { recursive: true, mode: 0o700 })
  const curve = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
  await replaceFile(keyFile(key), await execute(OPENSSL, ['genpkey', ...curve]), 0o600)
}

/** A signing request (PEM) of a key for these names; the subject says nothing (RFC 9525 section 6.3). */
export async function signRequest(key: string, names: readonly string[]): Promise<string> {
  await makeMissingKey(key)
  const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`
  return execute(OPENSSL, ['req', '-new', '-key', keyFile(key), '-subj', '/', '-addext', alternatives])
}

/**
 * The site shall be served with this chain.
 * @param lender another name of the host for whose key it was signed; its key is kept a second time for this site,
 * so that neither depends on what becomes of the other
 * @throws Refused `certificate-refused` when it must not be
 */
export async function installChain(
  record: NameRecord,
  pem: string,
  now: Date,
  lender: NameRecord | null = null,
): Promise<Changed<'installed' | 'unchanged'>> {
  const { tls } = requireSite(record)
  const blocks = pem.match(BLOCK) ?? []
  const chain = blocks.map((block) => `${block}\n`).join('')
  if (tls.certificate?.chain === chain) return { record, done: 'unchanged' }
  const { chainFaults } = hostingText
  const refuse = (why: Text) => {
    const text = hostingText.certificateRefused(record.fqdn, why)
    return new Refused('certificate-refused', text, { status: 409 })
  }
  const [leaf, ...issuers] = readBlocks(blocks)
  if (!leaf) throw refuse(chainFaults.unreadable)
  if (leaf.checkHost(record.fqdn, { subject: 'never' }) === undefined) throw refuse(chainFaults.otherName)
  if (Date.parse(leaf.validTo) <= now.getTime()) throw refuse(chainFaults.expired(now))
  const isLinked = issuers.every((issuer, index) => {
    const below = index === 0 ? leaf : issuers[index - 1]!
    return below.checkIssued(issuer) && below.verify(issuer.publicKey)
  })
  if (!isLinked) throw refuse(chainFaults.notLinked)
  const own = await fittingKey(leaf, [tls])
  const lent =
    own ??
    (lender &&
      (await fittingKey(
        leaf,
        lender.sites.map((site) => site.tls),
      )))
  if (lent === null) throw refuse(chainFaults.otherKey)
  const keys = own === null ? tls.keys + 1 : tls.keys
  const key = own ?? (await keepAgain(lent, `${requireSite(record).id}-${keys}`))
  const asked = key === tls.asked ? null : tls.asked
  // What is in force stays named until the web server has taken the new one, also over several tries.
  const replaced = tls.replaced ?? tls.certificate
  return {
    record: withTls(record, { keys, asked, certificate: { key, chain }, replaced }),
    done: 'installed',
  }
}

function readBlocks(blocks: readonly string[]): X509Certificate[] {
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return []
  }
}

async function fittingKey(leaf: X509Certificate, records: readonly SiteTlsRecord[]): Promise<string | null> {
  for (const key of records.flatMap(({ asked, certificate }) => [asked, certificate?.key])) {
    if (!key) continue
    const pem = await readFile(keyFile(key)).catch(() => null)
    if (pem && leaf.checkPrivateKey(createPrivateKey(pem))) return key
  }
  return null
}

/** The same key under a second name. What a killed run left there was never in use. */
async function keepAgain(key: string, name: string): Promise<string> {
  await rm(keyFile(name), { force: true })
  await link(keyFile(key), keyFile(name))
  await syncDirectory(places.keys)
  return name
}

export function showProof(
  record: NameRecord,
  token: string,
  content: string,
): Changed<'shown' | 'unchanged'> {
  const { proofs } = requireSite(record).tls
  if (proofs.some((proof) => proof.token === token && proof.content === content)) {
    return { record, done: 'unchanged' }
  }
  const others = proofs.filter((proof) => proof.token !== token).slice(1 - PROOFS_MAX)
  return { record: withTls(record, { proofs: [...others, { token, content }] }), done: 'shown' }
}

/** No proof is shown; a site that is gone shows none. */
export function hideProofs(record: NameRecord): Changed<'hidden' | 'unchanged'> {
  const site = liveSite(record)
  if (!site || site.tls.proofs.length === 0) return { record, done: 'unchanged' }
  return { record: withTls(record, { proofs: [] }), done: 'hidden' }
}

/** After the web server has taken a certificate, the one before is of no use. */
export const withoutUsedUp = (site: SiteRecord): SiteRecord => ({
  ...site,
  tls: { ...site.tls, replaced: null },
})

/** The certificates before an install that the web server has refused; its key may be asked with again. */
export function withReplaced(record: NameRecord): NameRecord {
  const site = liveSite(record)
  if (!site?.tls.replaced) return record
  const { certificate, replaced, asked } = site.tls
  const again = asked ?? (certificate && certificate.key !== replaced.key ? certificate.key : null)
  return withTls(record, { certificate: replaced, replaced: null, asked: again })
}

/** Removes the keys of a site that nothing names any more. @param sites all that is kept under the name */
export async function removeKeys(id: string, sites: readonly SiteRecord[]): Promise<void> {
  const kept = sites.flatMap(({ tls }) => [tls.asked, tls.certificate?.key])
  for (const name of await readdir(places.keys)) {
    const key = name.replace(/\.key$/, '')
    if (!key.startsWith(`${id}-`) || kept.includes(key)) continue
    await rm(keyFile(key), { force: true })
    await syncDirectory(places.keys)
  }
}
