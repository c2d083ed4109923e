import type { OpenDataSettings } from '../domain/office/open-data.ts'
import type { Checklist } from '../domain/security-checklist/checklist.ts'
import type { SiteFinding } from '../domain/security-checklist/site-look.ts'
import type { ColumnType, Generated } from 'kysely'
import type { Fate, PaperKind, Start } from '../domain/archive/schedule.ts'
import type { DisposalStatus } from '../domain/archive/standing.ts'
import type { ActingForm, Basis, InvitedPaper } from '../domain/access/appointments.ts'
import type { ProvenBy } from '../domain/access/second-factor.ts'
import type { Role } from '../domain/access/roles.ts'
import type { ZoneFinding } from '../domain/dns/compare.ts'
import type { FindingProposal, FindingStatus } from '../domain/dns/drift.ts'
import type { RrsetContent } from '../domain/dns/plan.ts'
import type { KeyEnd } from '../domain/logbook/origin.ts'
import type { SignerCertificate } from '../domain/letters/signing.ts'
import type { StampReport } from '../domain/letters/time-stamp.ts'
import type { Text } from '../domain/refused.ts'
import type { ApplicationDraft } from '../domain/requests/application.ts'
import type { PdfCarry } from '../domain/requests/pdf-content.ts'
import type { ScanState } from '../domain/requests/scan.ts'
import type { RequestState } from '../domain/requests/state.ts'
import type { ServerCheck, ServerDriverName, ServerKind } from '../domain/office/server-drivers.ts'
import type { SopDocument } from '../domain/sop/document.ts'

/** The tables of migrations/, typed for kysely. `jsonb` goes in through json() and comes out parsed. */
type Json<T> = ColumnType<T, unknown, unknown>

/** Why a job could not finish: a plain sentence for the desk and when it was seen. */
export type Trouble = { readonly text: Text; readonly at: string }

export type ContactData = {
  readonly name: string
  readonly nip?: string
  readonly rank?: string
  readonly post: string
  readonly phone: string
  readonly email: string
}

/** `awaiting`: composed, and waiting for the signature of the person who holds the office. */
export type LetterStatus = 'numbered' | 'awaiting' | 'issued' | 'voided'

export type RegisterCode = 'incoming' | 'outgoing' | 'hand-over'

type PeopleTables = {
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
    always_strong: boolean
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
  offices: {
    id: string
    slug: string
    government: string
    name: string
    unit: string | null
    region: string
    place: string
    timezone: 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
    paper: Generated<'A4' | 'F4'>
    letterhead: Json<{ addressLines?: string[]; phone?: string; email?: string; web?: string }>
    logo: Buffer | null
    open_data: Json<OpenDataSettings>
    applicants_need_factor: Generated<boolean>
    created_at: Date
  }
  agencies: {
    id: string
    office_id: string
    name: string
    short_name: string | null
    address: string | null
    email: string | null
    head_post: string | null
    created_at: Date
    archived_at: Date | null
  }
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

type OfficeTables = {
  sops: {
    id: string
    office_id: string
    slug: string
    name: string
    current_version: number | null
    created_at: Date
    retired_at: Date | null
  }
  sop_versions: {
    office_id: string
    sop_id: string
    version: number
    source: string
    document: Json<SopDocument>
    sha256: string
    status: 'draft' | 'published'
    created_by: string | null
    created_at: Date
    published_at: Date | null
  }
  sop_actors: { office_id: string; sop_id: string; actor: string; person_id: string }
  calendars: { office_id: string; rules: Json<unknown>; version: Generated<number>; updated_at: Date }
  holidays: {
    office_id: string
    date: string
    name: string
    kind: 'nasional' | 'cuti-bersama' | 'daerah'
    source: 'import' | 'manual'
  }
  zones: {
    id: string
    office_id: string
    name: string
    server_id: string | null
    status: 'creating' | 'ready'
    created_at: Date
    compare_asked_at: Date | null
    compare_tried_at: Date | null
    compared_at: Date | null
    compare_trouble: Json<Text | null>
    live_sets: number | null
  }
  zone_records: {
    office_id: string
    zone_id: string
    name: string
    type: string
    ttl: number
    values: Json<readonly string[]>
  }
  zone_imports: {
    id: string
    office_id: string
    zone_id: string
    source: 'transfer' | 'file'
    file: Buffer | null
    status: 'running' | 'done' | 'failed'
    total: number | null
    done: Generated<number>
    added: number | null
    trouble: Json<Text | null>
    asked_by: string
    created_at: Date
    ended_at: Date | null
  }
  zone_findings: {
    id: string
    office_id: string
    zone_id: string
    name: string
    type: string
    kind: ZoneFinding['kind']
    live: Json<RrsetContent | null>
    registered: Json<RrsetContent | null>
    found_at: Date
    status: FindingStatus
    trouble: Json<Text | null>
    reason: string | null
    proposal: FindingProposal | null
    proposed_by: string | null
    proposed_at: Date | null
    decided_by: string | null
    decided_at: Date | null
    ended_at: Date | null
  }
  servers: {
    id: string
    office_id: string
    kind: ServerKind
    driver: ServerDriverName
    name: string
    settings: Json<Record<string, unknown>>
    secret: Buffer | null
    is_default: Generated<boolean>
    check_result: Json<ServerCheck> | null
    checked_at: Date | null
    created_at: Date
    archived_at: Date | null
  }
  registers: { office_id: string; code: RegisterCode; pattern: string; class: Generated<string> }
  register_years: {
    office_id: string
    code: string
    year: number
    class: Generated<string>
    last_seq: Generated<number>
  }
}

type RequestTables = {
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
  requests: {
    id: string
    office_id: string
    ticket: string
    kind: string
    fulfilment: string
    sop_id: string
    sop_version: number
    agency_id: string
    applicant_id: string | null
    created_by: string
    at_counter: Generated<boolean>
    zone_id: string | null
    fqdn: string | null
    service_id: string | null
    form: Json<ApplicationDraft>
    state: Json<RequestState>
    phase: 'draft' | 'running' | 'ended'
    step: number | null
    stage: 'acting' | 'working'
    visit: number
    holder: string | null
    turn: 'applicant' | 'office' | 'outside' | 'system' | null
    actor: string | null
    due_at: Date | null
    trouble: Json<Trouble | null>
    created_at: Date
    submitted_at: Date | null
    step_since: Date | null
    ended_at: Date | null
    updated_at: Date
  }
  service_takeovers: {
    request_id: string
    office_id: string
    service_id: string
    opened_at: Date
    object_until: Date
    confirmed_by: string | null
    confirmed_at: Date | null
    confirmed_reason: string | null
  }
  takeover_warnings: {
    office_id: string
    request_id: string
    email: string
    name: string
    token_hash: string
    sent_at: Date
    objected_at: Date | null
    objection: string | null
  }
  held_names: {
    id: string
    office_id: string
    fqdn: string
    request_id: string | null
    service_id: string | null
    held_at: Date
    released_at: Date | null
  }
  request_events: {
    id: Generated<number>
    office_id: string
    request_id: string
    at: Date
    type: string
    step: number | null
    visit: number
    person_id: string | null
    data: Json<Record<string, unknown>>
  }
  documents: {
    id: string
    office_id: string
    request_id: string | null
    kind: string
    filename: string
    media_type: string
    size: number
    sha256: string
    /** Null once it was destroyed under the retention schedule. */
    bytes: Buffer | null
    uploaded_by: string | null
    created_at: Date
    pages: number | null
    carries: ColumnType<PdfCarry[], PdfCarry[] | undefined>
    scan: Generated<ScanState>
    scan_finding: string | null
    destroyed_at: Date | null
    held_at: Date | null
    held_reason: string | null
    kept_until: string | null
    kept_for_good: Generated<boolean>
    due_since: string | null
  }
  messages: {
    id: string
    office_id: string
    request_id: string
    author_id: string
    side: 'applicant' | 'office'
    body: string
    at: Date
  }
  time_warnings: { office_id: string; request_id: string; visit: number; percent: number; at: Date }
  registration_reminders: {
    office_id: string
    service_id: string
    registered_until: string
    days_before: number
    at: Date
  }
}

type FulfilmentTables = {
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
  letters: {
    id: string
    office_id: string
    request_id: string | null
    visit: number | null
    kind: string
    register: RegisterCode
    year: number
    /** The archive class that the number is counted by; empty where numbers do not name it. */
    class: Generated<string>
    seq: number
    number: string
    dated: string
    data: Json<unknown>
    verification_code: string
    document_id: string | null
    sha256: string | null
    status: LetterStatus
    signatory_id: string | null
    certificate: Json<SignerCertificate> | null
    signed_at: Date | null
    time_stamp: Json<StampReport> | null
    archive_number: string | null
    archive_date: string | null
    archive_link: string | null
    logbook_seq: number | null
    logbook_head: string | null
    created_at: Date
    issued_at: Date | null
    voided_at: Date | null
    void_reason: string | null
    trouble: Json<Trouble | null>
  }
  signatories: {
    id: string
    office_id: string
    person_id: string
    acting: 'Plt.' | 'Plh.' | 'a.n.' | null
    post: string
    name: string
    rank: string | null
    nip: string | null
    from_day: string
    until_day: string | null
    server_id: string | null
    certificate_name: string | null
    sealed_nik: Buffer | null
    created_at: Date
  }
  signings: {
    letter_id: string
    office_id: string
    signatory_id: string
    pdf: Buffer
    sha256: string
    attempt: string | null
    decided_at: Date | null
    lease_until: Date | null
    remote_id: string | null
    signed_pdf: Buffer | null
    created_at: Date
  }
}

type ServiceTables = {
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
}

type ChecklistTables = {
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

type CertificateTables = {
  certificates: {
    id: string
    office_id: string
    service_id: string
    ca_id: string
    names: string[]
    status: 'waiting' | 'live' | 'replaced' | 'dropped' | 'revoking' | 'revoked'
    replaces_id: string | null
    shared_from: string | null
    alone: Generated<boolean>
    order_url: string | null
    chain: string | null
    issuer: string | null
    serial: string | null
    not_before: Date | null
    not_after: Date | null
    is_exempt: Generated<boolean>
    signed_at: Date | null
    window_start: Date | null
    window_end: Date | null
    ask_window_at: Date | null
    attempts: Generated<number>
    expected_at: Date | null
    trouble: Json<Text> | null
    created_at: Date
    live_at: Date | null
    ended_at: Date | null
  }
}

type LogbookTables = {
  logbook_heads: { office_id: string; seq: number; prev: string; hash: string }
  logbook_entries: {
    office_id: string
    seq: number
    at: Date
    act: string
    subject: string
    text: string
    prev: string
    hash: string
  }
  logbook_openings: { office_id: string; seq: number; field: string; salt: string; value: string }
  logbook_nodes: { office_id: string; level: number; index: number; hash: Buffer }
  logbook_keys: {
    origin: string
    office_id: string
    vkey: string
    sealed: Buffer | null
    since: Date
    entries: number
    ended_at: Date | null
    end_reason: KeyEnd | null
    trouble: Json<Text | null>
  }
  logbook_checkpoints: {
    office_id: string
    size: number
    origin: string
    root: Buffer
    note: string
    at: Date
  }
  logbook_witnesses: {
    id: string
    office_id: string
    organisation: string
    vkey: string
    since: Date
    ended_at: Date | null
  }
  logbook_cosignatures: {
    office_id: string
    size: number
    witness_id: string
    line: string
    at: Date
  }
}

type ArchiveTables = {
  retention_lines: {
    id: string
    office_id: string
    code: string
    title: string
    starts: Start
    active_years: number
    inactive_years: number
    fate: Fate
    confirmed_at: Date | null
  }
  retention_papers: { office_id: string; paper: PaperKind; line_id: string }
  disposals: {
    id: string
    office_id: string
    status: DisposalStatus
    proposed_by: string
    proposed_at: Date
    consent: string | null
    consent_date: string | null
    approved_by: string | null
    approved_as: string | null
    approved_at: Date | null
    destroyed_by: string | null
    destroyed_at: Date | null
    letter_id: string | null
    dropped_by: string | null
    dropped_at: Date | null
    drop_reason: string | null
  }
  disposal_items: {
    disposal_id: string
    document_id: string
    office_id: string
    number: string
    name: string
    paper: PaperKind
    code: string
    title: string
    fate: Fate
    years: number
    filed_on: string
    due_on: string
    state: 'proposed' | 'kept' | 'destroyed' | 'dropped'
    kept_reason: string | null
    kept_by: string | null
  }
}

export type Tables = PeopleTables &
  OfficeTables &
  RequestTables &
  FulfilmentTables &
  ServiceTables &
  CertificateTables &
  ChecklistTables &
  LogbookTables &
  ArchiveTables
