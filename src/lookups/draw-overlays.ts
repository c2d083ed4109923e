import { hasOverlays } from '../domain/requests/pdf-content.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

export type DrawnUpload = {
  /** The number of its pages, or nothing for a file that cannot be read. */
  readonly pages: number | undefined
  /** The same pages with fields, notes and stamps drawn onto them. */
  readonly drawn?: Uint8Array
  /** Something lies over its pages that is not drawn. */
  readonly hidden: boolean
}

/** Reads somebody's PDF, and draws what lies over its pages where that is possible without loss of a page. */
export async function drawOverlays(uploads: PdfDriver, pdf: Buffer): Promise<DrawnUpload> {
  const pages = await countPages(uploads, pdf)
  if (pages === undefined || !hasOverlays(pdf)) return { pages, hidden: false }
  const drawn = await uploads.flatten(pdf)
  if (!drawn || (await countPages(uploads, drawn)) !== pages) return { pages, hidden: true }
  return { pages, drawn, hidden: false }
}

/** @returns nothing for a file that cannot be read, or over which the reading process hangs or dies */
export async function countPages(uploads: PdfDriver, pdf: Uint8Array): Promise<number | undefined> {
  try {
    return await uploads.countPages(pdf)
  } catch (error) {
    if (error instanceof PdfFault && ['unreadable', 'died', 'timeout', 'memory'].includes(error.reason))
      return undefined
    throw error
  }
}
