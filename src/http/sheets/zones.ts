import { notFound } from '../../actions/act.ts'
import { listComparisons, listFindings } from '../../db/office/zone-findings.ts'
import type { Comparison, Finding } from '../../db/office/zone-findings.ts'
import { findZone } from '../../db/office/zones.ts'
import { listZoneRecords } from '../../db/office/zone-records.ts'
import type { FindingStatus } from '../../domain/dns/drift.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { clockOf, momentColumn, numberColumn, textColumn } from '../../domain/sheets/columns.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import { sheetTexts as own } from '../../domain/text/sheets.ts'
import { takeOverTexts } from '../../domain/text/take-over.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf, shortSheet } from './sheet.ts'

type Filter = { readonly zone?: string; readonly statuses: readonly FindingStatus[] }

/** Differences between name servers and the registry. */
export function findingSheet({ say, office }: SheetReader, filter: Filter): Sheet {
  const text = driftTexts
  return sheetOf<Finding>({
    name: 'perbedaan-dns',
    title: say(text.title),
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.type), (row) => row.type),
      textColumn(say(text.kind), (row) => say(text.kinds[row.kind])),
      textColumn(say(text.state), (row) =>
        say(row.status === 'open' && row.proposal ? text.waiting : text.statuses[row.status]),
      ),
      textColumn(say(text.registered), (row) => row.registered?.values.join('\n')),
      numberColumn(say(own.ttlRegistered), (row) => row.registered?.ttl),
      textColumn(say(text.live), (row) => row.live?.values.join('\n')),
      numberColumn(say(own.ttlLive), (row) => row.live?.ttl),
      momentColumn(say(text.foundAt), clockOf(office.timezone), (row) => row.found_at),
    ],
    read: (tx, { limit, last }) =>
      listFindings(tx, filter, { limit, ...(last && { after: { at: last.found_at, id: last.id } }) }),
  })
}

export const isPending = ({ compare_asked_at: asked, compare_tried_at: tried }: Comparison): boolean =>
  asked !== null && (tried === null || tried < asked)

/** How the comparison of a parent domain stands; nothing where none was asked for. */
export const comparisonWord = (zone: Comparison) =>
  isPending(zone)
    ? driftTexts.pending
    : zone.compare_trouble
      ? driftTexts.unknown
      : zone.compared_at
        ? driftTexts.answered
        : undefined

/** When each parent domain was compared. */
export function comparisonSheet({ say, office }: SheetReader): Sheet {
  const text = driftTexts
  return shortSheet<Comparison>({
    name: 'pembandingan-dns',
    title: say(text.zones),
    columns: [
      textColumn(say(text.zone), (row) => row.name),
      momentColumn(say(text.comparedAt), clockOf(office.timezone), (row) => row.compared_at),
      textColumn(say(text.state), (row) => {
        const word = comparisonWord(row)
        return word && say(word)
      }),
      textColumn(say(own.trouble), (row) => row.compare_trouble && say(row.compare_trouble)),
    ],
    all: listComparisons,
  })
}

/** What a parent domain has that belongs to no service. @throws Refused (404) when read, for an unknown one */
export function unownedSheet({ say }: SheetReader, zone: string): Sheet {
  return sheetOf<Rrset>({
    name: 'rekaman-tanpa-pemilik',
    title: say(takeOverTexts.unowned),
    columns: [
      textColumn(say(driftTexts.name), (row) => row.name),
      textColumn(say(driftTexts.type), (row) => row.type),
      textColumn(say(driftTexts.registered), (row) => row.values.join('\n')),
      numberColumn(say(own.ttl), (row) => row.ttl),
    ],
    read: async (tx, { limit, last }) => {
      const found = await findZone(tx, zone)
      if (!found) throw notFound()
      return listZoneRecords(tx, found.id, { limit, ...(last && { after: [last.name, last.type] }) })
    },
  })
}
