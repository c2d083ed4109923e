import type { Reader } from '../../actions/people/personal-data.ts'
import { roles, roleTexts } from '../../domain/access/roles.ts'
import type { Text } from '../../domain/refused.ts'
import { clockOf, momentColumn, textColumn } from '../../domain/sheets/columns.ts'
import { actText } from '../../domain/text/acts.ts'
import { logbookTexts, subjectKinds } from '../../domain/text/oversight.ts'
import { personalDataTexts } from '../../domain/text/personal-data.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { shortSheet } from './sheet.ts'

type Say = (text: Text) => string

/** Who it was, with the role in which they read. */
export const readerWords = ({ person, role }: Reader, say: Say): string => {
  const known = roles.find((each) => each === role)
  const word = known ? say(roleTexts[known]) : role
  return person ? `${person} (${word})` : word
}

/** The key of a row says nothing to a reader: what kind of thing it is does. */
export const readWords = ({ subject: { kind, id } }: Reader, say: Say): string => {
  const what = subjectKinds[kind]
  const isKey = kind === 'document' || kind === 'person'
  return [what && say(what), isKey ? undefined : id].filter(Boolean).join(' ')
}

/** Who saw the data of one person. */
export function readersSheet({ say, office }: SheetReader, readers: readonly Reader[]): Sheet {
  return shortSheet<Reader>({
    name: 'pembaca-data',
    title: say(personalDataTexts.readers),
    personal: true,
    columns: [
      momentColumn(say(logbookTexts.time), clockOf(office.timezone), (row) => row.at),
      textColumn(say(logbookTexts.actor), (row) => readerWords(row, say)),
      textColumn(say(logbookTexts.act), (row) => say(actText(row.act))),
      textColumn(say(logbookTexts.subject), (row) => readWords(row, say)),
    ],
    all: async () => readers,
  })
}
