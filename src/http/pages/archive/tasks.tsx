import { readArchiveTasks } from '../../../db/archive/disposals.ts'
import { inScope } from '../../../db/database.ts'
import { archivists, disposalApprovers } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { Text } from '../../../domain/refused.ts'
import { archiveRecordTexts as text } from '../../../domain/text/archive-records.ts'
import { paths } from '../../paths.ts'
import { Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { OfficeVisit } from '../visit.ts'

/** On the start page: what the archive asks of the reader, one line for each thing and not one for each paper. */
export async function ArchiveTasks({ visit }: { visit: OfficeVisit }) {
  const { deps, member, office, locale, say } = visit
  const keeps = mayOpen(archivists, member.roles)
  const approves = mayOpen(disposalApprovers, member.roles)
  if (!keeps && !approves) return <></>
  const { due, toApprove, toDestroy } = await inScope(deps.db, member, (tx) =>
    readArchiveTasks(tx, member.personId),
  )
  const tasks: readonly (readonly [asked: boolean, what: Text, next: Text])[] = [
    [keeps && due > 0, text.task(due), text.taskNext],
    [approves && toApprove > 0, text.toApprove, text.toApproveNext],
    [keeps && toDestroy > 0, text.toDestroy, text.toApproveNext],
  ]
  const asked = tasks.filter(([is]) => is)
  if (asked.length === 0) return <></>
  return (
    <Stack small>
      {asked.map(([, what, next]) => (
        <Alert tone="info" locale={locale}>
          <p>
            {say(what)} <a href={paths.disposals(office.slug)}>{say(next)}</a>
          </p>
        </Alert>
      ))}
    </Stack>
  )
}
