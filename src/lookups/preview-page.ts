import { Refused } from '../domain/refused.ts'
import { previewText } from '../domain/text/preview.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

/**
 * Draws one page of a PDF that somebody handed in, in the process that reads files of others.
 * @returns an SVG image
 * @throws Refused `page-not-shown` (422)
 */
export async function previewPage(
  { uploads }: { readonly uploads: PdfDriver },
  pdf: Uint8Array,
  page: number,
): Promise<Buffer> {
  try {
    return (await uploads.pageImage(pdf, page)).svg
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    throw new Refused('page-not-shown', previewText.notShown, { status: 422, cause: error })
  }
}
