import { createHash } from 'node:crypto'
import type { Text } from '../domain/refused.ts'
import { letterVerifyTexts as text } from '../domain/text/letter-verify.ts'
import type { HttpDeps } from './deps.ts'
import { findLetterByDigest } from './public-facts.ts'

/** So many earlier states of a file are looked at, the latest first; each costs a digest of it. */
const maxEarlier = 5
const shownName = 100

/** Names on certificates are whatever somebody wrote there. */
const plain = (name: string): string =>
  name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, shownName)

/**
 * What can be said of a file that is no letter: that it begins as one to which something was added, that its signature is
 * broken, or whose whole signature it carries. Nothing of a file without any of these.
 */
export async function saidOfUnknown(
  deps: Pick<HttpDeps, 'db' | 'lookups'>,
  pdf: Buffer,
): Promise<{ readonly reason: 'letter-changed' | 'letter-foreign'; readonly text: Text } | undefined> {
  const signature = deps.lookups.readSignature(pdf)
  const signer = signature.kind === 'intact' ? plain(signature.certificate.commonName) : null
  for (const sha256 of earlierDigests(pdf)) {
    const found = await findLetterByDigest(deps.db, sha256)
    if (found) {
      const grew = text.fileGrew(found.letter.number, found.office.name, signer)
      return { reason: 'letter-changed', text: grew }
    }
  }
  if (signature.kind === 'broken') return { reason: 'letter-changed', text: text.fileBroken }
  if (signature.kind === 'none') return undefined
  const foreign = text.fileForeign(signer!, plain(signature.certificate.issuer))
  return { reason: 'letter-foreign', text: foreign }
}

/** Digests of a file as it was before each of its later additions: a PDF is added to behind its end mark. */
function* earlierDigests(pdf: Buffer): Generator<string> {
  const mark = '%%EOF'
  let at = pdf.lastIndexOf(mark)
  for (let count = 0; at >= 0 && count <= maxEarlier; count += 1) {
    const end = at + mark.length
    const rest = pdf.subarray(end, end + 2).toString('latin1')
    const ends = [0, ...(rest.startsWith('\r\n') ? [2] : /^[\r\n]/.test(rest) ? [1] : [])]
    for (const more of ends.toReversed())
      if (end + more < pdf.length)
        yield createHash('sha256')
          .update(pdf.subarray(0, end + more))
          .digest('hex')
    at = at === 0 ? -1 : pdf.lastIndexOf(mark, at - 1)
  }
}
