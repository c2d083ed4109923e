import { localDate, zoneLabel, zoneOffsetMs } from '../dates/zones.ts'
import type { LocalDate, Zone } from '../dates/zones.ts'

/** What stands in a cell: a text, a number, a day of the calendar (as text), a moment; nothing. */
export type CellValue = string | number | Date | null

export type Kind = 'text' | 'number' | 'day' | 'moment'

/** The head of a column. The kind says how its values are written, so that no value is guessed at. */
export type Head = { readonly header: string; readonly kind: Kind }

export type SheetColumn<Row> = Head & { readonly read: (row: Row) => CellValue }

type Maybe<Value> = Value | null | undefined

export function textColumn<Row>(header: string, read: (row: Row) => Maybe<string>): SheetColumn<Row> {
  return { header, kind: 'text', read: (row) => read(row) || null }
}

/** A number that somebody counts with; a number that only names (a letter, a NIP) is a text. */
export function numberColumn<Row>(header: string, read: (row: Row) => Maybe<number>): SheetColumn<Row> {
  return { header, kind: 'number', read: (row) => read(row) ?? null }
}

export function dayColumn<Row>(header: string, read: (row: Row) => Maybe<LocalDate>): SheetColumn<Row> {
  return { header, kind: 'day', read: (row) => read(row) ?? null }
}

/** The clock that a table's moments are told by. */
export type Clock = { readonly label: string; readonly offsetMs: number }

export const utcClock: Clock = { label: 'UTC', offsetMs: 0 }
export const clockOf = (zone: Zone): Clock => ({ label: zoneLabel(zone), offsetMs: zoneOffsetMs(zone) })

/** A moment by the wall clock; its header names the clock, since a cell cannot. */
export function momentColumn<Row>(
  header: string,
  clock: Clock,
  read: (row: Row) => Maybe<Date>,
): SheetColumn<Row> {
  const onWall = (at: Date) => new Date(at.getTime() + clock.offsetMs)
  return {
    header: `${header} (${clock.label})`,
    kind: 'moment',
    read: (row) => {
      const at = read(row)
      return at ? onWall(at) : null
    },
  }
}

/** The day of a moment in the zone. */
export const dayIn = (at: Maybe<Date>, zone: Zone): LocalDate | null => (at ? localDate(at, zone) : null)

/** A text as a file may hold it: whole characters, of the control characters only tab and line end. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, '\ufffd')
