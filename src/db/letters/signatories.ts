import type { ServerDriverName } from '../../domain/office/server-drivers.ts'
import type { Signature } from '../../domain/letters/parts.ts'
import { signatureOf } from '../../domain/letters/signature-of.ts'
import { signatoryOn } from '../../domain/letters/signing.ts'
import { paperTexts } from '../../domain/text/papers.ts'
import type { Tx } from '../database.ts'

/** Who holds the office in which letters are signed, with the way to their signature. */
export type SignatoryRow = {
  readonly id: string
  readonly personId: string
  readonly acting: 'Plt.' | 'Plh.' | 'a.n.' | null
  readonly post: string
  readonly name: string
  readonly rank: string | null
  readonly nip: string | null
  readonly fromDay: string
  readonly untilDay: string | null
  /** Null: signs by hand. */
  readonly serverId: string | null
  readonly serverName: string | null
  readonly driver: ServerDriverName | null
  readonly certificateName: string | null
  readonly sealedNik: Buffer | null
}

/** @returns everybody who signed, signs or will sign for the office, the latest appointment first */
export const listSignatories = (tx: Tx): Promise<readonly SignatoryRow[]> =>
  selectSignatories(tx).orderBy('s.from_day', 'desc').orderBy('s.created_at', 'desc').execute()

export const readSignatory = (tx: Tx, id: string): Promise<SignatoryRow | undefined> =>
  selectSignatories(tx).where('s.id', '=', id).executeTakeFirst()

const selectSignatories = (tx: Tx) =>
  tx
    .selectFrom('signatories as s')
    .leftJoin('servers as v', 'v.id', 's.server_id')
    .select([
      's.id',
      's.person_id as personId',
      's.acting',
      's.post',
      's.name',
      's.rank',
      's.nip',
      's.from_day as fromDay',
      's.until_day as untilDay',
      's.server_id as serverId',
      'v.name as serverName',
      'v.driver',
      's.certificate_name as certificateName',
      's.sealed_nik as sealedNik',
    ])

/** @returns the block for whoever signs on that day by hand: the signatory, else the head of the office */
export async function signatureOn(tx: Tx, office: string, day: string): Promise<Signature> {
  const signatory = signatoryOn(await listSignatories(tx), day)
  return signatory ? signatureOf({ ...signatory, driver: null }) : headSignature(tx, office)
}

/** The head of the office signs; where nobody holds that role the post stands alone. */
export async function headSignature(tx: Tx, office: string): Promise<Signature> {
  const head = await tx
    .selectFrom('memberships')
    .innerJoin('auth_user', 'auth_user.id', 'memberships.person_id')
    .select('auth_user.name')
    .where('memberships.role', '=', 'head-of-office')
    .where('memberships.active', '=', true)
    .orderBy('memberships.since', 'desc')
    .executeTakeFirst()
  return {
    post: paperTexts.signatoryPost(office).id,
    name: head?.name ?? paperTexts.signatoryPost(office).id,
  }
}
