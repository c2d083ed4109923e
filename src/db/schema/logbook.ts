import type { Generated } from 'kysely'
import type { KeyEnd } from '../../domain/logbook/origin.ts'
import type { Text } from '../../domain/refused.ts'
import type { Json } from './columns.ts'

export type LogbookTables = {
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
    renewal_asked_at: Generated<Date | null>
    handover: Generated<string | null>
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
