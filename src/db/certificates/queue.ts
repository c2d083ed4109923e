import { sql } from 'kysely'
import type { DomainUse, WaitingWish } from '../../domain/certificates/turn.ts'
import type { Tx } from '../database.ts'
import type { CertificateCase } from './certificates.ts'
import { selectCases } from './certificates.ts'

type UseRow = {
  readonly id: string
  readonly names: readonly string[]
  readonly serial: string | null
  readonly is_exempt: boolean
  readonly signed_at: Date | null
  readonly waits: boolean
}

/**
 * What counts under a registered domain, of every office: row-level security is passed by a function of the database
 * that tells no names of another office. A certificate that serves several sites counts once.
 */
export async function readDomainUse(tx: Tx, domain: string, since: Date): Promise<DomainUse> {
  const { rows } = await sql<UseRow>`
    select * from certificates_under(${domain}, ${since}) order by created_at, id`.execute(tx)
  const seen = new Set<string>()
  const signed = rows.flatMap(({ names, serial, is_exempt: isExempt, signed_at: at }) => {
    if (at === null || (serial !== null && seen.has(serial))) return []
    if (serial !== null) seen.add(serial)
    return [{ names, at, isExempt }]
  })
  return { signed, waiting: rows.filter(({ waits }) => waits) }
}

/** @returns wishes of the office at that authority that may be signed together, oldest first */
export async function listShareable(tx: Tx, authorityId: string): Promise<readonly WaitingWish[]> {
  const rows = await selectCases(tx)
    .leftJoin('certificates as old', 'old.id', 'c.replaces_id')
    .where('c.status', '=', 'waiting')
    .where('c.chain', 'is', null)
    .where('c.ca_id', '=', authorityId)
    .where('c.alone', '=', false)
    .where('c.order_url', 'is', null)
    .where('c.shared_from', 'is', null)
    .where(sql<boolean>`c.names = array[s.fqdn]`)
    // A renewal that the authority asked for counts against nothing: it needs nobody's company.
    .where('old.window_start', 'is', null)
    .orderBy('c.created_at')
    .orderBy('c.id')
    .execute()
  return rows.map(({ id, fqdn, hostId, zoneId }) => ({ id, name: fqdn, place: `${hostId} ${zoneId}` }))
}

/** @returns the wishes that the certificate of this one will serve, too */
export async function listFollowers(tx: Tx, id: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('certificates')
    .select('id')
    .where('shared_from', '=', id)
    .where('status', '=', 'waiting')
    .where('chain', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => row.id)
}

/** @returns certificates in use on a host, from that authority, the one that is valid longest first */
export const listInUseOn = (
  tx: Tx,
  hostId: string,
  authorityId: string,
): Promise<readonly CertificateCase[]> =>
  selectCases(tx)
    .where('c.status', '=', 'live')
    .where('c.ca_id', '=', authorityId)
    .where('s.host_id', '=', hostId)
    .orderBy('c.not_after', 'desc')
    .execute()

/** @returns whether another site is served with the same certificate, or will be */
export async function isShared(tx: Tx, serial: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('certificates')
    .select('id')
    .where('serial', '=', serial)
    .where('status', 'in', ['waiting', 'live'])
    .where('id', '!=', id)
    .executeTakeFirst()
  return row !== undefined
}
