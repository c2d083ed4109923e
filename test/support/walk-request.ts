import assert from 'node:assert/strict'
import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import type { Deps, Member } from '../../src/actions/act.ts'
import { inScope } from '../../src/db/database.ts'
import { checklistOf } from '../../src/domain/requests/step-forms.ts'
import { activities } from '../../src/domain/sop/activities.ts'
import { stepOf } from '../../src/domain/sop/graph.ts'
import { sampleApplication, samplePdf } from './office.ts'
import type { TestOffice } from './office.ts'
import type { TestWorld } from './world.ts'

/** Requests of a world, carried by its members along the office's SOP. */
export function requestsIn(world: () => Pick<TestWorld, 'drain'> & { readonly deps: Deps }) {
  const read = (office: TestOffice, ticket: string) =>
    inScope(world().deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('requests').selectAll().where('ticket', '=', ticket).executeTakeFirstOrThrow(),
    )

  /** A draft with everything that sending it asks for. */
  async function drafted(
    office: TestOffice,
    label: string,
    more: Record<string, unknown> = {},
  ): Promise<string> {
    const applicant = office.member('applicant')
    const { ticket } = await createDraft(world().deps, applicant, {
      kind: 'subdomain-hosting',
      agencyId: office.agencyId,
      zoneId: office.zoneId,
      application: { ...sampleApplication(label), ...contactOf(applicant) },
      ...more,
    })
    for (const kind of ['application-letter', 'application-form'])
      if (office.sop.steps.some((step) => step.requirements.some((each) => each.document === kind)))
        await attachDocument(world().deps, applicant, ticket, {
          kind,
          filename: 'surat.pdf',
          mediaType: 'application/pdf',
          content: { pages: 1, carries: [] },
          bytes: samplePdf,
        })
    return ticket
  }

  async function submitted(...given: Parameters<typeof drafted>): Promise<string> {
    const ticket = await drafted(...given)
    await submitRequest(world().deps, given[0].member('applicant'), ticket)
    return ticket
  }

  /** Walks a request to its end, each step by a member who may do it and with every decision going on. */
  async function walk(
    office: TestOffice,
    ticket: string,
    untilStep = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    for (let moves = 0; moves < 50; moves += 1) {
      await world().drain()
      const row = await read(office, ticket)
      if (row.phase === 'ended' || row.step! >= untilStep) return
      assert.equal(row.stage, 'acting', JSON.stringify(row.trouble))
      const step = stepOf(office.sop, row.step!)
      const role = office.sop.actors.find((actor) => actor.id === step.actor)!.role!
      const forms: Record<string, unknown> = {
        disposition: { instruction: 'Untuk ditindaklanjuti.' },
        coordination: { conclusion: 'Setuju dilanjutkan.' },
        checklist: {
          items: checklistOf(office.sop, step).map(({ item }) => ({ item, verdict: 'complete' })),
        },
        'pse-findings': { conclusion: 'Data lengkap.' },
        plan: { confirmed: true },
      }
      await completeStep(world().deps, office.member(role), ticket, {
        step: step.no,
        visit: row.visit,
        form: forms[activities[step.activity].form] ?? {},
        ...(step.decision ? { outcome: step.decision.outcomes[0]!.id } : {}),
      })
    }
    assert.fail('the request does not end')
  }

  return { drafted, read, submitted, walk }
}

/** The technical contact is the applicant, who has an account. */
function contactOf(member: Member) {
  const technical = { name: member.name, post: 'Staf', phone: '0800 0000 000', email: member.email }
  return { technical, administrative: technical }
}
