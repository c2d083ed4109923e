import type { Paper } from '../domain/letters/papers.ts'
import { Refused } from '../domain/refused.ts'
import { paperTexts } from '../domain/text/papers.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

/**
 * Sets a paper that is shown and not filed.
 * @returns the PDF
 * @throws Refused `paper-not-set` (503) when it cannot be set now
 */
export async function renderPaper({ pdf }: { readonly pdf: PdfDriver }, paper: Paper): Promise<Buffer> {
  try {
    return (await pdf.render(paper)).pdf
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    throw new Refused('paper-not-set', paperTexts.notSet, { status: 503, cause: error })
  }
}
