import type { Checklist } from '../../domain/security-checklist/checklist.ts'
import type { SiteFinding } from '../../domain/security-checklist/site-look.ts'
import type { Generated } from 'kysely'
import type { Text } from '../../domain/refused.ts'
import type { Json, Trouble } from './columns.ts'

export type ContactData = {
  readonly name: string
  readonly nip?: string
  readonly rank?: string
  readonly post: string
  readonly phone: string
  readonly email: string
}

export type ServiceTables = {
  electronic_systems: {
    id: string
    office_id: string
    agency_id: string
    name: string
    data: Json<unknown>
    created_at: Date
    updated_at: Date
  }
  services: {
    id: string
    office_id: string
    agency_id: string
    system_id: string | null
    zone_id: string
    host_id: string | null
    fqdn: string
    has_record: boolean
    has_site: boolean
    records: Json<unknown>
    status: 'live' | 'closed'
    administrative_contact: Json<ContactData>
    technical_contact: Json<ContactData>
    registered_until: string | null
    imported: Generated<boolean>
    live_at: Date
    closed_at: Date | null
  }
  registration_reminders: {
    office_id: string
    service_id: string
    registered_until: string
    days_before: number
    at: Date
  }
  provisionings: {
    id: string
    office_id: string
    request_id: string
    visit: number
    plan: Json<unknown>
    status: 'planned' | 'undoing' | 'recorded' | 'undone'
    evidence: Json<unknown>
    trouble: Json<Trouble | null>
    attempts: Generated<number>
    created_at: Date
    updated_at: Date
  }
  credential_reveals: {
    id: string
    office_id: string
    service_id: string
    request_id: string | null
    contact_email: string
    sealed: Buffer | null
    recipient: string | null
    status: 'ready' | 'revealed' | 'expired' | 'rotated'
    created_at: Date
    expires_at: Date
    revealed_at: Date | null
  }
  reveal_codes: {
    reveal_id: string
    office_id: string
    code_hash: string
    expires_at: Date
    tries: Generated<number>
  }
  site_deployments: {
    id: string
    office_id: string
    service_id: string
    uploaded_by: string
    filename: string
    size: number
    sha256: string
    bytes: Buffer | null
    status: 'queued' | 'live' | 'refused'
    outcome: Json<Text | null>
    created_at: Date
    done_at: Date | null
  }
  security_checklists: {
    service_id: string
    office_id: string
    answers: Json<Checklist['answers']>
    answered_at: Date | null
    findings: Json<readonly SiteFinding[]>
    looked_at: Date | null
    waivers: Json<Checklist['waivers']>
  }
}
