/** Words that stay small inside a proper name. */
const small = new Set(['dan', 'di', 'ke', 'dari', 'untuk', 'pada', 'yang'])

/**
 * A name that a letterhead prints in capitals, as running text writes it: "DINAS KOMUNIKASI DAN INFORMATIKA" is
 * "Dinas Komunikasi dan Informatika". A name that is not all capitals is left as it is.
 */
export function properCase(name: string): string {
  if (name !== name.toUpperCase()) return name
  return name
    .toLowerCase()
    .split(' ')
    .map((word, index) =>
      index > 0 && small.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ')
}
