import type { ArchiveItem } from '../../../db/archive/items.ts'
import { listArchive } from '../../../db/archive/items.ts'
import { inScope } from '../../../db/database.ts'
import { deskReaders } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import type { Locale } from '../../../domain/refused.ts'
import { archiveRecordTexts as text } from '../../../domain/text/archive-records.ts'
import { todayOf } from '../../archive/view.ts'
import { paths } from '../../paths.ts'
import type { Case } from '../../requests/open-case.ts'
import { FileLink } from '../../ui/case.tsx'
import { Card, Stack } from '../../ui/page.tsx'
import type { OfficeVisit } from '../visit.ts'

/** Papers of one request that are shown; the archive has them all. */
const maxShown = 100

/** @returns the papers of a request whose time can be told: it is over, and the reader keeps the office's archive */
export async function recordsOf(visit: OfficeVisit, { row }: Case): Promise<readonly ArchiveItem[]> {
  if (row.phase !== 'ended' || !mayOpen(deskReaders, visit.member.roles)) return []
  return inScope(visit.deps.db, visit.member, (tx) =>
    listArchive(tx, todayOf(visit), { requestId: row.id }, { limit: maxShown }),
  )
}

/** Beside an ended request: until when each of its papers is kept, and why it is not counting yet. */
export function RetentionCard(props: {
  readonly records: readonly ArchiveItem[]
  readonly locale: Locale
  readonly office: string
}) {
  const { records, locale, office } = props
  if (records.length === 0) return null
  return (
    <Card title={text.ofRequest[locale]}>
      <Stack small>
        {records.map((record) => (
          <FileLink
            href={paths.record(office, record.id)}
            name={record.name}
            meta={[text.standings[record.standing][locale], whenOf(record, locale)]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </Stack>
    </Card>
  )
}

const whenOf = ({ inUse, activeUntil, inactiveUntil, destroyed }: ArchiveItem, locale: Locale): string => {
  if (destroyed) return text.destroyedBy(destroyed.on, destroyed.number)[locale]
  if (inUse) return text.uses[inUse]![locale]
  if (!activeUntil || !inactiveUntil) return ''
  const until = { active: formatDate(activeUntil, locale), inactive: formatDate(inactiveUntil, locale) }
  return `${text.activeUntil[locale]} ${until.active}, ${text.inactiveUntil[locale].toLowerCase()} ${until.inactive}`
}
