import type { Locale } from '../../domain/refused.ts'
import { withQuery } from '../paths.ts'
import type { TableFiles } from '../ui/table.tsx'

/** The parameters that ask a page for its table as a file; `table` where the page has several. */
export const formatParameter = 'unduh'
export const tableParameter = 'tabel'

/**
 * @param address of the page
 * @param query what the page is narrowed to; without the place in the list, since a file holds all rows
 * @param table name of the sheet, where the page has several
 */
export function tableFiles(
  { locale }: { readonly locale: Locale },
  address: string,
  query: Readonly<Record<string, string | undefined>> = {},
  table?: string,
): TableFiles {
  const link = (format: string) =>
    withQuery(address, { ...query, [tableParameter]: table, [formatParameter]: format })
  return { locale, csv: link('csv'), xlsx: link('xlsx') }
}
