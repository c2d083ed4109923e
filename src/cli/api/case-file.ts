import * as z from 'zod'
import { apiArgumentTexts as about } from '../../domain/text/api-commands.ts'
import { caseFileText } from '../../domain/text/case-file.ts'
import { argumentTexts } from '../../domain/text/commands.ts'
import type { Command } from '../command.ts'
import { requireNew, writeWhole } from '../whole-file.ts'
import { accessOptions } from './command.ts'
import { callPortal, readAccess } from './portal.ts'

const begun = z.object({ id: z.string() })
const state = z.object({ status: z.enum(['working', 'ready']), done: z.int(), of: z.int() })

/** Each look is answered after a second at the latest; so many of them at most. */
const maxLooks = 1800
const barWidth = 24

/** `ranah request case-file TICKET -o OUT.pdf`: begins it, shows how far it is from the first second on, saves it. */
export const requestCaseFile: Command = {
  operands: [{ name: 'TICKET', about: about.ticket }],
  options: {
    office: accessOptions.office,
    output: { about: argumentTexts.outputFile, value: 'OUT.pdf', short: 'o', required: true },
  },
  run: async (call) => {
    const access = readAccess(process.env, call.one('office'))
    await requireNew(call.one('output')!)
    const path = `/offices/{office}/requests/${encodeURIComponent(call.operands.TICKET!)}/case-files`
    const ask = async (method: string, end: string) =>
      callPortal(access, { method, path: path + end }, call.locale)
    const { id } = begun.parse(await (await ask('POST', '')).json())
    for (let look = 0; look < maxLooks; look += 1) {
      const { status, done, of } = state.parse(await (await ask('GET', `/${id}`)).json())
      if (status === 'ready') break
      console.error(`${bar(done / of)} ${caseFileText.progress(done, of)[call.locale]}`)
    }
    const file = await ask('GET', `/${id}/pdf`)
    await writeWhole(call.one('output')!, Buffer.from(await file.arrayBuffer()))
    return 0
  },
}

const bar = (share: number): string => {
  const full = Math.round(share * barWidth)
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`
}
