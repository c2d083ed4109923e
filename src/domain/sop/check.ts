import { checkFlow } from './check-flow.ts'
import { checkForms, checkKinds } from './check-kinds.ts'
import { checkMarks } from './check-marks.ts'
import type { ActorMapping } from './check-names.ts'
import { checkMapping, checkNames } from './check-names.ts'
import { checkProvision } from './check-provision.ts'
import { checkRequirements } from './check-requirements.ts'
import { checkTimes } from './check-times.ts'
import type { SopDocument } from './document.ts'
import type { Finding, Positions, RawFinding } from './finding.ts'
import { fieldPath, positionAt } from './finding.ts'
import { flowOf } from './flow.ts'
import { checkLegalBasis } from './check-legal-basis.ts'

/**
 * Checks what the shape of a file cannot show: whether a request could walk this SOP to its end.
 *
 * @param positions from `parseSop`, so that findings carry file lines
 * @param mapping when given, actors to whom the office mapped nobody are errors too
 * @returns findings in the order of the file; a document with an error must not be published
 */
export function checkSop(
  document: SopDocument,
  positions: Positions = new Map(),
  mapping?: ActorMapping,
): readonly Finding[] {
  const flow = flowOf(document)
  const raw = [
    ...checkNames(document),
    ...checkKinds(document),
    ...checkForms(document),
    ...checkLegalBasis(document),
    ...checkFlow(flow),
    ...checkProvision(flow),
    ...checkRequirements(flow),
    ...checkTimes(flow),
    ...checkMarks(document),
    ...(mapping ? checkMapping(document, mapping) : []),
  ]
  return raw
    .map((finding) => placed(finding, document, positions))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.col ?? 0) - (b.col ?? 0))
}

function placed(finding: RawFinding, document: SopDocument, positions: Positions): Finding {
  const at = positionAt(positions, finding.path)
  const path = fieldPath(document, finding.path)
  return { ...finding, path, line: at?.line ?? null, col: at?.col ?? null }
}
