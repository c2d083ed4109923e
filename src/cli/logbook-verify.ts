import { argumentTexts as about, commandTexts, exitTexts } from '../domain/text/commands.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'
import { describeVerdict, verdictExitCode, verifyLogbookFile } from './logbook-verifier.ts'

/** `ranah logbook verify FILE [--head HEX]...`: the auditor's check, which needs neither network nor database. */
export const logbookVerify: Command = {
  summary: commandTexts['logbook verify'],
  operands: [{ name: 'FILE', about: about.logbookFile }],
  options: { head: { about: about.head, value: 'HEX', many: true }, json: { about: about.json } },
  exitOne: exitTexts.badLogbook,
  run: async (call) => {
    const verdict = await verifyLogbookFile(givenPath(call.operands.FILE!), { head: call.all('head') })
    console.log(call.has('json') ? JSON.stringify(verdict, null, 2) : describeVerdict(verdict))
    return verdictExitCode(verdict)
  },
}
