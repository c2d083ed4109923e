import { readFile } from 'node:fs/promises'
import { Refused } from '../domain/refused.ts'
import { checkSop } from '../domain/sop/check.ts'
import type { SopDocument } from '../domain/sop/document.ts'
import type { Finding } from '../domain/sop/finding.ts'
import { parseSop } from '../domain/sop/parse.ts'
import { cliTexts } from '../domain/text/cli.ts'
import type { Call } from './arguments.ts'
import { givenPath } from './given-path.ts'

/** A file named on the command line. @throws Refused when it cannot be read */
export async function readGiven(file: string): Promise<Buffer> {
  try {
    return await readFile(givenPath(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refused('file-unreadable', cliTexts.unreadableFile(file, code ?? String(error)), {
      cause: error,
    })
  }
}

/** An SOP file as it was read: its findings, and the document where it has the shape of one. */
export type ReadSop = {
  readonly file: string
  readonly document: SopDocument | null
  readonly findings: readonly Finding[]
  readonly errors: number
}

/** Reads and checks the SOP file of a call. */
export async function readSop(call: Call): Promise<ReadSop> {
  const file = call.operands.FILE!
  const parsed = parseSop(await readGiven(file))
  const findings = parsed.ok ? checkSop(parsed.document, parsed.positions) : parsed.findings
  const errors = findings.filter((each) => each.severity === 'error').length
  return { file, document: parsed.ok ? parsed.document : null, findings, errors }
}

/** Says every finding with file, line and column. */
export function printFindings(call: Call, file: string, findings: readonly Finding[]): void {
  for (const { line, col, severity, code, text } of findings)
    console.log(
      `${file}:${line ?? 1}:${col ?? 1} ${call.say(cliTexts.severity[severity])} ${code} ${call.say(text)}`,
    )
}

/** @returns the document of the call's file; null, with its errors said, when it has any */
export async function readSoundSop(call: Call): Promise<SopDocument | null> {
  const { file, document, findings, errors } = await readSop(call)
  if (document && errors === 0) return document
  printFindings(
    call,
    file,
    findings.filter((each) => each.severity === 'error'),
  )
  console.error(call.say(cliTexts.sopUnsound(file, errors)))
  return null
}
