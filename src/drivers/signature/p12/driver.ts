import { readFile, stat } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import { chainFrom, signDetached } from '../cms.ts'
import type { SignRefusal } from '../../../domain/letters/signing.ts'
import type { SignatureDriver, SignOutcome, SignWish } from '../driver.ts'
import { placeSignature } from '../place-signature.ts'
import { sameName, signerOf } from '../signer-certificate.ts'
import { readKey } from './read-key.ts'

/** No P12 file is longer. */
const FILE_MAX_OCTETS = 256 * 1024
/** Group and others. */
const OPEN_TO_OTHERS = 0o077

/**
 * Signs with a P12 file on this machine, which is opened with a passphrase for one signature and forgotten.
 * @param config.path the file
 */
export function openP12Driver(config: { readonly path: string }, now: () => Date): SignatureDriver {
  return {
    sign: (wish) => signWithFile(config.path, wish, now()),
    fetch: () => Promise.resolve({ kind: 'unknown' }),
    check: async () => {
      const found = await lookAt(config.path)
      if (found === 'key-missing') return [{ ok: false, what: 'key-missing' }]
      return [
        { ok: true, what: 'key-found' },
        ...(found === 'open' ? [{ ok: false, what: 'key-open-to-others' } as const] : []),
      ]
    },
  }
}

async function lookAt(path: string): Promise<'key-missing' | 'open' | 'found'> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > FILE_MAX_OCTETS) return 'key-missing'
  return (found.mode & OPEN_TO_OTHERS) === 0 ? 'found' : 'open'
}

const refused = (reason: SignRefusal): SignOutcome => ({ kind: 'refused', reason })

async function signWithFile(path: string, wish: SignWish, now: Date): Promise<SignOutcome> {
  const place = await lookAt(path)
  if (place === 'key-missing') return refused('key-missing')
  if (place === 'open') return refused('key-unusable')
  const opened = readKey(await readFile(path), wish.passphrase)
  if (opened === 'wrong-passphrase') return refused('wrong-passphrase')
  const chain = opened === 'unusable' ? undefined : chainFrom(opened.certificates, opened.key)
  if (opened === 'unusable' || !chain || !['rsa', 'ec'].includes(opened.key.asymmetricKeyType ?? ''))
    return refused('key-unusable')
  const certificate = new X509Certificate(chain[0]!)
  const signer = signerOf(certificate)
  if (!sameName(signer.commonName, wish.certificateName)) return refused('other-certificate')
  if (certificate.validToDate <= now) return refused('certificate-expired')
  if (certificate.validFromDate > now) return refused('certificate-not-yet-valid')
  const facts = { name: signer.commonName, at: wish.decidedAt, reason: 'Surat dinas' }
  const pdf = placeSignature(wish.pdf, facts, (octets) => signDetached(octets, opened.key, chain))
  return { kind: 'signed', pdf, certificate: signer }
}
