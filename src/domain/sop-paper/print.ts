import type * as z from 'zod'
import type { logoSchema } from '../letters/parts.ts'
import type { SopDocument } from '../sop/document.ts'

/** An SOP to be printed in the format of PermenPANRB 35/2012. */
export type SopPrint = {
  readonly sop: SopDocument
  readonly size: 'a4' | 'f4'
  readonly logo?: z.infer<typeof logoSchema>
  /** The instant that the PDF declares as its own, UTC: never the clock's, so that the same SOP gives the same bytes. */
  readonly createdAt: string
}
