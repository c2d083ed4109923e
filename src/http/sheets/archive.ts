import type { Disposal, DisposalItem } from '../../db/archive/disposals.ts'
import { listDisposalItems, listDisposals } from '../../db/archive/disposals.ts'
import type { ArchiveItem } from '../../db/archive/items.ts'
import { listArchive } from '../../db/archive/items.ts'
import type { ScheduleLine } from '../../db/archive/schedule.ts'
import { listSchedule } from '../../db/archive/schedule.ts'
import type { Standing } from '../../domain/archive/standing.ts'
import { clockOf, dayColumn, momentColumn, numberColumn, textColumn } from '../../domain/sheets/columns.ts'
import { archiveRecordTexts } from '../../domain/text/archive-records.ts'
import { disposalTexts } from '../../domain/text/disposal.ts'
import { scheduleTexts } from '../../domain/text/retention-schedule.ts'
import { todayOf } from '../archive/view.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf, shortSheet } from './sheet.ts'

/** Papers of the office with class, days and status: with `permanent` the list for the archive agency. */
export function archiveSheet(reader: SheetReader, standing?: Standing): Sheet {
  const { say } = reader
  const text = archiveRecordTexts
  const today = todayOf(reader)
  return sheetOf<ArchiveItem>({
    name: standing === 'permanent' ? 'daftar-arsip-serah' : 'arsip',
    title: say(standing ? text.standings[standing] : text.title),
    columns: [
      textColumn(say(text.item), (row) => row.name),
      textColumn(say(text.kind), (row) => say(scheduleTexts.papers[row.kind])),
      textColumn(say(scheduleTexts.columns.code), (row) => row.code),
      textColumn(say(scheduleTexts.columns.title), (row) => row.class),
      textColumn(say(text.request), (row) => row.ticket),
      dayColumn(say(text.filedOn), (row) => row.filedOn),
      dayColumn(say(text.activeUntil), (row) => row.activeUntil),
      dayColumn(say(text.inactiveUntil), (row) => row.inactiveUntil),
      textColumn(say(text.fate), (row) => row.fate && say(scheduleTexts.fates[row.fate])),
      textColumn(say(text.standing), (row) => say(text.standings[row.standing])),
      textColumn(say(text.digest), (row) => row.sha256),
    ],
    read: (tx, { limit, last }) =>
      listArchive(
        tx,
        today,
        { standing },
        { limit, ...(last && { after: { at: last.createdAt, id: last.id } }) },
      ),
  })
}

/** The schedule, in the form in which it is imported. */
export function scheduleSheet({ say }: SheetReader): Sheet {
  const { columns, starts, fates, papers, isConfirmed, isDefault } = scheduleTexts
  return shortSheet<ScheduleLine>({
    name: 'jadwal-retensi',
    title: say(scheduleTexts.title),
    columns: [
      textColumn(say(columns.code), (row) => row.code),
      textColumn(say(columns.title), (row) => row.title),
      textColumn(say(columns.starts), (row) => say(starts[row.starts])),
      numberColumn(say(columns.activeYears), (row) => row.activeYears),
      numberColumn(say(columns.inactiveYears), (row) => row.inactiveYears),
      textColumn(say(columns.fate), (row) => say(fates[row.fate])),
      textColumn(say(columns.papers), (row) => row.papers.map((each) => say(papers[each])).join('; ')),
      textColumn(say(columns.state), (row) => say(row.confirmedAt ? isConfirmed : isDefault)),
    ],
    all: listSchedule,
  })
}

/** The proposals of destruction. */
export function disposalSheet({ say, office }: SheetReader): Sheet {
  const text = disposalTexts
  const clock = clockOf(office.timezone)
  return sheetOf<Disposal>({
    name: 'usul-musnah',
    title: say(text.title),
    personal: true,
    columns: [
      momentColumn(say(text.proposedAt), clock, (row) => row.proposedAt),
      textColumn(say(text.proposedBy), (row) => row.proposer),
      numberColumn(say(text.count), (row) => row.count),
      textColumn(say(text.status), (row) => say(text.statuses[row.status])),
      textColumn(say(text.approvedBy), (row) => row.approver),
      textColumn(say(text.consentOf), (row) => row.consent),
      momentColumn(say(text.destroyedAt), clock, (row) => row.destroyedAt),
      textColumn(say(text.record), (row) => row.letterNumber),
    ],
    read: (tx, { limit, last }) =>
      listDisposals(tx, { limit, ...(last && { after: { at: last.proposedAt, id: last.id } }) }),
  })
}

/** What one proposal names (daftar arsip usul musnah). */
export function disposalItemSheet({ say }: SheetReader, id: string): Sheet {
  const text = disposalTexts
  return shortSheet<DisposalItem>({
    name: 'daftar-arsip-usul-musnah',
    title: say(text.items),
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.kind), (row) => say(scheduleTexts.papers[row.paper])),
      textColumn(say(archiveRecordTexts.request), (row) => row.number.replace(/^-$/, '')),
      textColumn(say(scheduleTexts.columns.code), (row) => row.code),
      textColumn(say(scheduleTexts.columns.title), (row) => row.title),
      dayColumn(say(text.filedOn), (row) => row.filed_on),
      dayColumn(say(text.dueOn), (row) => row.due_on),
      textColumn(say(text.fate), (row) => say(scheduleTexts.fates[row.fate])),
      textColumn(say(text.state), (row) => say(text.states[row.state])),
      textColumn(say(text.keepReason), (row) => row.kept_reason),
      textColumn(say(archiveRecordTexts.digest), (row) => row.sha256),
    ],
    all: (tx) => listDisposalItems(tx, id),
  })
}
