import { apiAccessTexts as say, apiArgumentTexts as about } from '../../domain/text/api-commands.ts'
import { argumentTexts } from '../../domain/text/commands.ts'
import { wrongCall } from '../arguments.ts'
import type { Command } from '../command.ts'
import { requireNew, writeWhole } from '../whole-file.ts'
import { accessOptions } from './command.ts'
import { callPortal, readAccess } from './portal.ts'

/** `ranah table save LIST -o FILE.xlsx`: a list of the API as the table that its page shows, all rows of it. */
export const tableSave: Command = {
  operands: [{ name: 'LIST', about: about.list }],
  options: {
    view: { about: about.tableView, value: 'VIEW' },
    search: { about: about.search, value: 'TEXT' },
    register: { about: about.register, value: 'REGISTER' },
    act: { about: about.act, value: 'ACT' },
    whose: { about: about.whose, value: 'EMAIL' },
    from: { about: about.from, value: 'DAY' },
    to: { about: about.to, value: 'DAY' },
    office: accessOptions.office,
    output: { about: argumentTexts.outputFile, value: 'OUT.xlsx', short: 'o', required: true },
  },
  run: async (call) => {
    const list = call.operands.LIST!
    if (!/^[a-z]+(-[a-z]+)*$/.test(list)) throw wrongCall(say.notList(list))
    const output = call.one('output')!
    const format = /\.(csv|xlsx)$/i.exec(output)?.[1]?.toLowerCase()
    if (!format) throw wrongCall(say.notTableFile(output))
    const asked = ['view', 'search', 'register', 'act', 'whose', 'from', 'to'].map((name) => [
      name,
      call.one(name),
    ])
    await requireNew(output)
    const answer = await callPortal(
      readAccess(process.env, call.one('office')),
      { method: 'GET', path: `/offices/{office}/${list}`, query: { ...Object.fromEntries(asked), format } },
      call.locale,
    )
    if (!answer.headers.get('content-disposition')?.startsWith('attachment'))
      throw wrongCall(say.notList(list))
    await writeWhole(output, Buffer.from(await answer.arrayBuffer()))
    return 0
  },
}
