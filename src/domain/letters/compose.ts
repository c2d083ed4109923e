import type { Locale } from '../refused.ts'
import { composeApplication } from './compose-application.ts'
import { composeBook } from './compose-book.ts'
import { composeCasePart } from './case-file.ts'
import { composeDestruction } from './compose-destruction.ts'
import { composeDisposition } from './compose-disposition.ts'
import { composeHandOver } from './compose-hand-over.ts'
import { composeNotice } from './compose-notice.ts'
import { composeRegister } from './compose-register.ts'
import { composeReply } from './compose-reply.ts'
import type { Paper } from './papers.ts'
import type { Sheet } from './sheet.ts'

/** Lays out any paper as blocks. Pure: the same paper gives the same sheet. Official papers are Indonesian. */
export function composePaper(paper: Paper, locale: Locale = 'id'): Sheet {
  switch (paper.kind) {
    case 'reply':
      return composeReply(paper, locale)
    case 'hand-over-note':
      return composeHandOver(paper, locale)
    case 'application-letter':
      return composeApplication(paper, locale)
    case 'logbook-register':
      return composeRegister(paper, locale)
    case 'disposition-sheet':
      return composeDisposition(paper, locale)
    case 'deactivation-notice':
      return composeNotice(paper, locale)
    case 'destruction-record':
      return composeDestruction(paper, locale)
    case 'case-part':
      return composeCasePart(paper, locale)
    case 'register-book':
      return composeBook(paper, locale)
  }
}
