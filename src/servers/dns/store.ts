import type { Buffer } from 'node:buffer'
import { open, readFile, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { parseRdata, printRdata, rdataFromWire, rdataToWire } from '../../domain/dns/records.ts'
import { TYPE, typeCode, typeName } from '../../domain/dns/types.ts'
import { CorruptStore, journalLine, readLines } from './journal.ts'
import type { SetChange } from './update-zone.ts'
import { Zone } from './zone.ts'

/**
 * The zones on disk: `zones-N` holds everything up to batch N, `journal-N` the batches after it. A batch is one
 * line, synced before it is answered. Both are text that an operator can read.
 */

/** Record sets per line of a snapshot. */
const SETS_PER_LINE = 500

const setSchema = z.tuple([z.string(), z.string(), z.string(), z.number(), z.array(z.string())])
const batchSchema = z.strictObject({ seq: z.number().int(), sets: z.array(setSchema) })
const endSchema = z.strictObject({ end: z.number().int() })
type WrittenSet = z.infer<typeof setSchema>

function written(change: SetChange): WrittenSet {
  const values = change.set.rdatas.map((rdata) => printRdata(rdataFromWire(change.type, rdata)))
  return [change.zone, change.name, typeName(change.type), change.set.ttl, values]
}

function applySet(zones: Map<string, Zone>, [origin, name, type, ttl, values]: WrittenSet): void {
  const rdatas = values.map((value) => rdataToWire(parseRdata(type, value)))
  applyChange(zones, { zone: origin, name, type: typeCode(type), set: { ttl, rdatas } })
}

function applyChange(zones: Map<string, Zone>, { zone: origin, name, type, set }: SetChange): void {
  const zone = zones.get(origin) ?? new Zone(origin)
  zones.set(origin, zone)
  zone.setRecords(name, type, set)
}

function* setsOf(zones: ReadonlyMap<string, Zone>): Generator<SetChange> {
  for (const zone of zones.values()) {
    for (const name of zone.names()) {
      for (const [type, set] of zone.node(name)) yield { zone: zone.origin, name, type, set }
    }
  }
}

async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  await handle.sync()
  await handle.close()
}

/** Writes a whole file and syncs it; it appears under its name complete or not at all. */
async function writeWhole(dir: string, name: string, lines: Iterable<Buffer>): Promise<void> {
  const temporary = join(dir, `${name}.new`)
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      // A single write may take only a part of a line when the disk fills up, and say nothing of it.
      for (const line of lines) await handle.appendFile(line)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    // What was written of it would keep the disk full.
    await rm(temporary, { force: true })
    throw error
  }
  await rename(temporary, join(dir, name))
  await syncDirectory(dir)
}

function* snapshotLines(seq: number, zones: ReadonlyMap<string, Zone>): Generator<Buffer> {
  let sets: WrittenSet[] = []
  let lines = 0
  for (const change of setsOf(zones)) {
    sets.push(written(change))
    if (sets.length < SETS_PER_LINE) continue
    yield journalLine({ seq, sets })
    lines += 1
    sets = []
  }
  yield journalLine({ seq, sets })
  yield journalLine({ end: lines + 1 })
}

/** Octets are parsed lazily by type, so a wrong shape is damage, not a fault. */
function parsed<T>(schema: z.ZodType<T>, value: unknown, file: string, line: number): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new CorruptStore(file, line, 'it does not have the form of the store')
  return result.data
}

async function readSnapshot(dir: string, seq: number, zones: Map<string, Zone>): Promise<void> {
  const file = join(dir, `zones-${seq}`)
  const { values } = readLines(file, await readFile(file), false)
  const end = parsed(endSchema, values.at(-1), file, values.length)
  if (end.end !== values.length - 1) throw new CorruptStore(file, values.length, 'lines are missing')
  values.slice(0, -1).forEach((value, index) => {
    for (const set of parsed(batchSchema, value, file, index + 1).sets) applySet(zones, set)
  })
}

function replay(file: string, values: readonly unknown[], first: number, zones: Map<string, Zone>): number {
  let seq = first
  values.forEach((value, index) => {
    const batch = parsed(batchSchema, value, file, index + 1)
    if (batch.seq !== seq + 1) throw new CorruptStore(file, index + 1, `batch ${seq + 1} is missing`)
    for (const set of batch.sets) applySet(zones, set)
    seq = batch.seq
  })
  return seq
}

/** The write failed and the file could be put back as it was: the batch did not happen. */
export class StoreFull extends Error {}

export class ZoneStore {
  readonly zones = new Map<string, Zone>()
  /** octets of a torn last line that were dropped at start; the update they held was never answered */
  tornOctets = 0
  readonly #dir: string
  #seq = 0
  #journal!: FileHandle
  #journalOctets = 0
  #journalName = ''
  readonly #maxJournalOctets: number
  #foldAtOctets: number

  private constructor(dir: string, maxJournalOctets: number) {
    this.#dir = dir
    this.#maxJournalOctets = maxJournalOctets
    this.#foldAtOctets = maxJournalOctets
  }

  /**
   * Reads the zones from a directory, or starts an empty store in it.
   * @param maxJournalOctets a journal past this size is folded into a new snapshot
   * @throws CorruptStore when what is there cannot be what was written
   */
  static async open(dir: string, maxJournalOctets: number): Promise<ZoneStore> {
    const store = new ZoneStore(dir, maxJournalOctets)
    const names = await readdir(dir)
    const snapshots = names.flatMap((name) => /^zones-(\d+)$/.exec(name)?.[1] ?? []).map(Number)
    if (snapshots.length === 0) {
      await store.#startAfresh(names)
    } else {
      await store.#load(Math.max(...snapshots))
    }
    await store.#removeOlder(names)
    return store
  }

  async #startAfresh(names: readonly string[]): Promise<void> {
    for (const name of names.filter((each) => each.startsWith('journal-'))) {
      const { size } = await stat(join(this.#dir, name))
      // An empty one is left when a crash comes before the very first snapshot.
      if (size > 0) throw new CorruptStore(join(this.#dir, name), 0, 'the snapshot it follows is missing')
    }
    await this.#openJournal('journal-0')
    await writeWhole(this.#dir, 'zones-0', snapshotLines(0, this.zones))
  }

  async #load(base: number): Promise<void> {
    await readSnapshot(this.#dir, base, this.zones)
    const file = join(this.#dir, `journal-${base}`)
    const content = await readFile(file).catch(() => {
      throw new CorruptStore(file, 0, 'the journal of the snapshot is missing')
    })
    const { values, octets } = readLines(file, content, true)
    this.#seq = replay(file, values, base, this.zones)
    for (const zone of this.zones.values()) {
      if (!zone.get(zone.origin, TYPE.SOA)) throw new CorruptStore(file, 0, `zone ${zone.origin} has no SOA`)
    }
    await this.#openJournal(`journal-${base}`)
    this.tornOctets = content.length - octets
    if (this.tornOctets > 0) {
      await this.#journal.truncate(octets)
      await this.#journal.sync()
    }
    this.#journalOctets = octets
  }

  async #openJournal(name: string): Promise<void> {
    this.#journal = await open(join(this.#dir, name), 'a', 0o600)
    this.#journalName = name
    this.#journalOctets = 0
    await this.#journal.sync()
    await syncDirectory(this.#dir)
  }

  /** Files that a crash left between two steps of folding. */
  async #removeOlder(names: readonly string[]): Promise<void> {
    const keep = new Set([this.#journalName, this.#journalName.replace('journal', 'zones')])
    const old = names.filter((name) => /^(zones|journal)-\d+(\.new)?$/.test(name) && !keep.has(name))
    for (const name of old) await rm(join(this.#dir, name), { force: true })
  }

  /**
   * Makes changes durable, then visible. Calls must not overlap.
   * @throws StoreFull when nothing was written; any other error means that the state of the disk is unknown
   */
  async commit(changes: readonly SetChange[]): Promise<void> {
    if (changes.length === 0) return
    const line = journalLine({ seq: this.#seq + 1, sets: changes.map(written) })
    try {
      await this.#journal.appendFile(line)
    } catch (cause) {
      await this.#journal.truncate(this.#journalOctets)
      await this.#journal.sync()
      throw new StoreFull('the update could not be written', { cause })
    }
    await this.#journal.datasync()
    this.#seq += 1
    this.#journalOctets += line.length
    for (const change of changes) applyChange(this.zones, change)
    if (this.#journalOctets > this.#foldAtOctets) await this.#fold()
  }

  /** New journal first, then the snapshot that makes it count: a crash between the two changes nothing. */
  async #fold(): Promise<void> {
    const old = this.#journal
    const oldName = this.#journalName
    const oldOctets = this.#journalOctets
    try {
      await this.#openJournal(`journal-${this.#seq}`)
      await writeWhole(this.#dir, `zones-${this.#seq}`, snapshotLines(this.#seq, this.zones))
    } catch {
      // The disk is full: go on with the long journal, which holds everything.
      if (this.#journal !== old) await this.#journal.close()
      await rm(join(this.#dir, `zones-${this.#seq}`), { force: true })
      await rm(join(this.#dir, `journal-${this.#seq}`), { force: true })
      this.#journal = old
      this.#journalName = oldName
      this.#journalOctets = oldOctets
      this.#foldAtOctets = oldOctets + this.#maxJournalOctets
      return
    }
    this.#foldAtOctets = this.#maxJournalOctets
    await old.close()
    await this.#removeOlder(await readdir(this.#dir))
  }

  async close(): Promise<void> {
    await this.#journal.close()
  }
}
