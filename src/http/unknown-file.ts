import { earlierDigests } from '../domain/letters/earlier-digests.ts'
import { plainName } from '../domain/letters/plain-name.ts'
import type { Text } from '../domain/refused.ts'
import { letterVerifyTexts as text } from '../domain/text/letter-verify.ts'
import type { HttpDeps } from './deps.ts'
import { findLetterByDigest } from './public-facts.ts'

/**
 * What can be said of a file that is no letter: that it begins as one to which something was added, that its signature is
 * broken, or whose whole signature it carries. Nothing of a file without any of these.
 */
export async function saidOfUnknown(
  deps: Pick<HttpDeps, 'db' | 'lookups'>,
  pdf: Buffer,
): Promise<{ readonly reason: 'letter-changed' | 'letter-foreign'; readonly text: Text } | undefined> {
  const signature = deps.lookups.readSignature(pdf)
  const signer = signature.kind === 'intact' ? plainName(signature.certificate.commonName) : null
  for (const sha256 of earlierDigests(pdf)) {
    const found = await findLetterByDigest(deps.db, sha256)
    if (found) {
      const grew = text.fileGrew(found.letter.number, found.office.name, signer)
      return { reason: 'letter-changed', text: grew }
    }
  }
  if (signature.kind === 'broken') return { reason: 'letter-changed', text: text.fileBroken }
  if (signature.kind === 'none') return undefined
  const foreign = text.fileForeign(signer!, plainName(signature.certificate.issuer))
  return { reason: 'letter-foreign', text: foreign }
}
