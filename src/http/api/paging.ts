import { z } from '@hono/zod-openapi'
import { Refused } from '../../domain/refused.ts'
import type { RegisterPlace } from '../../db/letters/register.ts'
import type { Place } from '../../db/page.ts'
import { httpTexts } from '../../domain/text/http.ts'

const defaultLimit = 25
const maxLimit = 100

/** Query parameters of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(maxLimit).default(defaultLimit),
  cursor: z.string().max(500).optional().openapi({ description: '`next` of the page before.' }),
})

/** The answer of a list: its items and where the next page starts. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/**
 * Cuts a list that was read with one row more than asked for.
 * @param key the values by which the list is ordered, of the last row shown
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly string[],
): { rows: readonly Row[]; next: string | null } {
  if (rows.length <= limit) return { rows, next: null }
  const shown = rows.slice(0, limit)
  return { rows: shown, next: Buffer.from(JSON.stringify(key(shown.at(-1)!))).toString('base64url') }
}

/**
 * Reads a cursor back.
 * @param length how many values the list is ordered by
 * @throws Refused (400) for a cursor that was not given out
 */
export function readCursor(cursor: string | undefined, length: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const values = z.array(z.string().max(300)).length(length).safeParse(parsed(cursor))
  if (!values.success) throw new Refused('bad-cursor', httpTexts.badCursor, { status: 400 })
  return values.data
}

/**
 * Reads back the cursor of a list that is ordered by whole numbers.
 * @throws Refused (400) for a cursor that was not given out
 */
export function readNumbers(cursor: string | undefined, length: number): readonly number[] | undefined {
  const values = readCursor(cursor, length)
  if (values?.some((value) => !/^\d{1,15}$/.test(value)))
    throw new Refused('bad-cursor', httpTexts.badCursor, { status: 400 })
  return values?.map(Number)
}

/** The cursor of a list that is ordered by a time and then by id. */
export const placeOf = (at: Date, id: string): readonly [string, string] => [at.toISOString(), id]

/**
 * Reads back the cursor of a list that is ordered by a time and then by id.
 * @throws Refused (400) for a cursor that was not given out
 */
export function readPlace(cursor: string | undefined): Place | undefined {
  const values = readCursor(cursor, 2)
  if (!values) return undefined
  const [at, id] = [values[0]!, values[1]!]
  if (!z.iso.datetime().safeParse(at).success || id.includes('\0'))
    throw new Refused('bad-cursor', httpTexts.badCursor, { status: 400 })
  return { at: new Date(at), id }
}

/** The cursor of a register: year, archive class and sequence. */
export const registerPlaceOf = (row: RegisterPlace): readonly [string, string, string] => [
  String(row.year),
  row.class,
  String(row.seq),
]

/**
 * Reads back the cursor of a register.
 * @throws Refused (400) for a cursor that was not given out
 */
export function readRegisterPlace(cursor: string | undefined): RegisterPlace | undefined {
  const values = readCursor(cursor, 3)
  if (!values) return undefined
  const [year, archiveClass, seq] = [values[0]!, values[1]!, values[2]!]
  if (!/^\d{1,4}$/.test(year) || !/^\d{1,9}$/.test(seq) || archiveClass.includes('\0'))
    throw new Refused('bad-cursor', httpTexts.badCursor, { status: 400 })
  return { year: Number(year), class: archiveClass, seq: Number(seq) }
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
