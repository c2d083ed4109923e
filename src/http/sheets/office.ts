import { readCalendarFile } from '../../db/calendar-admin.ts'
import { listSignatories } from '../../db/letters/signatories.ts'
import type { SignatoryRow } from '../../db/letters/signatories.ts'
import { listZones } from '../../db/office/registers.ts'
import type { ZoneRow } from '../../db/office/registers.ts'
import { listServers } from '../../db/office/servers.ts'
import type { ServerFile } from '../../db/office/servers.ts'
import { listAgencies } from '../../db/registry/agencies.ts'
import type { AgencyRow } from '../../db/registry/agencies.ts'
import { listAllSops, listVersions, readSop } from '../../db/sops-admin.ts'
import type { SopRow, SopVersionRow } from '../../db/sops-admin.ts'
import type { Holiday } from '../../domain/calendar/calendar.ts'
import { serverDrivers } from '../../domain/office/server-drivers.ts'
import { clockOf, dayColumn, momentColumn, numberColumn, textColumn } from '../../domain/sheets/columns.ts'
import { calendarPageTexts } from '../../domain/text/calendar-pages.ts'
import { serverPageTexts } from '../../domain/text/office-servers.ts'
import { registryTexts } from '../../domain/text/registry.ts'
import { officeTexts } from '../../domain/text/office.ts'
import { sheetTexts as own } from '../../domain/text/sheets.ts'
import { signatoryPageTexts } from '../../domain/text/signing.ts'
import { sopTexts } from '../../domain/text/sop-pages.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf, shortSheet } from './sheet.ts'

/** The agencies that apply. */
export function agencySheet({ say }: SheetReader): Sheet {
  const text = registryTexts
  return sheetOf<AgencyRow>({
    name: 'perangkat-daerah',
    title: say(text.agencies),
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.shortName), (row) => row.shortName),
      textColumn(say(text.headPost), (row) => row.headPost),
      numberColumn(say(text.services), (row) => row.services),
      textColumn(say(text.status), (row) => say(row.archivedAt ? text.archived : text.active)),
    ],
    read: (tx, { limit, last }) => listAgencies(tx, { limit, ...(last && { after: last.name }) }),
  })
}

/** Where an SOP stands, in a word. */
export const sopWord = ({ retiredAt, currentVersion }: SopRow) =>
  retiredAt ? sopTexts.retired : currentVersion === null ? sopTexts.draft : sopTexts.inForce

/** The SOPs of the office. */
export function sopSheet({ say }: SheetReader): Sheet {
  const text = sopTexts
  return sheetOf<SopRow>({
    name: 'sop',
    title: say(text.list),
    columns: [
      textColumn(say(text.name), (row) => row.name),
      numberColumn(say(text.version), (row) => row.currentVersion),
      textColumn(say(text.status), (row) => say(sopWord(row))),
    ],
    read: (tx, { limit, last }) => listAllSops(tx, { limit, ...(last && { after: [last.name, last.slug] }) }),
  })
}

/** Where a version of an SOP stands, in a word. */
export const versionWord = ({ status, version }: SopVersionRow, { currentVersion }: SopRow) =>
  status === 'draft' ? sopTexts.draft : version === currentVersion ? sopTexts.inForce : sopTexts.published

/** The versions of one SOP; none for an unknown one. */
export function versionSheet({ say, office }: SheetReader, slug: string): Sheet {
  const text = sopTexts
  type Row = SopVersionRow & { readonly word: string }
  return shortSheet<Row>({
    name: 'versi-sop',
    title: say(text.versions),
    columns: [
      numberColumn(say(text.version), (row) => row.version),
      momentColumn(say(text.time), clockOf(office.timezone), (row) => row.publishedAt ?? row.createdAt),
      textColumn(say(text.status), (row) => row.word),
    ],
    all: async (tx) => {
      const sop = await readSop(tx, slug)
      const versions = sop ? await listVersions(tx, sop.id) : []
      return versions.map((row) => ({ ...row, word: say(versionWord(row, sop!)) }))
    },
  })
}

/** The servers that the office works with; of their settings no word. */
export function serverSheet({ say }: SheetReader): Sheet {
  const text = serverPageTexts
  const state = ({ check }: ServerFile) => (check ? (check.ok ? text.works : text.fails) : text.notChecked)
  return shortSheet<ServerFile>({
    name: 'server',
    title: say(text.title),
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.driver), (row) => say(serverDrivers[row.driver].title)),
      textColumn(say(text.state), (row) => say(state(row))),
      textColumn(say(text.standard), (row) => say(row.isDefault ? own.yes : own.no)),
    ],
    all: listServers,
  })
}

/** Who signs for the office; no NIK and no NIP, which the page does not show either. */
export function signatorySheet({ say }: SheetReader): Sheet {
  const text = signatoryPageTexts
  return shortSheet<SignatoryRow>({
    name: 'penanda-tangan',
    title: say(text.title),
    personal: true,
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(own.acting), (row) => row.acting),
      textColumn(say(text.post), (row) => row.post),
      dayColumn(say(text.from), (row) => row.fromDay),
      dayColumn(say(text.until), (row) => row.untilDay),
      textColumn(say(text.way), (row) => row.serverName ?? say(text.byHand)),
    ],
    all: listSignatories,
  })
}

/** The parent domains of the office. */
export function zoneSheet({ say }: SheetReader): Sheet {
  const text = officeTexts
  return shortSheet<ZoneRow>({
    name: 'domain',
    title: say(text.zones),
    columns: [
      textColumn(say(text.zone), (row) => row.name),
      textColumn(say(text.zoneStatus), (row) =>
        say(row.status === 'ready' ? text.zoneReady : text.zoneCreating),
      ),
    ],
    all: listZones,
  })
}

/** Holidays and days off, the latest first. */
export function holidaySheet({ say, member }: SheetReader): Sheet {
  const text = calendarPageTexts
  return shortSheet<Holiday>({
    name: 'hari-libur',
    title: say(text.holidays),
    columns: [
      dayColumn(say(text.date), (row) => row.date),
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.kind), (row) => say(text.kinds[row.kind])),
      textColumn(say(text.source), (row) => say(text.sources[row.source])),
    ],
    all: async (tx) => (await readCalendarFile(tx, member.officeId)).holidays.toReversed(),
  })
}
