import { MS_PER_DAY, dayNumber } from '../dates/zones.ts'
import type { CellValue, Head, Kind } from './columns.ts'
import { plainText } from './columns.ts'

/**
 * A workbook of one sheet as ECMA-376 (Office Open XML) has it, in as few parts as Excel and LibreOffice ask for.
 * Texts stand in the cells themselves (`inlineStr`), never as formulas and never guessed to be numbers.
 */

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Characters that Excel takes in a cell. */
const maxCellCharacters = 32_767
/** Widths of columns, in characters. */
const widths = { day: 12, moment: 18, number: 10 } as const
const narrowest = 8
const widest = 60

/** The order of `cellXfs` in the styles below. */
const styles: Readonly<Record<Kind | 'header', number>> = { text: 0, number: 1, day: 2, moment: 3, header: 4 }

/** Every part but the sheet, by its name in the package. */
export function workbookParts(title: string): readonly { readonly name: string; readonly xml: string }[] {
  return [
    { name: '[Content_Types].xml', xml: contentTypes },
    {
      name: '_rels/.rels',
      xml: relationsOf([['officeDocument', 'xl/workbook.xml']]),
    },
    {
      name: 'xl/workbook.xml',
      xml:
        `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
        `<sheet name="${escaped(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      xml: relationsOf([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', xml: stylesXml },
  ]
}

export const sheetPart = 'xl/worksheets/sheet1.xml'

const contentTypes =
  `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/>` +
  `<Override PartName="/${sheetPart}" ContentType="${contentType}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/></Types>`

const relationsOf = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `${head}<Relationships xmlns="${packageRelations}">` +
  targets
    .map(
      ([type, target], index) =>
        `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
    )
    .join('') +
  '</Relationships>'

/** Format 49 is text: a cell stays text also after somebody has edited it. */
const stylesXml =
  `${head}<styleSheet xmlns="${main}"><numFmts count="2">` +
  '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5">' +
  [
    'numFmtId="49" fontId="0"',
    'numFmtId="0" fontId="0"',
    'numFmtId="164" fontId="0"',
    'numFmtId="165" fontId="0"',
    'numFmtId="49" fontId="1"',
  ]
    .map(
      (format) =>
        `<xf ${format} fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">` +
        '<alignment vertical="top" wrapText="1"/></xf>',
    )
    .join('') +
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

/** @param first rows by which the widths are found */
export function sheetStart(heads: readonly Head[], first: readonly (readonly CellValue[])[]): string {
  const columns = heads.map((each, index) => {
    const width = each.kind === 'text' ? textWidth(each, first, index) : widths[each.kind]
    const wide = Math.max(width, Math.min(each.header.length + 2, widest))
    return `<col min="${index + 1}" max="${index + 1}" width="${wide}" customWidth="1"/>`
  })
  const headCells = heads
    .map(({ header }, index) => textCell(placeOf(1, index), header, styles.header))
    .join('')
  return (
    `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData><row r="1">${headCells}</row>`
  )
}

export const sheetEnd = '</sheetData></worksheet>'

/** @param before rows that stand above, the header among them */
export function sheetRows(
  heads: readonly Head[],
  rows: readonly (readonly CellValue[])[],
  before: number,
): string {
  const parts = rows.map((row, at) => {
    const number = before + at + 1
    const cells = row.map((value, index) => cellOf(placeOf(number, index), heads[index]!.kind, value))
    return `<row r="${number}">${cells.join('')}</row>`
  })
  return parts.join('')
}

/** `B7`; a table has fewer columns than the alphabet. */
const placeOf = (row: number, column: number): string => `${String.fromCharCode(65 + column)}${row}`

function textWidth(of: Head, rows: readonly (readonly CellValue[])[], index: number): number {
  let longest = of.header.length
  for (const row of rows) {
    const value = row[index]
    if (typeof value !== 'string') continue
    for (const line of value.split('\n')) longest = Math.max(longest, line.length)
  }
  return Math.min(widest, Math.max(narrowest, longest + 2))
}

function cellOf(place: string, kind: Kind, value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return numberCell(place, value, styles[kind])
  if (value instanceof Date) return numberCell(place, serialOf(value.getTime() / MS_PER_DAY), styles[kind])
  return kind === 'day'
    ? numberCell(place, serialOf(dayNumber(value)), styles.day)
    : textCell(place, value, styles.text)
}

const numberCell = (place: string, value: number, style: number): string =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`

function textCell(place: string, value: string, style: number): string {
  const fits = value.length > maxCellCharacters ? `${value.slice(0, maxCellCharacters - 1)}…` : value
  const text = escaped(fits)
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

/** Excel counts days from 30 December 1899. */
const serialOf = (daysSince1970: number): number => daysSince1970 + 25_569

/** What Excel would read as a coded character (`_x0041_` is an A) stays what was written. */
const escaped = (text: string): string =>
  plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')

/** A sheet's name has at most 31 characters, and not these. */
const sheetName = (title: string): string =>
  title
    .replaceAll(/[[\]:*?/\\']/g, ' ')
    .slice(0, 31)
    .trim() || 'Data'
