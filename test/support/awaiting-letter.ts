import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { refuseRequest } from '../../src/actions/requests/refuse-request.ts'
import { inScope } from '../../src/db/database.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { issueLetter } from '../../src/jobs/issue-letter.ts'
import type { TestApp } from './app.ts'
import { testOrigin } from './app.ts'
import type { TestOffice } from './office.ts'
import { requestsIn } from './walk-request.ts'

const replyStep = 7

/** Refuses a request of an office by the Katingan SOP, so that its reply letter is set. @returns the letter's id */
export async function refusalLetter(portal: TestApp, office: TestOffice, label: string) {
  const { deps } = portal
  const { submitted, read } = requestsIn(() => ({ deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, label)
  const before = await read(office, ticket)
  await refuseRequest(deps, office.member('head-of-office'), ticket, {
    step: before.step!,
    visit: before.visit,
    grounds: [{ code: 'name-not-suitable', text: 'Nama sudah dipakai aplikasi lain.' }],
  })
  const row = await read(office, ticket)
  const actor = office.sop.steps.find(({ no }) => no === replyStep)!.actor
  const role = office.sop.actors.find(({ id }) => id === actor)!.role!
  await completeStep(deps, office.member(role), ticket, { step: replyStep, visit: row.visit, form: {} })
  const pdf = createPdfDriver()
  const settings = { publicUrl: testOrigin, sftpPort: 22 }
  const templatesOf = async () => ({})
  await issueLetter({ ...deps, pdf, settings, templatesOf } as unknown as JobDeps, {
    officeId: office.id,
    requestId: row.id,
    visit: row.visit,
  })
  await pdf.close()
  const { id } = await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('letters').select('id').where('request_id', '=', row.id).executeTakeFirstOrThrow(),
  )
  return { ticket, letterId: id, requestId: row.id }
}
