import type { LocalDate } from '../dates/zones.ts'
import { Refused } from '../refused.ts'
import { archiveRecordTexts } from '../text/archive-records.ts'

/** When and by which record a paper was destroyed. */
export type Destruction = { readonly on: LocalDate; readonly number: string }

/** The answer to whoever asks for the content of a paper that was destroyed. */
export const destroyedRecord = ({ on, number }: Destruction): Refused =>
  new Refused('record-destroyed', archiveRecordTexts.gone(on, number), { status: 410 })
