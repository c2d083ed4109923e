import { samples } from '../domain/letters/samples.ts'
import { argumentTexts as about, exitTexts, templatesChecked } from '../domain/text/commands.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'

/** `ranah letter check FOLDER`: sets every sample with an office's own templates before a letter is. */
export const letterCheck: Command = {
  operands: [{ name: 'FOLDER', about: about.templateFolder }],
  exitOne: exitTexts.templateFaults,
  run: async (call, { checkTemplates }) => {
    const { templates, faults } = await checkTemplates(
      givenPath(call.operands.FOLDER!),
      Object.values(samples),
    )
    for (const fault of faults) console.log(fault)
    console.log(call.say(templatesChecked(templates, faults.length)))
    return faults.length === 0 && templates > 0 ? 0 : 1
  },
}
