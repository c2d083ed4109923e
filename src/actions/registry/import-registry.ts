import { maxIssues, refuse } from '../../domain/csv/read.ts'
import { isWithin } from '../../domain/dns/names.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { parseServiceName } from '../../domain/dns/service-name.ts'
import type { AgencyRow, ContactRow, ImportKind, ServiceRow } from '../../domain/registry/import-rows.ts'
import { atLine, readAgencies, readContacts, readServices } from '../../domain/registry/import-rows.ts'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { registryTexts as text } from '../../domain/text/registry.ts'
import type { Tx } from '../../db/database.ts'
import { inScope, isUniqueViolation, json } from '../../db/database.ts'
import { claimRecords } from '../../db/office/zone-records.ts'
import { listZones } from '../../db/office/registers.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act, requireRole } from '../act.ts'
import { inviteInto } from '../people/invite.ts'
import { officeOf } from '../people/office-of.ts'

export type ImportOptions = {
  readonly kind: ImportKind
  readonly bytes: Uint8Array
  /** Makes the address under which an invitation is accepted. */
  readonly linkOf: (token: string) => string
}

/** Rows that go in, and rows that were there already and are left out. */
export type ImportResult = { readonly added: number; readonly known: number }

/** Says what an import would do, and does nothing. @throws Refused `csv-file` with every line that is wrong */
export function previewImport(deps: Deps, member: Member, options: ImportOptions): Promise<ImportResult> {
  requireRole(member, 'administrator')
  return inScope(deps.db, member, async (tx) => {
    const { fresh, known } = await planOf(tx, options)
    return { added: fresh.length, known }
  })
}

/** Takes a file in: all of its rows in one transaction, or none. @throws as {@link previewImport} */
export async function importRegistry(
  deps: Deps,
  member: Member,
  options: ImportOptions,
): Promise<ImportResult> {
  requireRole(member, 'administrator')
  try {
    return await act(deps, member, async (tx, write) => {
      const { fresh, known, store } = await planOf(tx, options)
      await store(deps, member, tx, write)
      write.note({
        act: 'registry.imported',
        subject: { kind: 'import', id: options.kind },
        details: { added: fresh.length, known },
      })
      return { added: fresh.length, known }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // Somebody took one of the names between the look and the write: the whole file is refused, none of it is in.
    throw new Refused('csv-file', text.nameTaken, { status: 409, cause: error })
  }
}

type Plan = {
  readonly fresh: readonly unknown[]
  readonly known: number
  readonly store: (deps: Deps, member: Member, tx: Tx, write: Write) => Promise<void>
}

async function planOf(tx: Tx, { kind, bytes, linkOf }: ImportOptions): Promise<Plan> {
  switch (kind) {
    case 'agencies':
      return planAgencies(tx, readAgencies(bytes))
    case 'contacts':
      return planContacts(tx, readContacts(bytes), linkOf)
    case 'services':
      return planServices(tx, readServices(bytes))
  }
}

async function planAgencies(tx: Tx, rows: readonly AgencyRow[]): Promise<Plan> {
  const there = await agencyIds(tx)
  const fresh = rows.filter((row) => !there.has(row.name.toLowerCase()))
  return {
    fresh,
    known: rows.length - fresh.length,
    store: async (deps, member, tx) => {
      for (const row of fresh)
        await tx
          .insertInto('agencies')
          .values({
            id: deps.newId(),
            office_id: member.officeId,
            name: row.name,
            short_name: row.shortName,
            address: row.address,
            email: row.email,
            head_post: row.headPost,
            created_at: deps.now(),
          })
          .execute()
    },
  }
}

/** Agencies by their name in lower case. */
async function agencyIds(tx: Tx): Promise<ReadonlyMap<string, { id: string; name: string }>> {
  const rows = await tx.selectFrom('agencies').select(['id', 'name']).execute()
  return new Map(rows.map((row) => [row.name.toLowerCase(), row]))
}

async function planContacts(
  tx: Tx,
  rows: readonly ContactRow[],
  linkOf: (token: string) => string,
): Promise<Plan> {
  const agencies = await agencyIds(tx)
  refuseAny(
    rows
      .filter((row) => !agencies.has(row.agency.toLowerCase()))
      .map((row) => atLine(row.line, text.unknownAgency(row.agency.slice(0, 80)))),
  )
  const invited = await tx
    .selectFrom('invitations')
    .select('email')
    .where('revoked_at', 'is', null)
    .where('role', '=', 'applicant')
    .execute()
  const members = await tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .select('u.email')
    .where('m.role', '=', 'applicant')
    .execute()
  const there = new Set([...invited, ...members].map((row) => row.email.toLowerCase()))
  const fresh = rows.filter((row) => !there.has(row.email))
  return {
    fresh,
    known: rows.length - fresh.length,
    store: async (deps, member, tx, write) => {
      const office = await officeOf(tx, member.officeId)
      for (const { name, email, agency } of fresh) {
        const input = { name, email, agency: agencies.get(agency.toLowerCase())!.name }
        await inviteInto(deps, tx, write, {
          ...input,
          role: 'applicant',
          office,
          invitedBy: member.personId,
          linkOf,
        })
      }
    },
  }
}

async function planServices(tx: Tx, rows: readonly ServiceRow[]): Promise<Plan> {
  const agencies = await agencyIds(tx)
  const zones = [...(await listZones(tx))].sort((a, b) => b.name.length - a.name.length)
  const live = await tx.selectFrom('services').select('fqdn').where('status', '=', 'live').execute()
  const held = await tx.selectFrom('held_names').select('fqdn').where('released_at', 'is', null).execute()
  const there = new Set(live.map((row) => row.fqdn))
  const taken = new Set(held.map((row) => row.fqdn))
  const zoneOf = (name: string) => zones.find((zone) => name !== zone.name && isWithin(name, zone.name))
  const issues = rows.flatMap((row): FieldIssue[] => {
    if (there.has(row.name)) return []
    const zone = zoneOf(row.name)
    return [
      ...(agencies.has(row.agency.toLowerCase())
        ? []
        : [atLine(row.line, text.unknownAgency(row.agency.slice(0, 80)))]),
      ...(zone ? nameIssues(row, zone.name) : [atLine(row.line, text.noZone(row.name.slice(0, 80)))]),
      ...(taken.has(row.name) ? [atLine(row.line, text.nameHeld(row.name))] : []),
    ]
  })
  refuseAny(issues)
  const fresh = rows.filter((row) => !there.has(row.name))
  return {
    fresh,
    known: rows.length - fresh.length,
    store: async (deps, member, tx) => {
      const byZone = Map.groupBy(fresh, (row) => zoneOf(row.name)!.id)
      for (const [zone, own] of byZone) {
        const records = await claimRecords(tx, zone, new Set(own.map(({ name }) => name)))
        for (const row of own) {
          const places = { agency: agencies.get(row.agency.toLowerCase())!.id, zone }
          await storeService(deps, member, tx, row, { ...places, records: records.get(row.name) ?? [] })
        }
      }
    },
  }
}

function nameIssues(row: ServiceRow, zone: string): readonly FieldIssue[] {
  try {
    parseServiceName(row.name, zone, [])
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [atLine(row.line, error.text)]
  }
}

/** The records of an imported name stay where they are; those that were taken over become the service's own. */
async function storeService(
  deps: Deps,
  member: Member,
  tx: Tx,
  row: ServiceRow,
  places: { readonly agency: string; readonly zone: string; readonly records: readonly Rrset[] },
): Promise<void> {
  const id = deps.newId()
  const at = deps.now()
  await tx
    .insertInto('services')
    .values({
      id,
      office_id: member.officeId,
      agency_id: places.agency,
      zone_id: places.zone,
      fqdn: row.name,
      has_record: true,
      has_site: false,
      records: json(places.records),
      status: 'live',
      administrative_contact: json(row.administrative),
      technical_contact: json(row.technical),
      registered_until: row.registeredUntil,
      imported: true,
      live_at: at,
    })
    .execute()
  await tx
    .insertInto('held_names')
    .values({ id: deps.newId(), office_id: member.officeId, fqdn: row.name, service_id: id, held_at: at })
    .execute()
}

function refuseAny(issues: readonly FieldIssue[]): void {
  if (issues.length > 0) refuse(issues.slice(0, maxIssues))
}
