import { checkTexts } from '../text/sop-check.ts'
import type { SopDocument } from './document.ts'
import type { RawFinding } from './finding.ts'
import { warning } from './finding.ts'

/** A document may go on citing a regulation that was revoked; the desk warns, it does not refuse. */
export function checkLegalBasis(sop: SopDocument): readonly RawFinding[] {
  return sop.identity.legalBasis.flatMap((basis, index) =>
    basis.status === 'revoked'
      ? [
          warning(
            'revoked-basis',
            ['identity', 'legalBasis', index],
            checkTexts.revokedBasis(`${basis.kind} ${basis.number}/${basis.year}`, basis.revokedBy ?? null),
          ),
        ]
      : [],
  )
}
