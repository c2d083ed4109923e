import { listIncoming, listRegister } from '../../db/letters/register.ts'
import type { IncomingLetter, RegisteredLetter } from '../../db/letters/register.ts'
import { listWaiting } from '../../db/letters/signings.ts'
import type { WaitingLetter } from '../../db/letters/signings.ts'
import { listWitnesses } from '../../db/logbook-tree/witnesses.ts'
import type { WitnessRow } from '../../db/logbook-tree/witnesses.ts'
import { listEntries, readActorTitles } from '../../db/oversight/logbook.ts'
import type { LogbookRow } from '../../db/oversight/logbook.ts'
import type { RegisterCode } from '../../db/schema/letters.ts'
import { exporters } from '../../domain/access/duties.ts'
import { mayOpen } from '../../domain/access/who.ts'
import { readingActs } from '../../domain/logbook/readings.ts'
import { Refused } from '../../domain/refused.ts'
import { clockOf, dayColumn, momentColumn, numberColumn, textColumn } from '../../domain/sheets/columns.ts'
import { actText } from '../../domain/text/acts.ts'
import { checkpointTexts } from '../../domain/text/checkpoints.ts'
import { letterTexts, logbookTexts } from '../../domain/text/oversight.ts'
import { sheetTexts as own } from '../../domain/text/sheets.ts'
import { archiveTexts, signPageTexts } from '../../domain/text/signing.ts'
import { actorWords, filterOf, subjectWords } from '../logbook.ts'
import type { LogbookQuestion } from '../logbook.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf, shortSheet } from './sheet.ts'

export const letterKind = (kind: string) => letterTexts.kinds[kind] ?? { id: kind, en: kind }

/** The register of letters that went out, or of hand-over notes. */
export function letterSheet({ say }: SheetReader, register: Exclude<RegisterCode, 'incoming'>): Sheet {
  const text = letterTexts
  return sheetOf<RegisteredLetter>({
    name: register === 'outgoing' ? 'surat-keluar' : 'serah-terima',
    title: say(text[register]),
    columns: [
      textColumn(say(text.number), (row) => row.number),
      dayColumn(say(text.dated), (row) => row.dated),
      textColumn(say(text.kind), (row) => say(letterKind(row.kind))),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(text.request), (row) => row.ticket),
      textColumn(say(text.status), (row) => say(text[row.status])),
      textColumn(say(archiveTexts.number), (row) => row.archiveNumber),
      dayColumn(say(archiveTexts.date), (row) => row.archiveDate),
      textColumn(say(archiveTexts.linkOf), (row) => row.archiveLink),
    ],
    read: (tx, { limit, last }) => listRegister(tx, register, { limit, ...(last && { before: last }) }),
  })
}

/** The register of letters that came in. */
export function incomingSheet({ say, office }: SheetReader): Sheet {
  const text = letterTexts
  return sheetOf<IncomingLetter>({
    name: 'surat-masuk',
    title: say(text.incoming),
    columns: [
      textColumn(say(text.agendaNumber), (row) => row.number),
      momentColumn(say(text.received), clockOf(office.timezone), (row) => row.receivedAt),
      textColumn(say(text.theirNumber), (row) => row.theirNumber),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(text.request), (row) => row.ticket),
    ],
    read: (tx, { limit, last }) => listIncoming(tx, { limit, ...(last && { before: last.event }) }),
  })
}

/** What waits for the signature of whoever asks. */
export function waitingSheet({ say, office, member }: SheetReader): Sheet {
  const text = letterTexts
  return shortSheet<WaitingLetter>({
    name: 'menunggu-tanda-tangan',
    title: say(signPageTexts.listTitle),
    columns: [
      textColumn(say(text.number), (row) => row.number),
      textColumn(say(text.kind), (row) => say(letterKind(row.kind))),
      textColumn(say(text.agency), (row) => row.agency),
      momentColumn(say(signPageTexts.since), clockOf(office.timezone), (row) => row.since),
    ],
    all: (tx) => listWaiting(tx, member.personId),
  })
}

/**
 * The logbook as a table. It proves nothing by itself: that is what the export is for.
 * @throws Refused (403) for readers who may not take the logbook along
 */
export function logbookSheet({ say, office, member }: SheetReader, question: LogbookQuestion): Sheet {
  if (!mayOpen(exporters, member.roles)) throw new Refused('not-allowed', own.notExporter, { status: 403 })
  const filter = filterOf(question, office.timezone)
  const text = logbookTexts
  let titles: ReadonlyMap<string, string> = new Map()
  return sheetOf<LogbookRow>({
    name: 'buku-log',
    title: say(text.title),
    personal: true,
    columns: [
      numberColumn(say(text.number), (row) => row.seq),
      momentColumn(say(text.time), clockOf(office.timezone), (row) => row.at),
      textColumn(say(text.act), (row) => say(actText(row.act))),
      textColumn(say(text.actor), (row) => actorWords(row, titles, say)),
      textColumn(say(text.subject), (row) => subjectWords(row, say)),
      textColumn(say(text.whose), whoseOf),
      textColumn(say(own.hash), (row) => row.hash),
      textColumn(say(own.canonical), (row) => row.text),
    ],
    read: async (tx, { limit, last }) => {
      if (!last) titles = await readActorTitles(tx)
      return listEntries(tx, filter, { limit, ...(last && { before: last.seq }) })
    },
  })
}

/** Whose data was read: addresses while they are not erased, and who is on record. */
const whoseOf = ({ act, openings, ofWhom, about }: LogbookRow): string =>
  readingActs.includes(act)
    ? [...new Set([...Object.values(openings), ofWhom, about])].filter(Boolean).join(', ')
    : ''

/** Those who watch over the office's logbook from outside. */
export function witnessSheet({ say, office }: SheetReader): Sheet {
  const text = checkpointTexts
  return shortSheet<WitnessRow>({
    name: 'saksi-buku-log',
    title: say(text.witnesses),
    columns: [
      textColumn(say(text.witness), (row) => row.organisation),
      textColumn(say(text.witnessKey), (row) => row.vkey),
      momentColumn(say(text.lastSeen), clockOf(office.timezone), (row) => row.last?.at),
      textColumn(say(own.outcomeText), (row) =>
        say(row.endedAt ? text.ended : row.last ? text.seen(row.last.size) : text.never),
      ),
    ],
    all: listWitnesses,
  })
}
