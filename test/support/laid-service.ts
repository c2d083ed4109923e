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
