import { statusOf } from '../legal/regulations.ts'
import { checkTexts } from '../text/sop-check.ts'
import type { SopDocument } from './document.ts'
import type { RawFinding } from './finding.ts'
import { warning } from './finding.ts'

/**
 * A document may go on citing a regulation that was revoked; the desk warns, it does not refuse.
 * What the file says counts, and what is known although the file does not say it.
 */
export function checkLegalBasis(sop: SopDocument): readonly RawFinding[] {
  return sop.identity.legalBasis.flatMap((basis, index) => {
    const known = statusOf(basis)
    if (basis.status !== 'revoked' && known.status !== 'revoked') return []
    const cited = `${basis.kind} ${basis.number}/${basis.year}`
    const by = basis.revokedBy ?? known.revokedBy ?? null
    return [warning('revoked-basis', ['identity', 'legalBasis', index], checkTexts.revokedBasis(cited, by))]
  })
}
