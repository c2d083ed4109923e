import { hasOverlays } from '../domain/requests/pdf-content.ts'
import { Refused } from '../domain/refused.ts'
import { previewText } from '../domain/text/preview.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

/**
 * Draws one page of a PDF that somebody handed in, in the process that reads files of others; fields, notes and stamps that
 * lie over it are drawn where that is possible.
 * @returns an SVG image
 * @throws Refused `page-not-shown` (422)
 */
export async function previewPage(
  { uploads }: { readonly uploads: PdfDriver },
  pdf: Buffer,
  page: number,
): Promise<Buffer> {
  try {
    const drawn = hasOverlays(pdf) ? await uploads.flatten(pdf) : undefined
    const imageOf = async (file: Uint8Array) => (await uploads.pageImage(file, page)).svg
    return drawn ? await imageOf(drawn).catch(() => imageOf(pdf)) : await imageOf(pdf)
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    throw new Refused('page-not-shown', previewText.notShown, { status: 422, cause: error })
  }
}
