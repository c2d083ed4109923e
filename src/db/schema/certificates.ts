import type { Generated } from 'kysely'
import type { Text } from '../../domain/refused.ts'
import type { Json } from './columns.ts'

export type CertificateTables = {
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
