import type { Tx } from '../database.ts'
import { json } from '../database.ts'
import type { ServerCheck, ServerDriverName, ServerKind } from '../../domain/office/server-drivers.ts'

/** What a driver is opened with. Null where a zone or a service lies on the embedded server. */
export type ServerRow = {
  readonly id: string
  readonly driver: ServerDriverName
  readonly settings: unknown
  readonly secret: Buffer | null
}

/** A server as the office sees it: never its secret. */
export type ServerFile = {
  readonly id: string
  readonly kind: ServerKind
  readonly driver: ServerDriverName
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly isDefault: boolean
  readonly check: ServerCheck | null
  readonly checkedAt: Date | null
  readonly createdAt: Date
}

/** @returns the connected servers of the office, by kind and name */
export const listServers = (tx: Tx): Promise<readonly ServerFile[]> =>
  selectFiles(tx).orderBy('kind').orderBy('name').execute()

export const readServerFile = (tx: Tx, id: string): Promise<ServerFile | undefined> =>
  selectFiles(tx).where('id', '=', id).executeTakeFirst()

const selectFiles = (tx: Tx) =>
  tx
    .selectFrom('servers')
    .select([
      'id',
      'kind',
      'driver',
      'name',
      'settings',
      'is_default as isDefault',
      'check_result as check',
      'checked_at as checkedAt',
      'created_at as createdAt',
    ])
    .where('archived_at', 'is', null)

/** @returns what a driver is opened with; a disconnected server too, for services that still lie on it */
export const readServer = (tx: Tx, id: string): Promise<ServerRow | undefined> =>
  tx
    .selectFrom('servers')
    .select(['id', 'driver', 'settings', 'secret'])
    .where('id', '=', id)
    .executeTakeFirst()

/** @returns the driver of a site host; null for the embedded one */
export async function hostDriverOf(tx: Tx, hostId: string | null): Promise<ServerDriverName | null> {
  if (hostId === null) return null
  return (await readServer(tx, hostId))?.driver ?? null
}

/** @returns the site host that takes new sites; undefined for the embedded one */
export const defaultHost = (tx: Tx): Promise<ServerRow | undefined> =>
  tx
    .selectFrom('servers')
    .select(['id', 'driver', 'settings', 'secret'])
    .where('kind', '=', 'host')
    .where('is_default', '=', true)
    .where('archived_at', 'is', null)
    .executeTakeFirst()

/** @returns the authority that signs certificates of new sites; undefined when the office has none */
export const defaultAuthority = (tx: Tx): Promise<{ id: string } | undefined> =>
  tx
    .selectFrom('servers')
    .select('id')
    .where('kind', '=', 'ca')
    .where('is_default', '=', true)
    .where('archived_at', 'is', null)
    .executeTakeFirst()

export type ServerValues = {
  readonly kind: ServerKind
  readonly driver: ServerDriverName
  readonly name: string
  readonly settings: unknown
  readonly isDefault: boolean
}

export async function insertServer(
  tx: Tx,
  row: ServerValues & { id: string; officeId: string; secret: Buffer; at: Date },
): Promise<void> {
  await tx
    .insertInto('servers')
    .values({
      id: row.id,
      office_id: row.officeId,
      kind: row.kind,
      driver: row.driver,
      name: row.name,
      settings: json(row.settings),
      secret: row.secret,
      is_default: row.isDefault,
      created_at: row.at,
    })
    .execute()
}

/** @param secret left out when the stored one stays */
export async function updateServer(
  tx: Tx,
  id: string,
  row: Pick<ServerValues, 'name' | 'settings' | 'isDefault'> & { secret?: Buffer },
): Promise<void> {
  await tx
    .updateTable('servers')
    .set({
      name: row.name,
      settings: json(row.settings),
      is_default: row.isDefault,
      check_result: null,
      checked_at: null,
      ...(row.secret && { secret: row.secret }),
    })
    .where('id', '=', id)
    .execute()
}

/** Makes room for another default of the same kind. */
export async function clearDefault(tx: Tx, kind: ServerKind): Promise<void> {
  await tx
    .updateTable('servers')
    .set({ is_default: false })
    .where('kind', '=', kind)
    .where('is_default', '=', true)
    .execute()
}

export async function updateCheck(tx: Tx, id: string, check: ServerCheck, at: Date): Promise<void> {
  await tx
    .updateTable('servers')
    .set({ check_result: json(check), checked_at: at })
    .where('id', '=', id)
    .execute()
}

/**
 * @param today local day of the office
 * @returns what lies on a server or is signed through it, by name
 */
export async function listUses(tx: Tx, id: string, today: string): Promise<readonly string[]> {
  const zones = await tx.selectFrom('zones').select('name').where('server_id', '=', id).execute()
  const services = await tx
    .selectFrom('services')
    .select('fqdn as name')
    .where('host_id', '=', id)
    .where('status', '=', 'live')
    .execute()
  const certified = await tx
    .selectFrom('certificates as c')
    .innerJoin('services as s', 's.id', 'c.service_id')
    .select('s.fqdn as name')
    .where('c.ca_id', '=', id)
    .where('c.status', 'in', ['waiting', 'live', 'revoking'])
    .execute()
  const signatories = await tx
    .selectFrom('signatories')
    .select('post as name')
    .where('server_id', '=', id)
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', today)]))
    .execute()
  const waiting = await tx
    .selectFrom('signings as g')
    .innerJoin('signatories as s', 's.id', 'g.signatory_id')
    .innerJoin('letters as l', 'l.id', 'g.letter_id')
    .select('l.number as name')
    .where('s.server_id', '=', id)
    .execute()
  return [...zones, ...services, ...certified, ...signatories, ...waiting].map(({ name }) => name).sort()
}
