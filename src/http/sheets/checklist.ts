import { localDate } from '../../domain/dates/zones.ts'
import { textColumn } from '../../domain/sheets/columns.ts'
import {
  checklistText as text,
  functionTexts,
  stateTexts,
  verdictTexts,
} from '../../domain/text/security-checklist.ts'
import type { FunctionRow } from '../services/security.ts'
import { openChecklist, rowsOf } from '../services/security.ts'
import { openService } from '../services/view.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { shortSheet } from './sheet.ts'

/** The security checklist of one service. @throws Refused (404) for a service that is not the reader's to see */
export async function checklistSheet(
  { say, deps, member, office }: SheetReader,
  serviceId: string,
): Promise<Sheet> {
  const service = await openService(deps, member, serviceId)
  const checklist = await openChecklist(deps, member, service)
  return shortSheet<FunctionRow>({
    name: 'pemeriksaan-keamanan',
    title: say(text.title),
    columns: [
      textColumn('BSSN 4/2021', (row) => row.letter),
      textColumn(say(text.function), (row) => say(functionTexts[row.id].name)),
      textColumn(say(text.state), (row) => say(stateTexts[row.state])),
      textColumn(say(text.answer), (row) => row.answer && say(verdictTexts[row.answer.verdict])),
      textColumn(say(text.remark), (row) => row.answer?.remark),
      textColumn(say(text.seen), (row) =>
        row.findings.map(({ ok, text: seen }) => `${ok ? '[+]' : '[-]'} ${say(seen)}`).join('\n'),
      ),
      textColumn(
        say(text.waiver),
        (row) => row.waiver && say(text.waivedUntil(row.waiver.until, row.waiver.reason)),
      ),
    ],
    all: async () => rowsOf(checklist, localDate(deps.now(), office.timezone)),
  })
}
