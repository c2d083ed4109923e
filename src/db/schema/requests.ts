import type { ColumnType, Generated } from 'kysely'
import type { ApplicationDraft } from '../../domain/requests/application.ts'
import type { PdfCarry } from '../../domain/requests/pdf-content.ts'
import type { ScanState } from '../../domain/requests/scan.ts'
import type { RequestState } from '../../domain/requests/state.ts'
import type { Json, Trouble } from './columns.ts'

export type RequestTables = {
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
}
