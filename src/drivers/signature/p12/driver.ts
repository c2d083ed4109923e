import { readFile, stat } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import { chainFrom, signDetached } from '../cms.ts'
import type { SignRefusal } from '../../../domain/letters/signing.ts'
import type { SignatureDriver, SignatureFinding, SignOutcome, SignWish, StampOutcome } from '../driver.ts'
import { placeSignature } from '../place-signature.ts'
import { putStamp } from '../put-stamp.ts'
import { sameName, signerOf } from '../signer-certificate.ts'
import { askStamp } from '../time-stamp/authority.ts'
import type { StampDeps, StampPlace } from '../time-stamp/authority.ts'
import { readKey } from './read-key.ts'

/** No P12 file is longer. */
const FILE_MAX_OCTETS = 256 * 1024
/** What is stamped when the connection is tried. */
const TRIAL = Buffer.from('ranah: trial of a time stamp')
/** Group and others. */
const OPEN_TO_OTHERS = 0o077

export type P12Config = {
  /** The file. */
  readonly path: string
  /** Who stamps the time of its signatures; nobody where it is left out. */
  readonly stamps?: (StampPlace & { readonly required: boolean }) | undefined
}

/** Signs with a P12 file on this machine, which is opened with a passphrase for one signature and forgotten. */
export function openP12Driver(config: P12Config, deps: StampDeps): SignatureDriver {
  return {
    sign: async (wish) => {
      const outcome = await signWithFile(config, wish, deps.now())
      return outcome.kind === 'signed'
        ? { ...outcome, ...(await stamped(config, outcome.pdf, deps)) }
        : outcome
    },
    fetch: () => Promise.resolve({ kind: 'unknown' }),
    stamp: (signed) => stamped(config, signed, deps),
    check: async () => [...(await checkKey(config.path)), ...(await checkStamps(config, deps))],
  }
}

async function checkKey(path: string): Promise<readonly SignatureFinding[]> {
  const found = await lookAt(path)
  if (found === 'key-missing') return [{ ok: false, what: 'key-missing' }]
  return [
    { ok: true, what: 'key-found' },
    ...(found === 'open' ? [{ ok: false, what: 'key-open-to-others' } as const] : []),
  ]
}

/** Asks for the stamp of a trial text, as for that of a signature. */
async function checkStamps({ stamps }: P12Config, deps: StampDeps): Promise<readonly SignatureFinding[]> {
  if (!stamps) return []
  const answer = await askStamp(stamps, TRIAL, deps)
  return answer.kind === 'stamped'
    ? [{ ok: true, stamps: answer.stamp }]
    : [{ ok: false, stamps: answer.trouble }]
}

/** The signed file with its time stamp, or as it is with what stood in the way. */
async function stamped({ stamps }: P12Config, pdf: Buffer, deps: StampDeps): Promise<StampOutcome> {
  if (!stamps) return { pdf, stamping: { kind: 'done', report: { kind: 'none' } } }
  const put = await putStamp(stamps, pdf, deps)
  return put.kind === 'stamped'
    ? { pdf: put.pdf, stamping: { kind: 'done', report: { kind: 'good', ...put.stamp } } }
    : { pdf, stamping: { kind: 'missing', trouble: put.trouble, required: stamps.required } }
}

async function lookAt(path: string): Promise<'key-missing' | 'open' | 'found'> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > FILE_MAX_OCTETS) return 'key-missing'
  return (found.mode & OPEN_TO_OTHERS) === 0 ? 'found' : 'open'
}

const refused = (reason: SignRefusal) => ({ kind: 'refused' as const, reason })

type Signed = Omit<Extract<SignOutcome, { kind: 'signed' }>, 'stamping'>

async function signWithFile(
  { path, stamps }: P12Config,
  wish: SignWish,
  now: Date,
): Promise<Signed | Exclude<SignOutcome, { kind: 'signed' }>> {
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
  const facts = {
    name: signer.commonName,
    at: wish.decidedAt,
    reason: 'Surat dinas',
    stamped: stamps !== undefined,
  }
  const pdf = placeSignature(wish.pdf, facts, (octets) => signDetached(octets, opened.key, chain))
  return { kind: 'signed', pdf, certificate: signer }
}
