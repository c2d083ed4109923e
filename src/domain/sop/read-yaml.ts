import type { Document, Node, Pair, YAMLError } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Text } from '../refused.ts'
import { yamlTexts } from '../text/sop-file.ts'
import type { Finding, Position, Positions } from './finding.ts'

/** Largest SOP file, in bytes; a long SOP of 40 steps needs about 20,000. */
export const maxSopBytes = 262_144
const maxNodes = 20_000
const maxDepth = 12
/** More than these many sentences help nobody. */
const maxFindings = 50

export type ReadYaml =
  | { readonly ok: true; readonly value: unknown; readonly positions: Positions }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads the plain part of YAML 1.2 that SOP files use: maps, lists, text, numbers, true/false, null.
 * Anchors, aliases, tags and merge keys are refused, so that what a person reads is what is read.
 */
export function readYaml(source: string | Uint8Array): ReadYaml {
  const text = decoded(source)
  if (typeof text !== 'string') return { ok: false, findings: [text.finding] }
  const lines = new LineCounter()
  const document = parsed(text, lines)
  if (!document) return { ok: false, findings: [problem('yaml-too-deep', yamlTexts.tooDeep(maxDepth), null)] }
  if (document.errors.length > 0) return { ok: false, findings: syntaxFindings(document.errors) }
  const walk = new Walk(lines)
  walk.visit(document.contents, '', 0)
  if (walk.findings.length > 0) return { ok: false, findings: walk.findings }
  return { ok: true, value: document.toJS({ maxAliasCount: 0 }), positions: walk.positions }
}

function decoded(source: string | Uint8Array): string | { readonly finding: Finding } {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source
  if (bytes.byteLength > maxSopBytes)
    return { finding: problem('file-too-large', yamlTexts.tooLarge(maxSopBytes), null) }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') return { finding: problem('file-empty', yamlTexts.empty, null) }
    return text
  } catch {
    return { finding: problem('not-utf8', yamlTexts.notUtf8, null) }
  }
}

/** `uniqueKeys` of the library compares every key with every other (20 s for 40,000 keys): `Walk` does it. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'error', version: '1.2' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** One mistake makes many others that say nothing: the worst is told alone, anything else once for each line. */
function syntaxFindings(errors: readonly YAMLError[]): readonly Finding[] {
  const deep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (deep) return [syntaxFinding(deep)]
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  const told = new Set<number | undefined>()
  return (tabs.length > 0 ? tabs : errors)
    .filter(({ linePos }) => !told.has(linePos?.[0].line) && told.add(linePos?.[0].line))
    .slice(0, maxFindings)
    .map(syntaxFinding)
}

function syntaxFinding(error: YAMLError): Finding {
  const at = error.linePos?.[0] ?? null
  if (error.code === 'RESOURCE_EXHAUSTION') return problem('yaml-too-deep', yamlTexts.tooDeep(maxDepth), at)
  return problem(`yaml-${error.code.toLowerCase().replaceAll('_', '-')}`, yamlTexts.syntax(error.code), at)
}

function problem(code: string, text: Text, at: Position | null, path = ''): Finding {
  return { severity: 'error', code, path, line: at?.line ?? null, col: at?.col ?? null, text }
}

/** Control characters other than tab and line ends, and the marks that turn the direction of text. */
const hiddenCharacters =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype', '<<'])

/** Walks the tree once: notes where each value stands and refuses what the format does not use. */
class Walk {
  readonly positions = new Map<string, Position>()
  readonly findings: Finding[] = []
  readonly #lines: LineCounter
  #nodes = 0

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  visit(node: unknown, path: string, depth: number): void {
    this.#nodes++
    if (this.findings.length >= maxFindings) return
    if (this.#nodes === maxNodes)
      return this.#refuse('too-many-values', yamlTexts.tooMany(maxNodes), node, path)
    if (this.#nodes > maxNodes) return
    if (depth > maxDepth) return this.#refuse('yaml-too-deep', yamlTexts.tooDeep(maxDepth), node, path)
    if (!this.positions.has(path)) this.#note(path, node)
    if (isAlias(node)) return this.#refuse('alias', yamlTexts.alias, node, path)
    if (hasAnchor(node)) this.#refuse('alias', yamlTexts.alias, node, path)
    if (hasTag(node)) this.#refuse('tag', yamlTexts.tag, node, path)
    if (isMap(node)) this.#pairs(node.items, path, depth)
    else if (isSeq(node)) this.#items(node.items, path, depth)
    else if (isScalar(node)) this.#scalar(node.value, node, path)
  }

  #pairs(items: readonly Pair[], path: string, depth: number): void {
    const seen = new Set<string>()
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : null
      if (name === null || forbiddenKeys.has(name)) {
        this.#refuse('key-not-allowed', yamlTexts.keyNotAllowed(name ?? '?'), key ?? value, path)
        continue
      }
      if (seen.has(name)) this.#refuse('duplicate-key', yamlTexts.duplicateKey(name), key, path)
      seen.add(name)
      const inner = join(path, name)
      if (!this.positions.has(inner)) this.#note(inner, key)
      this.visit(value, inner, depth + 1)
    }
  }

  #items(items: readonly unknown[], path: string, depth: number): void {
    for (const [index, item] of items.entries()) {
      if (isPair(item)) this.#refuse('key-not-allowed', yamlTexts.keyNotAllowed('?'), item.key, path)
      else this.visit(item, join(path, String(index)), depth + 1)
    }
  }

  #scalar(value: unknown, node: unknown, path: string): void {
    if (typeof value === 'string' && hiddenCharacters.test(value))
      this.#refuse('hidden-character', yamlTexts.hiddenCharacter, node, path)
  }

  #refuse(code: string, text: Text, node: unknown, path: string): void {
    this.findings.push(problem(code, text, this.#at(node) ?? this.positions.get(path) ?? null, path))
  }

  #note(path: string, node: unknown): void {
    const at = this.#at(node)
    if (at) this.positions.set(path, at)
  }

  #at(node: unknown): Position | null {
    const offset = isNodeWithRange(node) ? node.range?.[0] : undefined
    if (offset === undefined) return null
    const { line, col } = this.#lines.linePos(offset)
    return line > 0 ? { line, col } : null
  }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

const isNodeWithRange = (node: unknown): node is Node =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)

const hasAnchor = (node: unknown): boolean =>
  isNodeWithRange(node) && 'anchor' in node && Boolean(node.anchor)

const hasTag = (node: unknown): boolean => isNodeWithRange(node) && Boolean(node.tag)
