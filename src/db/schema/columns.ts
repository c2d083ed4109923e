import type { ColumnType } from 'kysely'
import type { Text } from '../../domain/refused.ts'

/** `jsonb` goes in through json() and comes out parsed. */
export type Json<T> = ColumnType<T, unknown, unknown>

/** Why a job could not finish: a plain sentence for the desk and when it was seen. */
export type Trouble = {
  readonly text: Text
  readonly at: string
  /** Nothing tries any more until somebody asks for it. */
  readonly gaveUp?: true
}
