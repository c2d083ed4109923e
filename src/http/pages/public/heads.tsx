import { logbookTexts as text } from '../../../domain/text/oversight.ts'
import { patterns } from '../../paths.ts'
import { listHeads } from '../../public-facts.ts'
import type { Portal } from '../../routes.ts'
import { CopyField } from '../../ui/case.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { publicPage } from '../page.ts'

/** The heads of every office's logbook, for whoever wants to hold them against a later state. */
export function registerHeads(portal: Portal): void {
  publicPage(portal, {
    path: patterns.logbookHeads,
    title: text.headsTitle,
    show: async ({ say, locale, deps }) => {
      const heads = await listHeads(deps.db)
      return {
        title: say(text.headsTitle),
        body: (
          <Stack>
            <PageHeader title={say(text.headsTitle)} lead={say(text.headsLead)} />
            {heads.length === 0 && (
              <EmptyState title={say(text.noOffice)} next={say(text.noOfficeNext)} icon="book" />
            )}
            {heads.map(({ office, seq, hash }) => (
              <Card title={office.name}>
                <p>{say(text.headOf(seq))}</p>
                <CopyField locale={locale} value={hash} label={`${say(text.head)} ${office.name}`} />
              </Card>
            ))}
          </Stack>
        ),
      }
    },
  })
}
