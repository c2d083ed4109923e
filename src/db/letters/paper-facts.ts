import { localDate } from '../../domain/dates/zones.ts'
import type { PaperFacts } from '../../domain/fulfilment/papers.ts'
import type { Ground } from '../../domain/requests/grounds.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import { fileAccessOf, sftpPortOf } from '../../domain/office/server-drivers.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import { readInUse } from '../certificates/certificates.ts'
import type { Tx } from '../database.ts'
import { readHead } from '../logbook.ts'
import { listEvents } from '../requests/events.ts'
import { headSignature } from './signatories.ts'
import { readServer } from '../office/servers.ts'
import type { RequestRow } from '../requests/requests.ts'

/** `sftpPort` is that of the embedded site host. */
export type PaperSettings = { readonly publicUrl: string; readonly sftpPort: number }

/** Reads all that a letter about this request says; number, date and code are added by who takes them. */
export async function readPaperFacts(
  tx: Tx,
  row: RequestRow,
  sop: SopDocument,
  settings: PaperSettings,
): Promise<Omit<PaperFacts, 'number' | 'dated' | 'at' | 'code'>> {
  const office = await tx
    .selectFrom('offices')
    .selectAll()
    .where('id', '=', row.office_id)
    .executeTakeFirstOrThrow()
  const agency = await tx
    .selectFrom('agencies')
    .select(['name', 'head_post'])
    .where('id', '=', row.agency_id)
    .executeTakeFirstOrThrow()
  const service = row.service_id
    ? await tx
        .selectFrom('services')
        .select(['registered_until', 'has_site', 'host_id'])
        .where('id', '=', row.service_id)
        .executeTakeFirst()
    : undefined
  const host = service?.host_id ? await readServer(tx, service.host_id) : undefined
  const reveal = await tx
    .selectFrom('credential_reveals')
    .select('expires_at')
    .where('request_id', '=', row.id)
    .where('status', '=', 'ready')
    .executeTakeFirst()
  const events = await listEvents(tx, row.id)
  const head = await readHead(tx, row.office_id)
  return {
    office,
    agency: { name: agency.name, headPost: agency.head_post },
    request: {
      ticket: row.ticket,
      kindLabel: kindsOf(sop).find((kind) => kind.id === row.kind)?.label.id ?? row.kind,
      fulfilment: row.fulfilment as Fulfilment,
      fqdn: row.fqdn,
      application: row.form,
    },
    service: service
      ? {
          registeredUntil: service.registered_until,
          hasSite: service.has_site,
          isSecure: (await readInUse(tx, row.service_id!)) !== undefined,
        }
      : null,
    verdict: row.state.verdict,
    grounds: lastGrounds(events),
    signature: await headSignature(tx, office.name),
    publicUrl: settings.publicUrl,
    fileAccess: fileAccessOf(host?.driver ?? null),
    sftpPort: host ? sftpPortOf(host) : settings.sftpPort,
    head: { entries: head.seq, hash: head.hash },
    revealUntil: reveal ? localDate(reveal.expires_at, office.timezone) : null,
    remark: lastRemark(events, row.step),
  }
}

function lastGrounds(events: readonly TimelineEvent[]): readonly Ground[] {
  const refusal = events.findLast((event) => event.type === 'refused')
  return (refusal?.data.grounds as readonly Ground[] | undefined) ?? []
}

/** What the officer wrote into the form of the step that ends with this paper. */
function lastRemark(events: readonly TimelineEvent[], step: number | null): string | null {
  const done = events.findLast((event) => event.type === 'completed' && event.step === step)
  const form = done?.data.form as { body?: string; note?: string } | undefined
  return form?.body || form?.note || null
}
