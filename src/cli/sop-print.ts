import { checkLogo } from '../domain/office/logo.ts'
import type { SopPrint } from '../domain/sop-paper/print.ts'
import { isLocalDate } from '../domain/dates/zones.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import type { Call } from './arguments.ts'
import { wrongCall } from './arguments.ts'
import type { Command } from './command.ts'
import { readGiven, readSoundSop } from './sop-file.ts'
import { writeWhole } from './whole-file.ts'

/** `ranah sop print FILE -o OUT.pdf`: the SOP in the format of PermenPANRB 35/2012. */
export const sopPrint: Command = {
  operands: [{ name: 'FILE', about: about.sopFile }],
  options: {
    output: { about: about.outputFile, value: 'OUT.pdf', short: 'o', required: true },
    paper: { about: about.paper, value: 'a4|f4' },
    logo: { about: about.logo, value: 'FILE' },
    date: { about: about.printDate, value: 'YYYY-MM-DD' },
  },
  exitOne: exitTexts.sopErrors,
  run: async (call, { printSop }) => {
    const size = sizeOf(call)
    const createdAt = instantOf(call)
    const sop = await readSoundSop(call)
    if (!sop) return 1
    const logo = await logoOf(call)
    await writeWhole(call.one('output')!, await printSop({ sop, size, createdAt, ...logo }))
    return 0
  },
}

function sizeOf(call: Call): SopPrint['size'] {
  const size = call.one('paper') ?? 'a4'
  if (size === 'a4' || size === 'f4') return size
  throw wrongCall(cliTexts.optionWithoutValue('--paper', 'a4|f4'))
}

/** The day that the PDF declares; with the same day the same file gives the same bytes. */
function instantOf(call: Call): string {
  const date = call.one('date') ?? new Date().toISOString().slice(0, 10)
  if (!isLocalDate(date)) throw wrongCall(cliTexts.optionWithoutValue('--date', 'YYYY-MM-DD'))
  return `${date}T00:00:00Z`
}

async function logoOf(call: Call): Promise<Pick<SopPrint, 'logo'>> {
  const file = call.one('logo')
  if (file === undefined) return {}
  const bytes = new Uint8Array(await readGiven(file))
  return { logo: { mediaType: checkLogo(bytes), bytes } }
}
