import { Refused } from '../domain/refused.ts'
import type { SopPrint } from '../domain/sop-paper/print.ts'
import { paperTexts } from '../domain/text/papers.ts'
import { sopPaperTexts } from '../domain/text/sop-paper.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

/**
 * Prints an SOP in the format of PermenPANRB 35/2012.
 * @returns the PDF
 * @throws Refused `sop-too-big` (422) when its flowchart fits no page, `paper-not-set` (503) when it cannot be set now
 */
export async function printSop({ pdf }: { readonly pdf: PdfDriver }, print: SopPrint): Promise<Buffer> {
  try {
    return (await pdf.renderSop(print)).pdf
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    if (error.reason === 'too-big')
      throw new Refused('sop-too-big', sopPaperTexts.tooBig, { status: 422, cause: error })
    throw new Refused('paper-not-set', paperTexts.notSet, { status: 503, cause: error })
  }
}
