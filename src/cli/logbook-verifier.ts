/**
 * Checks an exported logbook, a receipt or a proof of consistency, offline:
 * `node src/cli/logbook-verifier.ts FILE [--head HEX]... [--checkpoint FILE]... [--vkey KEY]... [--handover FILE]...
 * [--letter PDF]`
 *
 * This file and the folder beside it stand on the standard library of Node alone, are written from
 * docs/logbook-format.md and share no code with the program that writes the logbook, so that an auditor can read them
 * as a whole. The numbers in brackets are the sections of that document. Memory use does not depend on the length of
 * the export.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, realpathSync } from 'node:fs'
import { describeProof, describeVerdict, verdictExitCode } from './logbook-verifier/describe.ts'
import type { LogbookVerdict } from './logbook-verifier/export.ts'
import { verifyLogbookFile } from './logbook-verifier/export.ts'
import { Fault, faults } from './logbook-verifier/faults.ts'
import { follow } from './logbook-verifier/handover.ts'
import { openCheckpoint, trust } from './logbook-verifier/note.ts'
import type { ProofVerdict } from './logbook-verifier/proof.ts'
import { CONSISTENCY, RECEIPT, verifyProof } from './logbook-verifier/proof.ts'

/** What somebody outside holds in hand: heads, files of checkpoints, and the keys that they trust. */
export type Held = {
  readonly heads: readonly string[]
  readonly checkpoints: readonly string[]
  readonly vkeys: readonly string[]
  /** Files by which those keys handed over to later ones, the oldest first. */
  readonly handovers?: readonly string[]
  /** File of the letter whose receipt this should be. */
  readonly letter?: string | undefined
}

export type FileVerdict = { readonly verdict: LogbookVerdict | ProofVerdict; readonly words: string }

/** Longest proof that is read, in octets; a receipt holds one entry. */
const MAX_PROOF = 600_000

/** Checks a file of whatever kind, which its first line tells. */
export async function verifyFile(
  path: string,
  { heads, checkpoints, vkeys, handovers = [], letter }: Held,
): Promise<FileVerdict> {
  try {
    const passed = handovers.map(readWhole).join('')
    const trusted = vkeys.flatMap((vkey) => follow([trust(vkey)], passed))
    const kept = checkpoints.map((file) => openCheckpoint(readWhole(file), trusted))
    const kind = await firstLine(path)
    if (kind !== RECEIPT && kind !== CONSISTENCY) {
      const verdict = await verifyLogbookFile(path, { head: heads, checkpoints: kept })
      return { verdict, words: describeVerdict(verdict) }
    }
    if (trusted.length === 0) throw faults.noVkey()
    const digest = letter === undefined ? undefined : digestOf(letter)
    const verdict = verifyProof(readWhole(path), trusted, kept, digest)
    return { verdict, words: describeProof(verdict) }
  } catch (error) {
    const fault = error instanceof Fault ? error : faults.unreadable(String(error))
    const { why, text } = fault
    const verdict = { verdict: fault.unusable ? 'unusable' : 'bad', why, text } as const
    return { verdict, words: describeProof(verdict) }
  }
}

function readWhole(path: string): string {
  const octets = readFileSync(path)
  if (octets.length > MAX_PROOF) throw faults.proofForm()
  return octets.toString('utf8')
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

async function firstLine(path: string): Promise<string> {
  const longest = Math.max(RECEIPT.length, CONSISTENCY.length)
  let start = ''
  for await (const chunk of createReadStream(path, { end: longest })) start += String(chunk)
  return start.split('\n')[0]!
}

/** The call's words; undefined when they do not fit. */
function readCall(args: readonly string[]): (Held & { readonly file: string }) | undefined {
  const found: Record<string, string[]> = {
    '--head': [],
    '--checkpoint': [],
    '--vkey': [],
    '--handover': [],
    '--letter': [],
  }
  const files: string[] = []
  for (let i = 0; i < args.length; i += 1) {
    const values = found[args[i]!]
    if (values && args[i + 1] !== undefined) values.push(args[(i += 1)]!)
    else files.push(args[i]!)
  }
  const [file, ...more] = files
  if (file === undefined || file.startsWith('-') || more.length > 0) return undefined
  return {
    file,
    heads: found['--head']!,
    checkpoints: found['--checkpoint']!,
    vkeys: found['--vkey']!,
    handovers: found['--handover']!,
    letter: found['--letter']![0],
  }
}

async function main(args: readonly string[]): Promise<number> {
  const call = readCall(args)
  if (!call) {
    console.error(
      'Pemakaian / usage: node src/cli/logbook-verifier.ts FILE [--head HEX]... [--checkpoint FILE]... [--vkey KEY]... [--handover FILE]... [--letter PDF]',
    )
    return 2
  }
  const { verdict, words } = await verifyFile(call.file, call)
  console.log(words)
  return verdictExitCode(verdict)
}

const invoked = process.argv[1]
if (invoked !== undefined && realpathSync(invoked) === import.meta.filename) {
  process.exitCode = await main(process.argv.slice(2))
}
