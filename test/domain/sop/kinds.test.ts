import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../../src/domain/refused.ts'
import { prepareApplication } from '../../../src/domain/requests/prepare.ts'
import { checkSop } from '../../../src/domain/sop/check.ts'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { kindsOf } from '../../../src/domain/sop/graph.ts'
import type { RequestKind } from '../../../src/domain/sop/kinds.ts'
import { goodSop } from './sample.ts'

const changes = goodSop('test/fixtures/sops/perubahan-data.yaml')
const event = kindsOf(goodSop('test/fixtures/sops/subdomain-acara.yaml'))[0]!

const codesOf = (sop: SopDocument): readonly string[] => checkSop(sop).map(({ code }) => code)
const served = (kind: Partial<SopDocument['serves'][number]>): SopDocument => ({
  ...changes,
  serves: [{ id: 'closure', form: [], temporary: false, ...kind }],
})

test('changes are about a service that exists, by hand or not, and each says what is done', () => {
  assert.deepEqual(
    kindsOf(changes).map(({ id, fulfilment, about }) => [id, fulfilment, about]),
    [
      ['contact-change', 'contact-change', 'existing-service'],
      ['record-change', 'record-change', 'existing-service'],
      ['ubah-nama', 'manual', 'existing-service'],
      ['lapor-masalah', 'manual', 'existing-service'],
      ['closure', 'closure', 'existing-service'],
    ],
  )
})

test('a kind cannot name something else than its fulfilment works on', () => {
  assert.deepEqual(codesOf(served({})), [])
  assert.ok(codesOf(served({ about: 'none' })).includes('about-fixed'))
  assert.ok(codesOf(served({ temporary: true })).includes('temporary-without-name'))
  assert.deepEqual(
    codesOf(served({ id: 'saran', fulfilment: 'manual', about: 'new-name', temporary: true })),
    [],
  )
})

/** @returns the fields that keep an application from being sent */
function openFields(
  kind: RequestKind,
  draft: { endsOn?: string; records?: { type: string; value: string }[] },
): string[] {
  const subject = {
    kind,
    today: '2026-03-02',
    zone: 'contohkab.example',
    service: {
      hasSite: false,
      fqdn: 'pameran.contohkab.example',
      zone: 'contohkab.example',
      records: [],
      others: [],
    },
    kindForm: [],
    ownHost: false,
  }
  try {
    prepareApplication({ label: 'pameran', ...draft }, subject)
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.issues.map(({ field }) => field)
  }
}

test('the name of an event ends on a day after today', () => {
  assert.ok(openFields(event, {}).includes('endsOn'))
  assert.ok(openFields(event, { endsOn: '2026-03-02' }).includes('endsOn'))
  assert.ok(!openFields(event, { endsOn: '2026-03-03' }).includes('endsOn'))
})

test('a change of records says what shall stand at the name', () => {
  const change = kindsOf(changes).find(({ id }) => id === 'record-change')!
  assert.ok(openFields(change, {}).includes('records'))
  assert.ok(
    openFields(change, { records: [{ type: 'A', value: '192.0.2.700' }] }).includes('records.0.value'),
  )
  const right = openFields(change, { records: [{ type: 'A', value: '192.0.2.7' }] })
  assert.ok(!right.some((field) => field.startsWith('records')))
})
