import { notFound } from '../../actions/act.ts'
import type { Member } from '../../actions/act.ts'
import type { ArchiveItem } from '../../db/archive/items.ts'
import { listArchive } from '../../db/archive/items.ts'
import type { Db } from '../../db/database.ts'
import { inScope } from '../../db/database.ts'
import type { OfficeFacts } from '../../db/people.ts'
import type { LocalDate } from '../../domain/dates/zones.ts'
import { localDate } from '../../domain/dates/zones.ts'

type Asked = { readonly deps: { readonly db: Db; readonly now: () => Date }; readonly office: OfficeFacts }

/** The day of the office, by which everything in the archive is told. */
export const todayOf = ({ deps, office }: Asked): LocalDate => localDate(deps.now(), office.timezone)

/** @throws Refused (404) for what the office does not have */
export async function openRecord(
  asked: Asked & { readonly member: Member },
  id: string,
): Promise<ArchiveItem> {
  const [record] = await inScope(asked.deps.db, asked.member, (tx) =>
    listArchive(tx, todayOf(asked), { documentId: id }, { limit: 1 }),
  )
  if (!record) throw notFound()
  return record
}
