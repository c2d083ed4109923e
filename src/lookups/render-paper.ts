import type { Db } from '../db/database.ts'
import type { Paper } from '../domain/letters/papers.ts'
import { Refused } from '../domain/refused.ts'
import { paperTexts } from '../domain/text/papers.ts'
import type { OfficeTemplates } from '../drivers/pdf/office-templates.ts'
import type { PdfDriver } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'

export type PaperDeps = {
  readonly db: Db
  readonly pdf: PdfDriver
  /** The office's own templates, by its short name. */
  readonly templatesOf: (office: string) => Promise<OfficeTemplates>
}

/**
 * Sets a paper that is shown and not filed, by the templates of its office as its letters are.
 * @returns the PDF
 * @throws Refused `template-wrong` (409) with file and line, `paper-not-set` (503) when it cannot be set now
 */
export async function renderOfficePaper(deps: PaperDeps, paper: Paper, officeId: string): Promise<Buffer> {
  const office = await deps.db
    .selectFrom('offices')
    .select('slug')
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
  return renderPaper(deps, paper, await deps.templatesOf(office.slug))
}

/** The same by the shipped templates, or those that are given. */
export async function renderPaper(
  { pdf }: { readonly pdf: PdfDriver },
  paper: Paper,
  templates: OfficeTemplates = {},
): Promise<Buffer> {
  try {
    return (await pdf.render(paper, templates)).pdf
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error
    if (error.reason === 'template')
      throw new Refused('template-wrong', paperTexts.shownTemplateWrong(error.message), {
        status: 409,
        cause: error,
      })
    throw new Refused('paper-not-set', paperTexts.notSet, { status: 503, cause: error })
  }
}
