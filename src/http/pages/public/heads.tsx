import { checkpointTexts as signing } from '../../../domain/text/checkpoints.ts'
import { logbookTexts as text } from '../../../domain/text/oversight.ts'
import type { PublicCheckpoint } from '../../checkpoints.ts'
import { readCheckpoint } from '../../checkpoints.ts'
import { apiBase, patterns } from '../../paths.ts'
import type { OfficeHead } from '../../public-facts.ts'
import { listHeads } from '../../public-facts.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { CopyField } from '../../ui/case.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Moment } from '../../ui/time.tsx'
import { publicPage } from '../page.ts'
import type { Visit } from '../visit.ts'

/** The heads and checkpoints of every office's logbook, for whoever wants to hold them against a later state. */
export function registerHeads(portal: Portal): void {
  publicPage(portal, {
    path: patterns.logbookHeads,
    title: text.headsTitle,
    show: async (visit) => {
      const { say, deps } = visit
      const heads = await listHeads(deps.db)
      const offices = []
      for (const head of heads) offices.push({ head, signed: await readCheckpoint(deps.db, head.office.id) })
      return {
        title: say(text.headsTitle),
        body: (
          <Stack>
            <PageHeader title={say(text.headsTitle)} lead={say(text.headsLead)} />
            {offices.length === 0 && (
              <EmptyState title={say(text.noOffice)} next={say(text.noOfficeNext)} icon="book" />
            )}
            {offices.map((each) => (
              <OfficeCard visit={visit} {...each} />
            ))}
          </Stack>
        ),
      }
    },
  })
}

function OfficeCard({ visit, head, signed }: { visit: Visit; head: OfficeHead; signed: PublicCheckpoint }) {
  const { say, locale } = visit
  const { office, seq, hash } = head
  return (
    <Card title={office.name}>
      <p>{say(text.headOf(seq))}</p>
      <CopyField locale={locale} value={hash} label={`${say(text.head)} ${office.name}`} />
      <h3>{say(signing.title)}</h3>
      <p class="hint">{say(signing.why)}</p>
      <Signed visit={visit} head={head} signed={signed} />
    </Card>
  )
}

function Signed({ visit, head, signed }: { visit: Visit; head: OfficeHead; signed: PublicCheckpoint }) {
  const { say, locale } = visit
  const { timezone, slug } = head.office
  const { checkpoint, cosignatures } = signed
  const [name, ...earlier] = signed.names
  if (!checkpoint || !name) return <p>{say(signing.none)}</p>
  return (
    <>
      <DefinitionList
        facts={[
          {
            term: say(signing.signed),
            value: (
              <>
                {say(signing.signedOf(checkpoint.size))},{' '}
                <Moment at={checkpoint.at} zone={timezone} locale={locale} />
              </>
            ),
          },
          {
            term: say(signing.witnessed),
            value:
              cosignatures.length === 0
                ? say(signing.unwitnessed)
                : cosignatures.map(({ organisation, at }) => (
                    <div>
                      {organisation}, <Moment at={at} zone={timezone} locale={locale} />
                    </div>
                  )),
          },
          { term: say(signing.origin), value: <span class="mono">{name.origin}</span> },
          {
            term: say(signing.vkey),
            value: <CopyField locale={locale} value={name.vkey} label={say(signing.vkey)} />,
          },
          ...earlier.map(({ origin, endReason }) => ({
            term: say(signing.earlier),
            value: (
              <>
                <span class="mono">{origin}</span>
                <br />
                {endReason && say(signing.ends[endReason])}
              </>
            ),
          })),
        ]}
      />
      <ButtonRow>
        <Button
          href={`${apiBase}/public/offices/${slug}/logbook/checkpoint`}
          kind="secondary"
          icon="download"
          plain
        >
          {say(signing.file)}
        </Button>
      </ButtonRow>
    </>
  )
}
