import { commit, entryText, genesisHash, nextHash } from '../../../src/domain/logbook/entry.ts'
import { exportLines } from '../../../src/domain/logbook/export.ts'
import type { ExportedEntry } from '../../../src/domain/logbook/export.ts'

export const OFFICE = 'dinas-contoh'
export const SALT = Uint8Array.from({ length: 16 }, (_, i) => i)
export const SALT_HEX = Buffer.from(SALT).toString('hex')

/** A chain of so many entries; the second opens its commitment. */
export function sampleChain(count: number, office = OFFICE): ExportedEntry[] {
  const entries: ExportedEntry[] = []
  let prev = genesisHash(office)
  for (let seq = 1; seq <= count; seq += 1) {
    const text = entryText({
      office,
      seq,
      at: new Date(Date.UTC(2026, 0, 5, 1, seq)),
      actor: { role: 'applicant', ref: `person-${seq}` },
      act: 'request.submitted',
      subject: { kind: 'request', id: `RNH-2026-000${seq}` },
      details: { step: 1, name: 'contoh.contohkab.go.id', note: 'garis "miring" \\ dan é', urgent: false },
      commitments: seq === 2 ? { name: commit(SALT, 'Budi') } : {},
    })
    const hash = nextHash(prev, text)
    const reveals = seq === 2 ? [{ field: 'name', salt: SALT_HEX, value: 'Budi' }] : []
    entries.push({ seq, prev, hash, text, reveals })
    prev = hash
  }
  return entries
}

/** The export of a chain, line by line. */
export async function sampleExport(entries: readonly ExportedEntry[], office = OFFICE): Promise<string[]> {
  const head = entries.at(-1)?.hash ?? genesisHash(office)
  const exportedAt = new Date('2026-02-01T00:00:00.000Z')
  const header = { office: { id: office, name: 'Dinas Contoh' }, exportedAt, entries: entries.length, head }
  const lines: string[] = []
  for await (const line of exportLines(header, entries)) lines.push(line)
  return lines
}
