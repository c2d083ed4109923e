import { sql } from 'kysely'
import { localDate } from '../domain/dates/zones.ts'
import { countedClass, formatNumber, parsePattern } from '../domain/registers/number-pattern.ts'
import type { Tx } from './database.ts'
import type { RegisterCode } from './schema/letters.ts'

export type TakenNumber = {
  readonly number: string
  readonly seq: number
  readonly year: number
  /** The archive class by which it was counted; empty where the number does not name it. */
  readonly class: string
  /** Local date of the office. */
  readonly dated: string
}

/**
 * Takes the next number of a register, in the transaction of what it numbers: the counter's row stays locked
 * until commit, so numbers are gap-free however many are taken at once. Each year and, where the pattern names it, each
 * archive class counts for itself.
 */
export async function takeNumber(
  tx: Tx,
  officeId: string,
  code: RegisterCode,
  at: Date,
): Promise<TakenNumber> {
  const register = await tx
    .selectFrom('registers')
    .innerJoin('offices', 'offices.id', 'registers.office_id')
    .select(['registers.pattern', 'registers.class', 'offices.timezone'])
    .where('registers.office_id', '=', officeId)
    .where('registers.code', '=', code)
    .executeTakeFirstOrThrow()
  const dated = localDate(at, register.timezone)
  const year = Number(dated.slice(0, 4))
  const pattern = parsePattern(register.pattern)
  const counted = countedClass(pattern, register.class)
  const { rows } = await sql<{ last_seq: number }>`
    insert into register_years (office_id, code, year, class, last_seq)
    values (${officeId}, ${code}, ${year}, ${counted}, 1)
    on conflict (office_id, code, year, class) do update set last_seq = register_years.last_seq + 1
    returning last_seq`.execute(tx)
  const seq = rows[0]!.last_seq
  const number = formatNumber(pattern, { seq, date: dated, class: register.class })
  return { number, seq, year, class: counted, dated }
}
