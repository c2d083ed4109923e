import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import type { Call } from './arguments.ts'
import type { Command } from './command.ts'
import { printFindings, readSop, type ReadSop } from './sop-file.ts'

/** `ranah sop check FILE`: what keeps an SOP file from being published, and what a person should look at. */
export const sopCheck: Command = {
  operands: [{ name: 'FILE', about: about.sopFile }],
  options: { json: { about: about.json } },
  exitOne: exitTexts.sopErrors,
  run: async (call) => {
    const read = await readSop(call)
    if (call.has('json')) printJson(call, read)
    else printLines(call, read)
    return read.errors > 0 ? 1 : 0
  },
}

function printLines(call: Call, { file, findings, errors }: ReadSop): void {
  printFindings(call, file, findings)
  const warnings = findings.length - errors
  console.error(call.say(errors > 0 ? cliTexts.sopUnsound(file, errors) : cliTexts.sopSound(file, warnings)))
}

function printJson(call: Call, { file, findings, errors }: ReadSop): void {
  const list = findings.map(({ text, ...finding }) => ({ ...finding, text: call.say(text) }))
  console.log(JSON.stringify({ file, ok: errors === 0, findings: list }, null, 2))
}
