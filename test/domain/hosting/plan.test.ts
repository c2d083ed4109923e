import assert from 'node:assert/strict'
import { test } from 'node:test'

import { planHosting } from '../../../src/domain/hosting/plan.ts'

const FQDN = 'aset.contohkab.go.id'
const wish = (site: { title: string; agency: string } | null) => ({ fqdn: FQDN, site, token: 'req-1' })
const described = { title: 'A', agency: 'B' }
const seen = { fqdn: FQDN, ...described }

test('a plan holds the difference and a line for each part of it, in both languages', () => {
  const table = [
    [wish(described), null, ['create']],
    [wish(described), seen, []],
    [wish({ ...described, title: 'C' }), seen, ['update']],
    [wish(null), seen, ['remove']],
    [wish(null), null, []],
  ] as const
  for (const [desired, present, expected] of table) {
    const plan = planHosting('embedded', desired, present, { kinds: ['static'], databases: [] })
    assert.deepEqual(
      plan.changes.map((change) => change.do),
      expected,
    )
    assert.ok(plan.lines.length > 0)
    for (const line of plan.lines) assert.ok(line.id.includes(FQDN) && line.en.includes(FQDN))
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan, 'a plan is plain data')
  }
})
