import type { Fate, PaperKind, Start } from '../../domain/archive/schedule.ts'
import type { DisposalStatus } from '../../domain/archive/standing.ts'

export type ArchiveTables = {
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
