import type { SignatureReport } from '../domain/letters/signing.ts'
import * as signature from '../drivers/signature/read-signature.ts'

/** What the signature inside a PDF says of it: a question to the file alone. */
export const readSignature = (pdf: Buffer): SignatureReport => signature.readSignature(pdf)
