import * as z from 'zod'
import type { SopDocument } from './document.ts'
import { checkSop } from './check.ts'
import { sopDocument } from './document.ts'
import type { Finding, IndexPath, Positions } from './finding.ts'
import { childOf, fieldPath, positionAt } from './finding.ts'
import { readYaml } from './read-yaml.ts'
import { shapeText } from './shape-text.ts'

export type ParsedSop =
  | { readonly ok: true; readonly document: SopDocument; readonly positions: Positions }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** More than these many sentences help nobody. */
const maxFindings = 50

/**
 * Reads an SOP file: YAML text to document. Never throws for what a file may contain.
 *
 * @param source the file's bytes, or its text
 * @returns the document with the position of every value, or sentences that say what to correct and where
 */
export function parseSop(source: string | Uint8Array): ParsedSop {
  const read = readYaml(source)
  if (!read.ok) return read
  const result = sopDocument.safeParse(read.value)
  if (result.success) return { ok: true, document: result.data, positions: read.positions }
  const findings = result.error.issues
    .flatMap((issue) => leaves(issue, []))
    .slice(0, maxFindings)
    .map(({ issue, path }) => shapeFinding(issue, path, read.value, read.positions))
  return {
    ok: false,
    findings: [...findings, ...furtherFindings(read.value, result.error.issues, read.positions)],
  }
}

/**
 * A bad duration or an outcome without a target must not hide what else is wrong: with those set aside, the rest of
 * the document is checked like any other. Other faults of shape would make findings that are not there.
 */
function furtherFindings(
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
  positions: Positions,
): readonly Finding[] {
  const copy = structuredClone(value)
  for (const { path } of issues) {
    const at = path.findIndex((key) => key === 'standardTime' || key === 'to')
    const owner = at < 0 ? null : path.slice(0, at).reduce<unknown>(childOf, copy)
    if (path[0] !== 'steps' || typeof owner !== 'object' || owner === null) return []
    Reflect.set(owner, path[at]!, path[at] === 'to' ? 'end' : 'not set')
  }
  const mended = sopDocument.safeParse(copy)
  return mended.success ? checkSop(mended.data, positions) : []
}

type Issue = z.core.$ZodIssue
type Leaf = { readonly issue: Issue; readonly path: IndexPath }

/** Opens unions: when the value was plainly meant as one of the alternatives, its own issues are told. */
function leaves(issue: Issue, prefix: IndexPath): readonly Leaf[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ issue: { ...issue, keys: [key] }, path: [...path, key] }))
  if (issue.code !== 'invalid_union') return [{ issue, path }]
  const meant = issue.errors.filter((branch) => !branch.some(isOtherKind))
  if (meant.length !== 1) return [{ issue, path }]
  return meant[0]!.flatMap((inner) => leaves(inner, path))
}

/** Whether an alternative of a union is of quite another kind than the value. */
const isOtherKind = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value')

function shapeFinding(issue: Issue, path: IndexPath, root: unknown, positions: Positions): Finding {
  const at = positionAt(positions, path)
  const value = path.reduce<unknown>(childOf, root)
  const { code, text } = shapeText(issue, path, value)
  return {
    severity: 'error',
    code,
    path: fieldPath(root, path),
    line: at?.line ?? null,
    col: at?.col ?? null,
    text,
  }
}
