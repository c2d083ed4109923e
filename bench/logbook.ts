import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { verifyLogbookStream } from '../src/cli/logbook-verifier/export.ts'
import type { StoredEntry } from '../src/domain/logbook/chain.ts'
import { verifyChain } from '../src/domain/logbook/chain.ts'
import { entryText, genesisHash, nextHash } from '../src/domain/logbook/entry.ts'
import { exportLines } from '../src/domain/logbook/export.ts'
import type { Row } from './report.ts'
import { pairs } from './report.ts'

/** Entries of the chain that is checked over and over. */
const chainLength = 2_000
const office = '6d4a5c1e-0000-4000-8000-000000000000'

/**
 * Logbook entries verified per second, by the domain and by the auditor's one-file verifier, against SHA-256 over
 * the same texts entry by entry: what no verifier can do without.
 */
export async function logbook(): Promise<readonly Row[]> {
  const entries = chain()
  const file = Buffer.from(await exported(entries))
  const hashes = async () => {
    for (const { prev, text } of entries) createHash('sha256').update(prev).update(text).digest('hex')
  }
  const inDomain = async () => {
    if (!verifyChain(office, entries).ok) throw new Error('the chain is bad')
  }
  const offline = async () => {
    const { verdict } = await verifyLogbookStream(Readable.from([file]))
    if (verdict !== 'ok') throw new Error(`the export is ${verdict}`)
  }
  return [
    await pairs('logbook entries verified (portal)', 1, inDomain, hashes, null, chainLength),
    await pairs('logbook entries verified (offline verifier)', 1, offline, hashes, null, chainLength),
  ]
}

function chain(): readonly StoredEntry[] {
  const entries: StoredEntry[] = []
  let prev = genesisHash(office)
  for (let seq = 1; seq <= chainLength; seq += 1) {
    const text = entryText({
      office,
      seq,
      at: new Date(Date.UTC(2026, 2, 2) + seq * 1000),
      actor: { role: 'operator', ref: 'pegawai-contoh' },
      act: 'step.completed',
      subject: { kind: 'request', id: `CONTOH-${seq}` },
      details: { step: (seq % 7) + 1, visit: seq % 9, activity: 'study' },
    })
    const hash = nextHash(prev, text)
    entries.push({ seq, prev, hash, text })
    prev = hash
  }
  return entries
}

async function exported(entries: readonly StoredEntry[]): Promise<string> {
  const header = {
    office: { id: office, name: 'Dinas Contoh' },
    exportedAt: new Date(Date.UTC(2026, 2, 3)),
    entries: entries.length,
    head: entries.at(-1)!.hash,
  }
  let text = ''
  for await (const line of exportLines(header, entries)) text += line
  return text
}
