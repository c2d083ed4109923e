import { readFile } from 'node:fs/promises'
import { checkSop } from '../domain/sop/check.ts'
import type { Finding } from '../domain/sop/finding.ts'
import { parseSop } from '../domain/sop/parse.ts'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about, commandTexts, exitTexts } from '../domain/text/commands.ts'
import type { Call } from './arguments.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'

/** `ranah sop check FILE`: what keeps an SOP file from being published, and what a person should look at. */
export const sopCheck: Command = {
  summary: commandTexts['sop check'],
  operands: [{ name: 'FILE', about: about.sopFile }],
  options: { json: { about: about.json } },
  exitOne: exitTexts.sopErrors,
  run: async (call) => {
    const file = call.operands.FILE!
    const findings = findingsOf(await readSource(file))
    const errors = findings.filter((each) => each.severity === 'error').length
    if (call.has('json')) printJson(call, file, findings, errors)
    else printLines(call, file, findings, errors)
    return errors > 0 ? 1 : 0
  },
}

async function readSource(file: string): Promise<Buffer> {
  try {
    return await readFile(givenPath(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refused('file-unreadable', cliTexts.unreadableFile(file, code ?? String(error)), {
      cause: error,
    })
  }
}

function findingsOf(source: Buffer): readonly Finding[] {
  const parsed = parseSop(source)
  return parsed.ok ? checkSop(parsed.document, parsed.positions) : parsed.findings
}

function printLines(call: Call, file: string, findings: readonly Finding[], errors: number): void {
  for (const { line, col, severity, code, text } of findings)
    console.log(
      `${file}:${line ?? 1}:${col ?? 1} ${call.say(cliTexts.severity[severity])} ${code} ${call.say(text)}`,
    )
  const warnings = findings.length - errors
  console.error(call.say(errors > 0 ? cliTexts.sopUnsound(file, errors) : cliTexts.sopSound(file, warnings)))
}

function printJson(call: Call, file: string, findings: readonly Finding[], errors: number): void {
  const list = findings.map(({ text, ...finding }) => ({ ...finding, text: call.say(text) }))
  console.log(JSON.stringify({ file, ok: errors === 0, findings: list }, null, 2))
}
