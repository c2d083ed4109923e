import type { Selectable } from 'kysely'
import { installsCertificates, serverDriverNames } from '../../domain/office/server-drivers.ts'
import type { Validity } from '../../domain/certificates/renewal.ts'
import type { Text } from '../../domain/refused.ts'
import type { Tx } from '../database.ts'
import type { Tables } from '../schema.ts'

export type CertificateRow = Selectable<Tables['certificates']>

/** Locks a certificate for the transaction. */
export const lockCertificate = (tx: Tx, id: string): Promise<CertificateRow | undefined> =>
  tx.selectFrom('certificates').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertCertificate(
  tx: Tx,
  row: {
    id: string
    officeId: string
    serviceId: string
    authorityId: string
    names: readonly string[]
    replacesId: string | null
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('certificates')
    .values({
      id: row.id,
      office_id: row.officeId,
      service_id: row.serviceId,
      ca_id: row.authorityId,
      names: [...row.names],
      status: 'waiting',
      replaces_id: row.replacesId,
      created_at: row.at,
    })
    .execute()
}

/** A certificate with what it is for. */
export type CertificateCase = CertificateRow & {
  readonly fqdn: string
  readonly zoneId: string
  readonly hostId: string | null
}

/** @returns one certificate with its service */
export const readCertificate = (tx: Tx, id: string): Promise<CertificateCase | undefined> =>
  selectCases(tx).where('c.id', '=', id).executeTakeFirst()

/** @returns certificates in use */
export const listLiveCertificates = (tx: Tx): Promise<readonly CertificateCase[]> =>
  selectCases(tx).where('c.status', '=', 'live').orderBy('c.not_after').execute()

export const selectCases = (tx: Tx) =>
  tx
    .selectFrom('certificates as c')
    .innerJoin('services as s', 's.id', 'c.service_id')
    .selectAll('c')
    .select(['s.fqdn', 's.zone_id as zoneId', 's.host_id as hostId'])

/** @returns how long the certificate that serves a site is valid */
export async function readInUse(tx: Tx, serviceId: string): Promise<Validity | undefined> {
  const row = await tx
    .selectFrom('certificates')
    .select(['not_before as notBefore', 'not_after as notAfter'])
    .where('service_id', '=', serviceId)
    .where('status', '=', 'live')
    .executeTakeFirst()
  return row?.notBefore && row.notAfter ? { notBefore: row.notBefore, notAfter: row.notAfter } : undefined
}

/** @returns sites on hosts of the office that have no certificate and wait for none, and the host of each */
export const listUncertified = (
  tx: Tx,
): Promise<readonly { readonly serviceId: string; readonly fqdn: string; readonly hostId: string }[]> =>
  tx
    .selectFrom('services as s')
    .innerJoin('servers as h', 'h.id', 's.host_id')
    .select(['s.id as serviceId', 's.fqdn', 'h.id as hostId'])
    .where('s.status', '=', 'live')
    .where('s.has_site', '=', true)
    .where('h.driver', 'in', serverDriverNames.filter(installsCertificates))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('certificates as c')
            .select('c.id')
            .whereRef('c.service_id', '=', 's.id')
            .where('c.status', 'in', ['waiting', 'live']),
        ),
      ),
    )
    .orderBy('s.live_at')
    .execute()

/** What is shown of the certificates of a service: the one in use and the one that is to come. */
export type ShownCertificate = {
  readonly status: 'waiting' | 'live'
  readonly names: readonly string[]
  readonly issuer: string | null
  readonly notBefore: Date | null
  readonly notAfter: Date | null
  readonly expectedAt: Date | null
  readonly trouble: Text | null
}

export const shownColumns = [
  'certificates.status',
  'certificates.names',
  'certificates.issuer',
  'certificates.not_before as notBefore',
  'certificates.not_after as notAfter',
  'certificates.expected_at as expectedAt',
  'certificates.trouble',
] as const

const dateOf = (at: Date | string | null): Date | null => (at === null ? null : new Date(at))

/** The same from an answer in JSON, where times are texts. */
export const shownCertificate = (
  row: Omit<ShownCertificate, 'notBefore' | 'notAfter' | 'expectedAt'> & {
    readonly [Key in 'notBefore' | 'notAfter' | 'expectedAt']: Date | string | null
  },
): ShownCertificate => ({
  ...row,
  notBefore: dateOf(row.notBefore),
  notAfter: dateOf(row.notAfter),
  expectedAt: dateOf(row.expectedAt),
})

/** @returns the certificate in use first */
export const listCertificates = (tx: Tx, serviceId: string): Promise<readonly ShownCertificate[]> =>
  tx
    .selectFrom('certificates')
    .select(shownColumns)
    .where('service_id', '=', serviceId)
    .where('status', 'in', ['live', 'waiting'])
    .orderBy('status')
    .$narrowType<{ status: 'waiting' | 'live' }>()
    .execute()
