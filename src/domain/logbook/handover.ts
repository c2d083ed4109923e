import type { KeyObject } from 'node:crypto'
import { signatureLine } from './note.ts'

export const handoverFormat = 'ranah-logbook-1 handover'

/** The note by which the key of a name says that another name with another key goes on (docs/logbook-format.md, section 8). */
export function writeHandover(origin: string, privateKey: KeyObject, to: string): string {
  const text = `${handoverFormat}\nfrom ${origin}\nto ${to}\n`
  return `${text}\n${signatureLine(origin, privateKey, text)}`
}
