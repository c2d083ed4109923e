import type { Paper } from '../domain/letters/papers.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'
import { readOfficeTemplates } from '../drivers/pdf/office-templates.ts'

/**
 * Sets papers with the templates of a folder, as an office's letters would be.
 * @returns each fault once, as `foot.typ:12: what is wrong`, and how many templates were read
 */
export async function checkTemplates(
  pdf: PdfDriver,
  folder: string,
  papers: readonly Paper[],
): Promise<{ readonly templates: number; readonly faults: readonly string[] }> {
  const templates = await readOfficeTemplates(folder)
  const faults = new Set<string>()
  for (const paper of papers) {
    try {
      await pdf.render(paper, templates)
    } catch (error) {
      if (!(error instanceof PdfFault) || error.reason !== 'template') throw error
      faults.add(error.message)
    }
  }
  return { templates: Object.keys(templates).length, faults: [...faults] }
}
