import { createHash, randomUUID } from 'node:crypto'
import { draftState } from '../../src/domain/requests/state.ts'
import { asOwner } from './app.ts'
import { samplePdf } from './office.ts'
import type { TestPortal } from './portal.ts'
import { layLiveAndClosed } from './laid-service.ts'

/** What is laid of one request that ended long ago: its file, its reply, and the service it was about. */
export type LaidPapers = {
  readonly ticket: string
  readonly requestId: string
  readonly upload: string
  readonly reply: string
  readonly letterId: string
  readonly code: string
  readonly number: string
  readonly sha256: string
}

type Wish = {
  /** Day on which the request and its service ended; null: the request is running. */
  readonly ended: string | null
  readonly service?: 'live' | 'closed' | 'none'
  /** The octets of the file that was handed in; the same ones make the same digest. */
  readonly bytes?: Buffer
}
let laid = 0

/** Lays a request with an application and a reply letter, as if it had been there for long. */
export async function layPapers(
  portal: TestPortal,
  office: { id: string; slug: string },
  wish: Wish,
): Promise<LaidPapers> {
  laid += 1
  const { ended, service = 'none', bytes = Buffer.concat([samplePdf, Buffer.from(`%${laid}\n`)]) } = wish
  const [requestId, upload, reply, letterId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const ticket = `${office.slug.toUpperCase()}-2015-${String(9000 + laid)}`
  const run = (query: string, values: readonly unknown[]) => asOwner(portal.database, query, [...values])
  const at = `${ended ?? '2015-01-05'}T03:00:00Z`
  let serviceId: string | null = null
  if (service !== 'none') {
    serviceId = (await layLiveAndClosed(portal, office.id, '2030-01-31', `s${laid}-`))[service]
    await run(
      `update services set live_at = '2014-01-01', closed_at = case when status = 'closed' then $2::timestamptz end where id = $1`,
      [serviceId, at],
    )
  }
  await run(
    `insert into requests (id, office_id, ticket, kind, fulfilment, sop_id, sop_version, agency_id, created_by, service_id,
       form, state, phase, stage, visit, created_at, ended_at, updated_at)
     select $1, $2, $3, 'subdomain-hosting', 'new', s.id, 1, a.id, m.person_id, $4, '{}', $8, $5, 'acting', 1, $6, $7, $6
     from sops s, agencies a, memberships m where s.office_id = $2 and a.office_id = $2 and m.office_id = $2 limit 1`,
    [
      requestId,
      office.id,
      ticket,
      serviceId,
      ended ? 'ended' : 'running',
      at,
      ended ? at : null,
      JSON.stringify({
        ...draftState(),
        phase: ended ? 'ended' : 'running',
        at: ended ? null : 1,
        visit: 1,
        ending: ended ? 'completed' : null,
      }),
    ],
  )
  const letterBytes = Buffer.concat([samplePdf, Buffer.from(`%surat ${laid}\n`)])
  const sha256 = digest(letterBytes)
  const put = (id: string, kind: string, content: Buffer, by: string) =>
    run(
      `insert into documents (id, office_id, request_id, kind, filename, media_type, size, sha256, bytes, uploaded_by, created_at)
       values ($1, $2, $3, $4, $5, 'application/pdf', $6, $7, $8, ${by}, $9)`,
      [id, office.id, requestId, kind, `${kind}.pdf`, content.length, digest(content), content, at],
    )
  await put(
    upload,
    'application-letter',
    bytes,
    `(select person_id from memberships where office_id = '${office.id}' limit 1)`,
  )
  await put(reply, 'reply', letterBytes, 'null')
  const number = `555/${laid}/CONTOH/I/2015`
  const code = `${office.slug.toUpperCase()}-7QKDM3XW${String(laid).padStart(4, '0')}`
  const data = {
    kind: 'reply',
    subject: 'Jawaban',
    recipient: { lines: ['Kepala Dinas Contoh'], place: 'Tempat' },
    outcome: 'accepted',
    signature: { post: 'Kepala Dinas', name: 'Nama Pejabat Contoh' },
    secretOfLetter: 'isi surat yang harus hilang',
  }
  await run(
    `insert into letters (id, office_id, request_id, visit, kind, register, year, seq, number, dated, data, verification_code,
       document_id, sha256, status, created_at, issued_at)
     values ($1, $2, $3, 1, 'reply', 'outgoing', 2015, $4, $5, ($6::timestamptz)::date, $7, $8, $9, $10, 'issued', $6, $6)`,
    [letterId, office.id, requestId, laid, number, at, JSON.stringify(data), code, reply, sha256],
  )
  return { ticket, requestId, upload, reply, letterId, code, number, sha256 }
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
