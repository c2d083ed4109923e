import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { checkSop } from '../../../src/domain/sop/check.ts'
import type { Finding } from '../../../src/domain/sop/finding.ts'
import { parseSop } from '../../../src/domain/sop/parse.ts'

/** Every SOP file that must be free of findings. */
export const goodFiles = [
  'sops/kutai-kartanegara-hosting-subdomain.yaml',
  'sops/katingan-subdomain-hosting.yaml',
  'test/fixtures/sops/besar-empat-puluh-langkah.yaml',
  'test/fixtures/sops/dasar-enam-langkah.yaml',
  'test/fixtures/sops/kecil-dua-langkah.yaml',
  'test/fixtures/sops/lima-pelaksana-tiga-keputusan.yaml',
  'test/fixtures/sops/bast-ditandatangani.yaml',
  'test/fixtures/sops/perubahan-data.yaml',
  'test/fixtures/sops/subdomain-acara.yaml',
  'test/fixtures/sops/telaah-bertingkat.yaml',
] as const

export const baseFile = readFileSync('test/fixtures/sops/dasar-enam-langkah.yaml', 'utf8')

/** @returns the document of a file that must be readable. */
export function goodSop(file: string): SopDocument {
  const parsed = parseSop(readFileSync(file))
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.document
}

/** @returns everything found in a file, whether by reading or by checking. */
export function findingsIn(source: string | Uint8Array): readonly Finding[] {
  const parsed = parseSop(source)
  return parsed.ok ? checkSop(parsed.document, parsed.positions) : parsed.findings
}

/** @returns the base file with passages replaced; fails when one is not there exactly once. */
export function spoil(...edits: readonly (readonly [find: string, replace: string])[]): string {
  return edits.reduce((text, [find, replace]) => {
    assert.equal(text.split(find).length, 2, `"${find}" must occur once`)
    return text.replace(find, () => replace)
  }, baseFile)
}

/** @returns the line, from 1, on which the passage starts. */
export function lineOf(source: string, passage: string): number {
  const at = source.indexOf(passage)
  assert.notEqual(at, -1, `"${passage}" must occur`)
  return source.slice(0, at).split('\n').length
}
