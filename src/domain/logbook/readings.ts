/** Entries that tell that somebody saw, or took along, personal data of others. */
export const readingActs: readonly string[] = [
  'contacts.read',
  'document.read',
  'list.read',
  'person.data-read',
  'request.case-file-taken',
  'table.exported',
  'logbook.exported',
  'logbook.printed',
]

/** In the place of an act: all of them. */
export const anyReading = 'readings'

/** The list, as a page and as a file, in which everybody of the office stands. */
export const peopleList = 'pengguna'
