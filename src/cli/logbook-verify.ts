import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'
import { verifyFile } from './logbook-verifier.ts'
import { verdictExitCode } from './logbook-verifier/describe.ts'

/** `ranah logbook verify FILE`: the auditor's check of an export, a receipt or a proof; needs neither network nor database. */
export const logbookVerify: Command = {
  operands: [{ name: 'FILE', about: about.logbookFile }],
  options: {
    head: { about: about.head, value: 'HEX', many: true },
    checkpoint: { about: about.keptCheckpoint, value: 'FILE', many: true },
    vkey: { about: about.vkey, value: 'KEY', many: true },
    handover: { about: about.handover, value: 'FILE', many: true },
    letter: { about: about.receiptLetter, value: 'PDF' },
    json: { about: about.json },
  },
  exitOne: exitTexts.badLogbook,
  run: async (call) => {
    const { verdict, words } = await verifyFile(givenPath(call.operands.FILE!), {
      heads: call.all('head'),
      checkpoints: call.all('checkpoint').map(givenPath),
      vkeys: call.all('vkey'),
      handovers: call.all('handover').map(givenPath),
      letter: call.has('letter') ? givenPath(call.one('letter')!) : undefined,
    })
    console.log(call.has('json') ? JSON.stringify(verdict, null, 2) : words)
    return verdictExitCode(verdict)
  },
}
