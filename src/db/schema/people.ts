import type { ColumnType, Generated } from 'kysely'
import type { ActingForm, Basis, InvitedPaper } from '../../domain/access/appointments.ts'
import type { ProvenBy } from '../../domain/access/second-factor.ts'
import type { FactorTrust } from '../../domain/access/sign-on.ts'
import type { Role } from '../../domain/access/roles.ts'
import type { Json } from './columns.ts'

export type PeopleTables = {
  auth_user: {
    id: string
    name: string
    email: string
    emailVerified: Generated<boolean>
    image: string | null
    twoFactorEnabled: Generated<boolean>
    enrolmentHash: Generated<string | null>
    enrolmentUntil: Generated<Date | null>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  auth_session: {
    id: string
    token: string
    userId: string
    expiresAt: Date
    ipAddress: string | null
    userAgent: string | null
    provenBy: Generated<ProvenBy | null>
    signedOnOffice: string | null
    startedAt: Generated<Date>
    usedAt: Generated<Date>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  auth_account: {
    id: string
    accountId: string
    providerId: string
    userId: string
    password: string | null
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  auth_verification: { id: string; identifier: string; value: string; expiresAt: Date }
  auth_two_factor: { id: string; userId: string; verified: boolean }
  passkeys: {
    id: string
    person_id: string
    name: string
    public_key: Buffer
    counter: ColumnType<string, number, number>
    transports: string[]
    made_at: Date
    used_at: Date | null
  }
  identity_providers: {
    office_id: string
    label: string
    issuer: string
    client_id: string
    client_secret: Buffer
    strong_acr: string | null
    second_factor: FactorTrust
    changed_at: Date
  }
  sign_on_links: { office_id: string; issuer: string; subject: string; person_id: string; linked_at: Date }
  used_challenges: { challenge_hash: string; expires_at: Date }
  used_codes: { person_id: string; code: string; used_at: Date }
  recovery_codes: { person_id: string; code_hash: string; made_at: Date; used_at: Date | null }
  age_recipients: { person_id: string; recipient: string; since: Date }
  email_changes: { person_id: string; email: string; token_hash: string; expires_at: Date }
  tries: { key: string; count: number; since: Date }
  installation: { only_row: Generated<boolean>; created_at: Generated<Date>; first_office: string | null }
  memberships: {
    office_id: string
    person_id: string
    role: Role
    agency_id: string | null
    active: Generated<boolean>
    since: Date
  }
  invitations: {
    id: string
    office_id: string
    email: string
    name: string
    role: Role
    agency_id: string | null
    token_hash: string
    invited_by: string | null
    created_at: Date
    expires_at: Date
    accepted_at: Date | null
    revoked_at: Date | null
    appointment: Json<InvitedPaper | null>
  }
  appointments: {
    id: string
    office_id: string
    person_id: string
    role: Role
    agency_id: string | null
    basis: Basis
    number: string | null
    dated: string | null
    acting: ActingForm | null
    principal_id: string | null
    from_day: string
    until_day: string | null
    document_id: string | null
    recorded_by: string | null
    created_at: Date
    revoked_at: Date | null
  }
  appointment_warnings: {
    office_id: string
    appointment_id: string
    until_day: string
    days_before: number
    at: Date
  }
  self_registrations: {
    id: string
    office_id: string
    name: string
    email: string
    post: string
    agency_name: string
    reason: string
    status: 'pending' | 'approved' | 'refused'
    decided_by: string | null
    decided_at: Date | null
    decision_text: string | null
    created_at: Date
  }
  api_tokens: {
    id: string
    office_id: string
    person_id: string
    name: string
    token_hash: string
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
    last_used_at: Date | null
    scopes: string[] | null
    names: string[] | null
    record_types: string[] | null
    networks: string[] | null
    refused_uses: Generated<number>
    refused_at: Date | null
    proven_by: ProvenBy | null
  }
  idempotency_keys: {
    office_id: string
    person_id: string
    key: string
    fingerprint: string
    status: number | null
    body: Json<unknown>
    created_at: Date
  }
}
