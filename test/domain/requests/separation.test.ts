/** Maker is not checker, as the sentences say it; the database says the same by itself (test/actions/requests). */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { OwnPart } from '../../../src/domain/requests/separation.ts'
import { barrierTo, ownPartOf } from '../../../src/domain/requests/separation.ts'
import type { SopDocument, SopStep } from '../../../src/domain/sop/document.ts'
import { parseSop } from '../../../src/domain/sop/parse.ts'
import { separationTexts } from '../../../src/domain/text/separation.ts'

const file = new URL('../../../sops/kutai-kartanegara-hosting-subdomain.yaml', import.meta.url)
const parsed = parseSop(await readFile(file))
const sop: SopDocument = parsed.ok ? parsed.document : assert.fail('the SOP is not read')
const columnOf = (step: SopStep) => sop.actors.find(({ id }) => id === step.actor)!
const ofOffice = sop.steps.filter((step) => columnOf(step).party === 'office')
const nothing: OwnPart = { applied: false, atCounter: false, isContact: false, allowedPlan: false }
const visitor = (personId: string) => ({ personId, email: `${personId}@dinas.example` })

test('whoever applied does no step of the office, and their own steps', () => {
  assert.ok(ofOffice.length > 0)
  for (const step of sop.steps) {
    const barrier = barrierTo(sop, { doneBy: {} }, step, { id: 'a', part: { ...nothing, applied: true } })
    const expected = columnOf(step).party === 'applicant' ? undefined : separationTexts.ownApplication
    assert.deepEqual(barrier, expected, `step ${step.no}`)
    assert.equal(barrierTo(sop, { doneBy: {} }, step, { id: 'a', part: nothing }), undefined)
  }
})

test('whoever let a plan run that touches much of a zone does not run it', () => {
  for (const step of ofOffice)
    assert.deepEqual(
      barrierTo(sop, { doneBy: {} }, step, { id: 'a', part: { ...nothing, allowedPlan: true } }),
      separationTexts.ownOverride,
    )
})

test('whoever is named as a contact, however the address is spelt, decides nothing as a head', () => {
  const named = { administrative: { email: 'A@Dinas.example' } }
  const row = { applicant_id: 'b', created_by: 'b', at_counter: false, visit: 1, form: named }
  assert.equal(ownPartOf(row, [], visitor('c')).isContact, false)
  const part = ownPartOf(row, [], visitor('a'))
  assert.deepEqual(part, { ...nothing, isContact: true })
  for (const step of ofOffice) {
    const barrier = barrierTo(sop, { doneBy: {} }, step, { id: 'a', part })
    const { role } = columnOf(step)
    const isHead = role === 'head-of-office' || role === 'head-of-division'
    assert.equal(barrier !== undefined, isHead && step.decision !== undefined, `step ${step.no}`)
  }
})

test('nobody acts in two columns where one of them decides; one column is one person', () => {
  let [barred, free] = [0, 0]
  for (const step of sop.steps)
    for (const other of sop.steps) {
      const barrier = barrierTo(sop, { doneBy: { [other.no]: 'a' } }, step, { id: 'a', part: nothing })
      const [here, there] = [columnOf(step), columnOf(other)]
      const isOther = here !== there
      const decides = step.decision !== undefined || other.decision !== undefined
      const isBarred = isOther && (decides || (here.party === 'applicant') !== (there.party === 'applicant'))
      assert.equal(barrier !== undefined, isBarred, `step ${step.no} after ${other.no}`)
      if (isBarred) barred += 1
      else free += 1
      assert.equal(
        barrierTo(sop, { doneBy: { [other.no]: 'b' } }, step, { id: 'a', part: nothing }),
        undefined,
        'what somebody else did',
      )
      // a refusal beside the flowchart decides, whatever the step
      const deciding = barrierTo(sop, { doneBy: { [other.no]: 'a' } }, step, { id: 'a', part: nothing }, true)
      assert.equal(deciding !== undefined, isOther)
    }
  assert.ok(barred > 0 && free > 0)
})

test('the clerk at the counter applied for nobody, and goes on in the column of the operators only', () => {
  const row = { applicant_id: null, created_by: 'a', at_counter: true, visit: 1, form: {} }
  const part = ownPartOf(row, [], visitor('a'))
  assert.deepEqual(part, { ...nothing, atCounter: true })
  const sent = sop.steps.find((step) => columnOf(step).party === 'applicant')!
  for (const step of ofOffice) {
    const barrier = barrierTo(sop, { doneBy: { [sent.no]: 'a' } }, step, { id: 'a', part })
    assert.equal(barrier === undefined, columnOf(step).role === 'operator', `step ${step.no}`)
  }
})

test('an application is of whoever wrote it and of whoever it is for; a plan counts at its own visit', () => {
  const row = { applicant_id: 'a', created_by: 'b', at_counter: false, visit: 2, form: {} }
  const allowed = (visit: number) => [{ type: 'plan-allowed', visit, personId: 'c' }]
  assert.deepEqual(
    ['a', 'b', 'c'].map((each) => ownPartOf(row, [], visitor(each)).applied),
    [true, true, false],
  )
  assert.equal(ownPartOf(row, allowed(2), visitor('c')).allowedPlan, true)
  assert.equal(ownPartOf(row, allowed(1), visitor('c')).allowedPlan, false)
  assert.equal(ownPartOf(row, allowed(2), visitor('d')).allowedPlan, false)
})
