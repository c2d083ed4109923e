import type { LetterRow } from '../db/letters/letters.ts'
import { logoOf } from '../domain/letters/letterhead.ts'
import { Refused } from '../domain/refused.ts'
import { paperTexts } from '../domain/text/papers.ts'
import type { RenderedPaper } from '../drivers/pdf/driver.ts'
import { PdfFault } from '../drivers/pdf/driver.ts'
import type { JobDeps } from './deps.ts'

/**
 * Sets a numbered letter under the crest and by the templates of its office.
 * @throws Refused `template-wrong` with file and line: what the office can mend itself stands on the desk, and the job
 * goes on when it is mended
 */
export async function setLetter(
  deps: JobDeps,
  office: { readonly slug: string; readonly logo: Buffer | null },
  { data }: LetterRow,
): Promise<RenderedPaper> {
  const letterhead = office.logo ? { ...data.letterhead, logo: logoOf(office.logo) } : data.letterhead
  const templates = await deps.templatesOf(office.slug)
  return deps.pdf.render({ ...data, letterhead }, templates).catch((error: unknown) => {
    if (!(error instanceof PdfFault) || error.reason !== 'template') throw error
    throw new Refused('template-wrong', paperTexts.templateWrong(error.message), { cause: error })
  })
}
