import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { nextOf, stepOf } from '../../../src/domain/sop/graph.ts'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import type { Deed } from '../../../src/domain/sop/replay.ts'
import { replay } from '../../../src/domain/sop/replay.ts'

/** The deeds of a request that goes straight on, at a decision by its first outcome that is no return. */
function straight(sop: SopDocument): readonly Deed[] {
  const deeds: Deed[] = []
  for (let no: number | 'end' = sop.steps[0]!.no; no !== 'end' && deeds.length < 100;) {
    const step = stepOf(sop, no)
    const row = sop.steps.indexOf(step)
    const outcome = step.decision?.outcomes.find(
      ({ to, kind }) =>
        (kind ?? 'continue') === 'continue' && (to === 'end' || sop.steps.indexOf(stepOf(sop, to)) > row),
    )
    deeds.push({ activity: step.activity, type: 'completed', outcome: outcome?.id ?? null })
    no = outcome ? outcome.to : nextOf(sop, step)
  }
  return deeds
}

describe('replaying closed requests on another version', () => {
  let sop: SopDocument
  before(async () => {
    const file = new URL('../../../sops/katingan-subdomain-hosting.yaml', import.meta.url)
    const parsed = parseSop(await readFile(file))
    assert.ok(parsed.ok)
    sop = parsed.document
  })

  test('a request that ran on the same version reaches the same end', () => {
    assert.deepEqual(replay(sop, [{ ticket: 'A', deeds: straight(sop) }]), [])
  })

  test('a withdrawn request ends wherever it stood', () => {
    const deeds: Deed[] = [
      ...straight(sop).slice(0, 2),
      { activity: 'submit', type: 'withdrawn', outcome: null },
    ]
    assert.deepEqual(replay(sop, [{ ticket: 'A', deeds }]), [])
  })

  test('says where another activity is asked for, and where no end is reached', () => {
    const deeds = straight(sop)
    const other = {
      ...sop,
      steps: sop.steps.map((step, row) => (row === 2 ? { ...step, activity: 'confirm' as const } : step)),
    }
    const [finding] = replay(other, [{ ticket: 'A', deeds }])
    assert.equal(finding?.at, 3)
    assert.match(finding.text.en, /asks for "Confirm"/)
    const [short] = replay(sop, [{ ticket: 'B', deeds: deeds.slice(0, -1) }])
    assert.match(short!.text.en, /would not end/)
  })

  test('an outcome that the new version does not have is a finding, not a crash', () => {
    const deeds = straight(sop).map((deed) => (deed.outcome ? { ...deed, outcome: 'tidak-ada' } : deed))
    const [finding] = replay(sop, [{ ticket: 'A', deeds }])
    assert.equal(finding?.ticket, 'A')
  })
})
