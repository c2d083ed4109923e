import type { Portal } from '../../routes.ts'
import { registerLetters } from './letters.tsx'
import { registerLogbook } from './logbook.tsx'
import { registerSigning } from './sign-letter.tsx'
import { registerBookPrinting } from './register-books.tsx'
import { registerWitnesses } from './witnesses.tsx'
import { registerPrinting } from './print-register.tsx'

/** The pages of those who watch over the desk. */
export function registerOversightPages(portal: Portal): void {
  registerLogbook(portal)
  registerPrinting(portal)
  registerWitnesses(portal)
  registerLetters(portal)
  registerBookPrinting(portal)
  registerSigning(portal)
}
