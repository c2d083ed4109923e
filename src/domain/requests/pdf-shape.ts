import { Buffer } from 'node:buffer'
import { Refused } from '../refused.ts'
import { intakeTexts } from '../text/requests.ts'
import { readPdfContent, type PdfContent } from './pdf-content.ts'

/** Readers look for the header within the first kilobyte and for the end within the last (ISO 32000-1, annex H). */
const windowOctets = 1024

/**
 * Looks at a file from its outside: is it a PDF at all, whole, with pages, and open to everybody.
 * @returns its pages, and what it carries beside them: told to who works on the request, no ground for a refusal
 * @throws Refused `document-empty`, `document-not-pdf`, `document-malformed`, `document-encrypted`
 */
export function checkPdfShape(bytes: Uint8Array): PdfContent {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length === 0) throw refuse('document-empty', 'empty')
  if (!file.subarray(0, windowOctets).includes('%PDF-')) throw refuse('document-not-pdf', 'notPdf')
  if (!file.subarray(-windowOctets).includes('%%EOF')) throw refuse('document-malformed', 'malformed')
  const { encrypted, pages, carries } = readPdfContent(file)
  if (encrypted) throw refuse('document-encrypted', 'encrypted')
  if (pages === 0) throw refuse('document-empty', 'noPages')
  return { pages, carries }
}

const refuse = (reason: string, text: keyof typeof intakeTexts): Refused =>
  new Refused(reason, intakeTexts[text], {
    status: 422,
    issues: [{ field: 'file', text: intakeTexts[text] }],
  })
