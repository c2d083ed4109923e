import { randomUUID } from 'node:crypto'
import type { Credentials } from '../../src/domain/fulfilment/seal.ts'
import { closedHandOver } from '../../src/domain/fulfilment/seal.ts'
import type { TestApp } from './app.ts'
import { asOwner } from './app.ts'

/** The credentials of every laid service. */
export const laidSecret: Credentials = {
  username: 'u-contoh',
  password: 'rahasia-sekali-saja',
  host: 'a.contohkab.example',
  port: 2222,
}

/** Lays one live and one closed service of the office, each with its own id, as if they had been there for long. */
export async function layLiveAndClosed(
  portal: TestApp,
  officeId: string,
  registeredUntil: string,
  before = '',
): Promise<{ live: string; closed: string }> {
  const ids = { live: randomUUID(), closed: randomUUID() }
  for (const [status, id] of Object.entries(ids))
    await asOwner(
      portal.database,
      `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site, records,
         administrative_contact, technical_contact, live_at, registered_until, closed_at)
       select $2, $1, a.id, z.id, $5 || $3 || '.' || z.name, $3, true, true, '[]', '{}', '{}', now(), $4::date,
         case when $3 = 'closed' then now() end
       from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
      [officeId, id, status, registeredUntil, before],
    )
  return ids
}

/** Lays a live service with credentials that wait to be opened, as if it had been provided some time ago. */
export async function layService(
  portal: TestApp,
  place: {
    readonly id: string
    readonly agencyId: string
    readonly zoneId: string
    readonly zone: string
    /** Of both contacts. */
    readonly email: string
  },
  label: string,
): Promise<{ serviceId: string; revealId: string; fqdn: string }> {
  const [serviceId, revealId] = [randomUUID(), randomUUID()]
  const fqdn = `${label}.${place.zone}`
  const { email } = place
  const person = { name: 'Pegawai Contoh', post: 'Pranata Komputer', phone: '0800 0000 000', email }
  await asOwner(
    portal.database,
    `insert into services (id, office_id, agency_id, zone_id, fqdn, has_record, has_site, records, status,
       administrative_contact, technical_contact, registered_until, live_at)
     values ($1, $2, $3, $4, $5, true, true, $6, 'live', $7, $7, '2026-03-20', now())`,
    [
      serviceId,
      place.id,
      place.agencyId,
      place.zoneId,
      fqdn,
      JSON.stringify([{ name: fqdn, type: 'A', values: ['192.0.2.7'] }]),
      JSON.stringify(person),
    ],
  )
  await asOwner(
    portal.database,
    `insert into credential_reveals (id, office_id, service_id, contact_email, sealed, status, created_at, expires_at)
     values ($1, $2, $3, $4, $5, 'ready', now(), '2026-04-01')`,
    [
      revealId,
      place.id,
      serviceId,
      email.toLowerCase(),
      portal.deps.seal(revealId, closedHandOver(laidSecret)),
    ],
  )
  return { serviceId, revealId, fqdn }
}
