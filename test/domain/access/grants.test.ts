import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Role } from '../../../src/domain/access/roles.ts'
import { roles } from '../../../src/domain/access/roles.ts'
import { refusalOfGrant } from '../../../src/domain/access/grants.ts'

const may = (granter: { roles: Role[]; ownRoles?: Role[] }, role: Role, personId = 'lain'): boolean =>
  refusalOfGrant({ personId: 'saya', ...granter }, { personId, role }, false) === undefined

test('who gives which role: applicants by the desk, the rest by administrators', () => {
  const given = (granter: Role): Role[] => roles.filter((role) => may({ roles: [granter] }, role))
  assert.deepEqual(given('administrator'), [...roles])
  assert.deepEqual(given('operator'), ['applicant'])
  for (const role of ['applicant', 'head-of-division', 'head-of-office', 'auditor'] as const)
    assert.deepEqual(given(role), [], role)
})

test('a substitute of an administrator makes no administrator', () => {
  const substitute = { roles: ['operator', 'administrator'] as Role[], ownRoles: ['operator'] as Role[] }
  assert.equal(may(substitute, 'administrator'), false)
  assert.equal(may(substitute, 'auditor'), true)
})

test('nobody gives themselves anything, but the last administrator may make their own paper good', () => {
  const administrator = { personId: 'saya', roles: ['administrator'] as Role[] }
  for (const role of roles) assert.equal(may(administrator, role, 'saya'), false, role)
  for (const role of roles)
    assert.equal(
      refusalOfGrant(administrator, { personId: 'saya', role }, true) === undefined,
      role === 'administrator',
      role,
    )
})
