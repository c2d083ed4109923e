import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readSignatory } from '../db/letters/signatories.ts'
import { readSigning } from '../db/letters/signings.ts'
import { readServer } from '../db/office/servers.ts'
import type { ServerRow } from '../db/office/servers.ts'
import type { SignerCertificate, SignRefusal, Stamping } from '../domain/letters/signing.ts'
import { signatoryContext } from '../domain/letters/signing.ts'
import type { SignatureDriver } from '../drivers/signature/driver.ts'

export type SigningDeps = {
  readonly db: Db
  /** The way to a signature; `office` is the short name under which its key files lie. */
  readonly signatureOf: (server: ServerRow, office: string) => SignatureDriver
  /** Opens what was sealed under the installation's key. */
  readonly unseal: (context: string, sealed: Buffer) => string
}

export type SigningQuestion = {
  readonly officeId: string
  readonly letterId: string
  readonly decidedAt: Date
  /** Fetches what a service signed under this name; nothing is signed then. */
  readonly documentId: string | null
  /** Lives in the request of the person who entered it and goes to the driver: it is kept nowhere. */
  readonly passphrase: string
}

/** What came of it: signed, surely not, or unknown. */
export type SigningAnswer =
  | {
      readonly kind: 'signed'
      readonly pdf: Buffer
      readonly certificate: SignerCertificate
      readonly stamping: Stamping
    }
  | { readonly kind: 'refused'; readonly reason: SignRefusal }
  | { readonly kind: 'unknown'; readonly documentId?: string }

/** Asks for the signature that was decided and recorded before. Writes nothing. */
export async function signLetter(deps: SigningDeps, question: SigningQuestion): Promise<SigningAnswer> {
  const { letterId, decidedAt, passphrase, documentId } = question
  const { pdf, server, signatory, office } = await inScope(deps.db, question, async (tx) => {
    const signing = (await readSigning(tx, letterId))!
    const found = (await readSignatory(tx, signing.signatory_id))!
    const { slug } = await tx
      .selectFrom('offices')
      .select('slug')
      .where('id', '=', question.officeId)
      .executeTakeFirstOrThrow()
    return { pdf: signing.pdf, server: await readServer(tx, found.serverId!), signatory: found, office: slug }
  })
  if (!server?.secret) return { kind: 'refused', reason: 'key-missing' }
  const driver = deps.signatureOf(server, office)
  const certificateName = signatory.certificateName!
  if (documentId !== null) return driver.fetch(documentId, { pdf, certificateName })
  const nik = signatory.sealedNik && deps.unseal(signatoryContext(signatory.id), signatory.sealedNik)
  return driver.sign({ pdf, decidedAt, certificateName, nik, passphrase })
}
