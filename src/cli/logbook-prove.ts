import { apiArgumentTexts } from '../domain/text/api-commands.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { callPortal, readAccess } from './api/portal.ts'
import { wrongCall } from './arguments.ts'
import type { Command } from './command.ts'
import { writeWhole } from './whole-file.ts'

/** `ranah logbook prove`: the receipt of an entry, or the proof that the newest checkpoint continues a kept one. */
export const logbookProve: Command = {
  options: {
    entry: { about: about.proveEntry, value: 'NUMBER' },
    from: { about: about.proveFrom, value: 'SIZE' },
    office: { about: apiArgumentTexts.office, value: 'SLUG' },
    output: { about: about.outputFile, value: 'FILE', short: 'o', required: true },
  },
  run: async (call) => {
    const [entry, from] = [call.one('entry'), call.one('from')]
    if ((entry === undefined) === (from === undefined))
      throw wrongCall(cliTexts.optionMissing('--entry | --from'))
    if (!/^[1-9]\d{0,14}$/.test(entry ?? from!))
      throw wrongCall(cliTexts.optionWithoutValue(entry === undefined ? '--from' : '--entry', 'NUMBER'))
    const access = readAccess(process.env, call.one('office'))
    const request = entry
      ? { method: 'GET', path: `/offices/{office}/logbook/${entry}/receipt` }
      : { method: 'GET', path: '/public/offices/{office}/logbook/consistency', query: { from } }
    const answer = await callPortal(access, request, call.locale)
    await writeWhole(call.one('output')!, await answer.text())
    return 0
  },
}
