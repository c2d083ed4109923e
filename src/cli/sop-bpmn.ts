import { bpmnOf } from '../domain/bpmn/export.ts'
import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import type { Command } from './command.ts'
import { readSoundSop } from './sop-file.ts'
import { writeWhole } from './whole-file.ts'

/** `ranah sop bpmn FILE -o OUT.bpmn`: the SOP as a BPMN 2.0 process with its diagram. */
export const sopBpmn: Command = {
  operands: [{ name: 'FILE', about: about.sopFile }],
  options: { output: { about: about.outputFile, value: 'OUT.bpmn', short: 'o', required: true } },
  exitOne: exitTexts.sopErrors,
  run: async (call) => {
    const sop = await readSoundSop(call)
    if (!sop) return 1
    await writeWhole(call.one('output')!, bpmnOf(sop))
    return 0
  },
}
