import { serviceClosed } from '../../domain/fulfilment/service-closed.ts'
import { decide } from '../../domain/requests/decide.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import type { Tx } from '../../db/database.ts'
import { readProvisioning, updateProvisioning } from '../../db/fulfilment/provisionings.ts'
import type { Deps, SystemActor, Write } from '../act.ts'
import { act } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { loadRequestById } from '../requests/load.ts'
import { move } from '../requests/move.ts'
import { takeOverService } from '../takeovers/take-over-service.ts'
import type { Provisioned } from './services.ts'
import { changeContacts, changeRecords, closeService, openService, renewService } from './services.ts'

/**
 * Records that the service was seen from outside: registry, credentials page, timeline and logbook in one
 * transaction, and the request goes on. Doing it twice changes nothing, and work that was called off meanwhile is
 * not recorded: it is on its way back.
 */
export async function recordProvisioned(deps: Deps, actor: SystemActor, input: Provisioned): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const loaded = await loadRequestById(tx, input.requestId)
    const { row, sop } = loaded
    if (row.stage !== 'working' || row.visit !== input.visit || row.step === null) {
      write.note({ act: 'service.already-recorded', subject: { kind: 'request', id: row.ticket } })
      return
    }
    const provisioning = await readProvisioning(tx, row.id, input.visit)
    if (provisioning?.status === 'undoing') {
      write.note({ act: 'service.called-off', subject: { kind: 'request', id: row.ticket } })
      return
    }
    await keepService(deps, tx, write, loaded, input)
    if (provisioning && input.evidence)
      await updateProvisioning(tx, provisioning.id, {
        status: 'recorded',
        evidence: input.evidence,
        at: deps.now(),
      })
    const decision = decide(sop, row.state, { type: 'effect-done', step: row.step }, { kind: 'system' })
    await move(deps, actor, tx, write, loaded, decision, {
      type: 'effect-done',
      data: { effect: 'provision' },
    })
  })
}

/**
 * Holds the service until the commit: two requests about one service may end at once.
 * @throws Refused `service-closed`
 */
async function requireLive(tx: Tx, row: LoadedRequest['row']): Promise<void> {
  const service = await tx
    .selectFrom('services')
    .select('status')
    .where('id', '=', row.service_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (service.status !== 'live') throw serviceClosed(row)
}

async function keepService(
  deps: Deps,
  tx: Tx,
  write: Write,
  loaded: LoadedRequest,
  input: Provisioned,
): Promise<void> {
  const { row } = loaded
  if (row.service_id && row.fulfilment !== 'manual') await requireLive(tx, row)
  switch (row.fulfilment as Fulfilment) {
    case 'subdomain':
    case 'subdomain-hosting':
    case 'hosting':
      return openService(deps, tx, write, loaded, input)
    case 'record-change':
      return changeRecords(tx, write, loaded, input)
    case 'contact-change':
      return changeContacts(deps, tx, write, loaded)
    case 'contact-takeover':
      return takeOverService(deps, tx, write, loaded)
    case 're-registration':
      return renewService(deps, tx, write, loaded)
    case 'closure':
      return closeService(deps, tx, write, loaded, input)
    case 'manual':
      return write.note({
        act: 'service.done-by-hand',
        subject: { kind: 'request', id: row.ticket },
        details: { kind: row.kind },
      })
  }
}
