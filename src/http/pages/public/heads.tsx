import { checkpointTexts as signing } from '../../../domain/text/checkpoints.ts'
import { keyRenewalTexts as renewal } from '../../../domain/text/key-renewal.ts'
import { logbookTexts as text } from '../../../domain/text/oversight.ts'
import type { PublicCheckpoint } from '../../checkpoints.ts'
import { readCheckpoint } from '../../checkpoints.ts'
import type { StoredCheckpoint } from '../../../db/logbook-tree/checkpoints.ts'
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

function OfficeCard({ visit, head, signed }: OfficeFacts) {
  const { say, locale } = visit
  const { office, seq, hash } = head
  const { checkpoint } = signed
  return (
    <Card title={office.name}>
      <DefinitionList
        facts={[
          {
            term: say(text.headOf(seq)),
            value: <CopyField locale={locale} value={hash} label={`${say(text.head)} ${office.name}`} />,
          },
          ...(checkpoint
            ? checkpointFacts(visit, office, { ...signed, checkpoint })
            : [{ term: say(signing.title), value: say(signing.none) }]),
        ]}
      />
      <p class="hint">{say(signing.why)}</p>
      {checkpoint && (
        <ButtonRow>
          <Button
            href={`${apiBase}/public/offices/${office.slug}/logbook/checkpoint`}
            kind="secondary"
            icon="download"
            plain
          >
            {say(signing.file)}
          </Button>
          {signed.names.some(({ handover }) => handover !== null) && (
            <Button
              href={`${apiBase}/public/offices/${office.slug}/logbook/handovers`}
              kind="secondary"
              icon="download"
              plain
            >
              {say(renewal.handovers)}
            </Button>
          )}
        </ButtonRow>
      )}
    </Card>
  )
}

type OfficeFacts = { readonly visit: Visit; readonly head: OfficeHead; readonly signed: PublicCheckpoint }

function checkpointFacts(
  { say, locale }: Visit,
  { timezone }: OfficeHead['office'],
  { names, checkpoint, cosignatures }: PublicCheckpoint & { readonly checkpoint: StoredCheckpoint },
) {
  const name = names.find(({ origin }) => origin === checkpoint.origin)!
  return [
    {
      term: say(signing.title),
      value: (
        <>
          {`${say(signing.signedOf(checkpoint.size))}, `}
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
                {`${organisation}, `}
                <Moment at={at} zone={timezone} locale={locale} />
              </div>
            )),
    },
    { term: say(signing.origin), value: <span class="mono">{name.origin}</span> },
    {
      term: say(signing.vkey),
      value: <CopyField locale={locale} value={name.vkey} label={say(signing.vkey)} />,
    },
    ...names
      .filter(({ endReason }) => endReason !== null)
      .map(({ origin, vkey, endReason }) => ({
        term: say(signing.earlier),
        value: (
          <>
            <span class="mono">{origin}</span>
            <br />
            {say(signing.ends[endReason!])}
            <CopyField locale={locale} value={vkey} label={say(signing.vkey)} />
          </>
        ),
      })),
  ]
}
