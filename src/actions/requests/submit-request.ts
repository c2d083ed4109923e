import { decide } from '../../domain/requests/decide.ts'
import type { PreparedApplication } from '../../domain/requests/prepare.ts'
import { prepareApplication } from '../../domain/requests/prepare.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { Refused } from '../../domain/refused.ts'
import { fulfilmentTexts } from '../../domain/text/fulfilment.ts'
import { mailTexts } from '../../domain/text/mails.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { defaultHost } from '../../db/office/servers.ts'
import { heldWithin, holdName, releaseNames } from '../../db/requests/names.ts'
import { applicantsOf } from '../../db/requests/recipients.ts'
import type { ObjectionLinks } from '../takeovers/open-takeover.ts'
import { openTakeover } from '../takeovers/open-takeover.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act } from '../act.ts'
import { sendMails } from '../send-mails.ts'
import type { LoadedRequest } from './load.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/**
 * Sends a draft, or sends a corrected application back to whoever returned it. The whole application is
 * checked, the name is held against everybody else, and the next person is told.
 *
 * @throws Refused `application-incomplete`, `name-taken`, `service-closed`, `document-missing`, or what decide() refuses
 */
export async function submitRequest(
  deps: Deps,
  member: Member,
  ticket: string,
  input: { readonly visit?: number; readonly objectionLinks?: ObjectionLinks } = {},
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const doer = doerOf(member, loaded)
    const first = row.phase === 'draft'
    const decision = first
      ? decide(sop, row.state, { type: 'submit' }, doer)
      : decide(sop, row.state, { type: 'complete', step: row.step ?? 0, visit: input.visit }, doer)
    const prepared = await prepare(tx, loaded, deps.now())
    await keepApplication(deps, tx, loaded, prepared)
    if (row.fulfilment === 'contact-takeover')
      await openTakeover(deps, member, tx, write, loaded, prepared.application, input.objectionLinks!)
    const started = { ...loaded, row: first ? { ...row, state: startedState(loaded) } : row }
    await move(deps, member, tx, write, started, decision, {
      type: 'completed',
      data: { activity: 'submit' },
    })
    if (first) await confirmReceipt(deps, tx, write, row, prepared)
    write.note({
      act: first ? 'request.submitted' : 'request.resubmitted',
      subject: { kind: 'request', id: ticket },
      role: 'applicant',
      details: {
        kind: row.kind,
        sop: sop.id,
        version: row.sop_version,
        name: prepared.name?.fqdn ?? row.fqdn,
      },
      personal: {
        signatory: prepared.application.letter.signatory,
        administrative: prepared.application.administrative.name,
        technical: prepared.application.technical.name,
      },
    })
  })
}

/** The agency and both contacts hear at once that the application came, and under which number. */
async function confirmReceipt(
  deps: Deps,
  tx: Tx,
  write: Write,
  row: LoadedRequest['row'],
  { application, fqdn }: Prepared,
): Promise<void> {
  const { name: office } = await tx
    .selectFrom('offices')
    .select('name')
    .where('id', '=', row.office_id)
    .executeTakeFirstOrThrow()
  const applicants = await applicantsOf(tx, row)
  const people = [...applicants, application.administrative, application.technical]
  const mail = mailTexts.received({ ticket: row.ticket, service: fqdn ?? row.kind, office })
  await sendMails(
    deps,
    write,
    people.map(({ email }) => email),
    mail,
  )
}

/** A draft stands on no step; for the timeline it leaves the first one the moment it is sent. */
function startedState({ row, sop }: LoadedRequest) {
  return { ...row.state, phase: 'running' as const, at: sop.steps[0]!.no, visit: row.state.visit + 1 }
}

type Prepared = PreparedApplication & { readonly fqdn: string | null }

async function prepare(tx: Tx, { row, sop }: LoadedRequest, at: Date): Promise<Prepared> {
  const zone = row.zone_id
    ? await tx.selectFrom('zones').select('name').where('id', '=', row.zone_id).executeTakeFirstOrThrow()
    : null
  const service = row.service_id
    ? await tx
        .selectFrom('services')
        .innerJoin('zones', 'zones.id', 'services.zone_id')
        .select(['services.id', 'has_site', 'fqdn', 'records', 'services.status', 'zones.name as zone'])
        .where('services.id', '=', row.service_id)
        .executeTakeFirstOrThrow()
    : null
  if (service?.status === 'closed')
    throw new Refused('service-closed', fulfilmentTexts.closedBeforeSending(service.fqdn), { status: 409 })
  const prepared = prepareApplication(row.form, {
    kind: kindsOf(sop).find((each) => each.id === row.kind)!,
    today: localDate(at, sop.office.timezone),
    zone: zone?.name ?? null,
    service: service && {
      hasSite: service.has_site,
      fqdn: service.fqdn,
      zone: service.zone,
      records: service.records as Rrset[],
      others: await heldWithin(tx, { fqdn: service.fqdn, serviceId: service.id }),
    },
    kindForm: sop.serves.find((each) => each.id === row.kind)?.form ?? [],
    ownHost: (await defaultHost(tx)) !== undefined,
  })
  return { ...prepared, fqdn: prepared.name?.fqdn ?? service?.fqdn ?? null }
}

/** Stores the checked application and moves the hold to the name that is now applied for. */
async function keepApplication(
  deps: Deps,
  tx: Tx,
  { row }: LoadedRequest,
  { application, name, fqdn }: Prepared,
): Promise<void> {
  const at = deps.now()
  if (name && name.fqdn !== row.fqdn) {
    await releaseNames(tx, row.id, at)
    await holdName(tx, { id: deps.newId(), officeId: row.office_id, fqdn: name.fqdn, requestId: row.id, at })
  }
  await tx
    .updateTable('requests')
    .set({
      form: json(application),
      fqdn,
      ...(row.submitted_at === null ? { submitted_at: at } : {}),
    })
    .where('id', '=', row.id)
    .execute()
}
