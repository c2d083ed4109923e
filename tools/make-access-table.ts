/** Writes the table of addresses into docs/security.md from the one in code. Run it after every change of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { printedTable } from '../src/domain/access/table.ts'

const file = 'docs/security.md'
const begin = '<!-- table: made by node --import tsx tools/make-access-table.ts -->\n'
const end = '<!-- end of the table -->\n'

const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin)
writeFileSync(file, `${before}${begin}\n${printedTable()}\n${end}${rest.split(end)[1] ?? ''}`)
