import { cursorOf, listRequests } from '../../db/requests/lists.ts'
import type { ListedRequest } from '../../db/requests/lists.ts'
import { listServices } from '../../db/services/lists.ts'
import type { ListedService, ServiceFile, ServiceView } from '../../db/services/lists.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { standingOf, phaseOf } from '../../domain/requests/standing.ts'
import {
  clockOf,
  dayColumn,
  dayIn,
  momentColumn,
  numberColumn,
  textColumn,
} from '../../domain/sheets/columns.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import { requestPageTexts } from '../../domain/text/request-page.ts'
import { phaseTexts } from '../../domain/text/requests.ts'
import { serviceTexts } from '../../domain/text/services.ts'
import { sheetTexts as own } from '../../domain/text/sheets.ts'
import { filterOf } from '../requests/lists.ts'
import type { View } from '../requests/lists.ts'
import { deploymentWords, dueBy, filterFor, kindText, serviceStanding } from '../services/view.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf, shortSheet } from './sheet.ts'

/** What a list of requests or services is narrowed to. */
type Asked<Name> = { readonly view: Name; readonly search?: string | undefined }

/** Views that stand by the time left; the others by creation, the newest first. */
const byUrgency: readonly View[] = ['mine', 'open', 'running']
export const orderOf = (view: View): 'urgency' | 'newest' => (byUrgency.includes(view) ? 'urgency' : 'newest')

/** The inbox and the lists of requests; with who holds one it names people. */
export function requestSheet(reader: SheetReader, { view, search }: Asked<View>): Sheet {
  const { deps, member, office, say } = reader
  const clock = clockOf(office.timezone)
  const text = requestPageTexts
  const now = deps.now()
  const isLate = ({ phase, due_at: due }: ListedRequest) => phase === 'running' && due !== null && due < now
  return sheetOf<ListedRequest>({
    name: 'permohonan',
    title: say(text.list),
    personal: true,
    columns: [
      textColumn(say(text.columnRequest), (row) => row.ticket),
      textColumn(say(own.agency), (row) => row.agency),
      textColumn(say(text.columnName), (row) => row.fqdn ?? row.label),
      textColumn(say(own.kind), (row) => {
        const kind = kindsOf(row.sop).find(({ id }) => id === row.kind)
        return kind ? say(kind.label) : row.kind
      }),
      textColumn(say(own.phase), (row) => say(phaseTexts[phaseOf({ ...row, dueAt: null })])),
      textColumn(say(text.columnStanding), (row) =>
        say(standingOf(row.sop, { ...row, dueAt: null }, office.timezone, now)),
      ),
      textColumn(say(own.holder), (row) => row.holderName),
      momentColumn(say(text.columnDue), clock, (row) => row.due_at),
      textColumn(say(own.late), (row) => (row.due_at ? say(isLate(row) ? own.yes : own.no) : null)),
      textColumn(say(own.trouble), (row) => row.trouble && say(text.trouble)),
    ],
    read: async (tx, { limit, last }) => {
      const rows = await listRequests(tx, {
        ...(await filterOf(tx, member, view)),
        order: orderOf(view),
        limit,
        ...(search !== undefined && { search }),
        ...(last && { after: cursorOf(last) }),
      })
      return rows.slice(0, limit)
    },
  })
}

/** The services of the office: live, due or closed. */
export function serviceSheet(reader: SheetReader, { view, search }: Asked<ServiceView>): Sheet {
  const { deps, member, office, say } = reader
  const text = serviceTexts
  const today = localDate(deps.now(), office.timezone)
  const due = dueBy(deps.now(), office.timezone)
  return sheetOf<ListedService>({
    name: 'layanan',
    title: say(text.title),
    columns: [
      textColumn(say(text.name), (row) => row.fqdn),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(text.kind), (row) => say(kindText(row))),
      dayColumn(say(text.registeredUntil), (row) => row.registeredUntil),
      textColumn(say(text.status), (row) => say(serviceStanding(row, today, due).word)),
      dayColumn(say(text.closed), (row) => dayIn(row.closedAt, office.timezone)),
    ],
    read: (tx, { limit, last }) =>
      listServices(tx, filterFor(member, view, search, due), {
        limit,
        ...(last && { after: [last.fqdn, last.id] }),
      }),
  })
}

/** The records of one service. */
export const recordSheet = ({ say }: SheetReader, service: ServiceFile): Sheet =>
  shortSheet<ServiceFile['records'][number]>({
    name: 'rekaman-dns',
    title: say(serviceTexts.records),
    columns: [
      textColumn(say(serviceTexts.type), (row) => row.type),
      textColumn(say(serviceTexts.value), (row) => row.value),
    ],
    all: async () => service.records,
  })

/** What was put on the site of one service, the newest of it, as its page shows. */
export const deploymentSheet = ({ say, office }: SheetReader, service: ServiceFile): Sheet =>
  shortSheet<ServiceFile['deployments'][number]>({
    name: 'isi-situs',
    title: say(serviceTexts.deployments),
    columns: [
      textColumn(say(serviceTexts.file), (row) => row.filename),
      momentColumn(say(serviceTexts.time), clockOf(office.timezone), (row) => row.at),
      textColumn(say(serviceTexts.outcome), (row) => say(deploymentWords[row.status])),
      textColumn(say(own.outcomeText), (row) => row.outcome && say(row.outcome)),
      numberColumn(say(own.bytes), (row) => row.size),
    ],
    all: async () => service.deployments,
  })
