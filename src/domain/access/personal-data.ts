import * as z from 'zod'
import { line } from './plain-text.ts'

/** The letter in which a person asks that their data be erased. */
export const erasureInput = z.object({ reference: line(200) })
