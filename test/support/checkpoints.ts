import { randomBytes, randomUUID } from 'node:crypto'
import type { Deps } from '../../src/actions/act.ts'
import { act } from '../../src/actions/act.ts'
import type { JobDeps, SignedLast } from '../../src/jobs/deps.ts'
import { signCheckpoint } from '../../src/jobs/sign-checkpoints.ts'
import { samplePdf } from './office.ts'
import type { TestApp } from './app.ts'
import { asOwner } from './app.ts'

/** Signs checkpoints of a test portal's offices, as its worker would. */
export function signingFor(deps: Deps): (officeId: string) => Promise<void> {
  const last = new Map<string, SignedLast>()
  const signing = {
    ...deps,
    signedLast: {
      read: async (id: string) => last.get(id),
      write: async (id: string, value: SignedLast) => void last.set(id, value),
    },
    settings: { publicUrl: 'https://desk.example', sealingKey: randomBytes(32) },
  } as unknown as JobDeps
  return (officeId) => signCheckpoint(signing, officeId)
}

/** Writes entries that are about nothing. */
export async function writeEntries(deps: Deps, officeId: string, count: number): Promise<void> {
  for (let entry = 0; entry < count; entry += 1)
    await act(deps, { kind: 'system', officeId }, async (_tx, { note }) =>
      note({
        act: 'test.written',
        subject: { kind: 'test', id: String(entry) },
        personal: { contact: 'Orang Contoh' },
      }),
    )
}

/** A letter that was issued, with its entry in the logbook. */
export async function layIssuedLetter(
  portal: TestApp,
  officeId: string,
  { code, sha256 }: { readonly code: string; readonly sha256: string },
): Promise<void> {
  const [request] = await asOwner(
    portal.database,
    'select id, ticket from requests where office_id = $1 limit 1',
    [officeId],
  )
  const document = randomUUID()
  await asOwner(
    portal.database,
    `insert into documents (id, office_id, kind, filename, media_type, size, sha256, bytes, created_at)
     values ($1, $2, 'reply', 'surat.pdf', 'application/pdf', $3, $4, $5, now())`,
    [document, officeId, samplePdf.length, sha256, samplePdf],
  )
  await asOwner(
    portal.database,
    `insert into letters (id, office_id, request_id, kind, register, year, seq, number, dated, data, verification_code,
       document_id, sha256, status, created_at, issued_at)
     values ($1, $2, $3, 'reply', 'outgoing', 2026, 1, '555/1/CONTOH/III/2026', '2026-03-02', '{}', $4, $5, $6,
       'issued', now(), now())`,
    [randomUUID(), officeId, request!.id, code, document, sha256],
  )
  await act(portal.deps, { kind: 'system', officeId }, async (_tx, { note }) =>
    note({
      act: 'letter.issued',
      subject: { kind: 'request', id: String(request!.ticket) },
      details: { number: '555/1/CONTOH/III/2026', kind: 'reply', code, sha256 },
    }),
  )
}
