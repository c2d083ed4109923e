import type { OpenDataSettings } from '../../domain/office/open-data.ts'
import type { Generated } from 'kysely'
import type { ZoneFinding } from '../../domain/dns/compare.ts'
import type { FindingProposal, FindingStatus } from '../../domain/dns/drift.ts'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import type { Text } from '../../domain/refused.ts'
import type { ServerCheck, ServerDriverName, ServerKind } from '../../domain/office/server-drivers.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import type { Json } from './columns.ts'
import type { RegisterCode } from './letters.ts'

export type OfficeTables = {
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
