import type { ServerDriverName } from '../../domain/office/server-drivers.ts'
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
