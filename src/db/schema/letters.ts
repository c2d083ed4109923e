import type { Generated } from 'kysely'
import type { SignerCertificate } from '../../domain/letters/signing.ts'
import type { StampReport } from '../../domain/letters/time-stamp.ts'
import type { Json, Trouble } from './columns.ts'

/** `awaiting`: composed, and waiting for the signature of the person who holds the office. */
export type LetterStatus = 'numbered' | 'awaiting' | 'issued' | 'voided'

export type RegisterCode = 'incoming' | 'outgoing' | 'hand-over'

export type LetterTables = {
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
