import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import { withdrawRequest } from '../../src/actions/requests/withdraw-request.ts'
import { inScope } from '../../src/db/database.ts'
import { readRequest } from '../../src/db/requests/requests.ts'
import { linesOf } from '../../src/domain/fulfilment/plan.ts'
import { checkName } from '../../src/lookups/check-name.ts'
import { previewPlan } from '../../src/lookups/preview-plan.ts'
import { newZone } from '../support/dns-server.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../support/office.ts'
import type { TestWorld } from '../support/world.ts'
import { createTestWorld } from '../support/world.ts'

let world: TestWorld
let office: TestOffice

before(async () => {
  world = await createTestWorld()
  const sop = await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml')
  office = await createTestOffice(world.deps, 'kukar', sop)
  await zoneDriver().createZone(newZone(office.zone))
})
after(() => world.close())

const zoneDriver = () => world.deps.dnsOf({ id: office.zoneId, name: office.zone, server: null })
const check = (label: string, ticket?: string) =>
  checkName(world.deps, { officeId: office.id, zone: office.zoneId, label, ticket })

test('a name is free, taken, in the zone, or unknown: each is told apart', async () => {
  assert.equal((await check('baru')).verdict, 'free')
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(world.deps, applicant, {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication('baru'),
  })
  const upload = { kind: 'application-letter', filename: 'a.pdf', mediaType: 'application/pdf' as const }
  await attachDocument(world.deps, applicant, ticket, {
    ...upload,
    content: { pages: 1, carries: [] },
    bytes: samplePdf,
  })
  await submitRequest(world.deps, applicant, ticket)
  assert.equal((await check('baru')).verdict, 'taken')
  assert.equal((await check('baru', ticket)).verdict, 'free')

  const scope = { officeId: office.id }
  const { id: requestId } = (await inScope(world.deps.db, scope, (tx) => readRequest(tx, ticket)))!
  const preview = await previewPlan(world.deps, { ...scope, requestId })
  assert.ok(preview.kind === 'plan' && !preview.nameInUse)
  assert.match(linesOf(preview.plan)[0]!.id, /baru\.kukarkab\.example/)
  assert.equal((await check('baru', ticket)).verdict, 'free', 'looking at a plan changes nothing')

  await zoneDriver().apply(preview.plan.dns!)
  const second = await previewPlan(world.deps, { ...scope, requestId })
  assert.ok(second.kind === 'plan' && second.nameInUse, 'what somebody else wrote is pointed out')
  await withdrawRequest(world.deps, applicant, ticket)
  assert.equal((await check('baru')).verdict, 'in-zone')

  const foreign = await checkName(world.deps, {
    officeId: '11111111-1111-4111-8111-111111111111',
    zone: office.zoneId,
    label: 'baru',
  })
  assert.equal(foreign.reason, 'zone-unknown')
  await world.embedded.stop()
  const outage = await check('lain')
  assert.equal(outage.verdict, 'unknown')
  assert.match(outage.text.id, /belum dapat ditanya/)
  assert.equal((await previewPlan(world.deps, { ...scope, requestId })).kind, 'unknown')
})
