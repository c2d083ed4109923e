import type { ArchiveTables } from './schema/archive.ts'
import type { CertificateTables } from './schema/certificates.ts'
import type { LetterTables } from './schema/letters.ts'
import type { LogbookTables } from './schema/logbook.ts'
import type { OfficeTables } from './schema/office.ts'
import type { PeopleTables } from './schema/people.ts'
import type { RequestTables } from './schema/requests.ts'
import type { ServiceTables } from './schema/services.ts'

/** The tables of migrations/, typed for kysely: one file a room. */
export type Tables = PeopleTables &
  OfficeTables &
  RequestTables &
  ServiceTables &
  LetterTables &
  CertificateTables &
  LogbookTables &
  ArchiveTables
