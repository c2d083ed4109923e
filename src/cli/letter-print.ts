import { samples } from '../domain/letters/samples.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { wrongCall } from './arguments.ts'
import type { Command } from './command.ts'
import { writeWhole } from './whole-file.ts'

/** `ranah letter print KIND --sample -o OUT.pdf`: what a paper looks like, with invented data. */
export const letterPrint: Command = {
  operands: [{ name: 'KIND', about: about.letterKind }],
  options: {
    sample: { about: about.sample, required: true },
    output: { about: about.outputFile, value: 'OUT.pdf', short: 'o', required: true },
    paper: { about: about.paper, value: 'a4|f4' },
  },
  run: async (call, { printPaper }) => {
    const paper = samples[call.operands.KIND!]
    if (!paper) throw wrongCall(cliTexts.optionWithoutValue('KIND', Object.keys(samples).join('|')))
    const size = call.one('paper') ?? paper.size
    if (size !== 'a4' && size !== 'f4') throw wrongCall(cliTexts.optionWithoutValue('--paper', 'a4|f4'))
    await writeWhole(call.one('output')!, await printPaper({ ...paper, size }))
    return 0
  },
}
