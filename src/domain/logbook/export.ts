import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import { LOGBOOK_FORMAT } from './entry.ts'
import type { StoredEntry } from './chain.ts'

/** What the first line of an export says. `head` and `entries` come from the same snapshot as the entries. */
export type ExportHeader = {
  readonly office: { readonly id: string; readonly name: string }
  readonly exportedAt: Date
  readonly entries: number
  readonly head: string
}

/** Opens one commitment: whoever reads the export learns the personal value. `salt` in hex. */
export type Reveal = { readonly field: string; readonly salt: string; readonly value: string }

export type ExportedEntry = StoredEntry & { readonly reveals?: readonly Reveal[] }

/**
 * The lines of an export file, each with its line feed, in the format of docs/logbook-format.md: header, entries
 * with what is revealed of them, and a footer that closes the file with its own checksum.
 */
export async function* exportLines(
  header: ExportHeader,
  entries: AsyncIterable<ExportedEntry> | Iterable<ExportedEntry>,
): AsyncGenerator<string> {
  const file = createHash('sha256')
  const add = (line: string): string => {
    file.update(line)
    return line
  }
  yield add(headerLine(header))
  for await (const entry of entries) {
    yield add(entryLine(entry))
    for (const reveal of entry.reveals ?? []) yield add(revealLine(entry.seq, reveal))
  }
  const sha256 = file.digest('hex')
  yield `${canonical({ entries: header.entries, head: header.head, line: 'footer', sha256 })}\n`
}

function headerLine({ office, exportedAt, entries, head }: ExportHeader): string {
  const line = {
    entries,
    exportedAt: exportedAt.toISOString(),
    format: LOGBOOK_FORMAT,
    head,
    line: 'header',
    office: { id: office.id, name: office.name },
  }
  return `${canonical(line)}\n`
}

function entryLine({ seq, text, prev, hash }: StoredEntry): string {
  return `${canonical({ hash, line: 'entry', prev, seq, text })}\n`
}

function revealLine(seq: number, { field, salt, value }: Reveal): string {
  return `${canonical({ field, line: 'reveal', salt, seq, value })}\n`
}
