import { askKeyRenewal } from '../../../actions/oversight/ask-key-renewal.ts'
import { addWitness } from '../../../actions/oversight/add-witness.ts'
import { endWitness } from '../../../actions/oversight/end-witness.ts'
import { inScope } from '../../../db/database.ts'
import type { SigningName } from '../../../db/logbook-tree/checkpoints.ts'
import { listNames } from '../../../db/logbook-tree/checkpoints.ts'
import type { WitnessRow } from '../../../db/logbook-tree/witnesses.ts'
import { listWitnesses } from '../../../db/logbook-tree/witnesses.ts'
import { administrators } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { witnessInput } from '../../../domain/access/witnesses.ts'
import { checkpointTexts as text } from '../../../domain/text/checkpoints.ts'
import { keyRenewalTexts as renewal } from '../../../domain/text/key-renewal.ts'
import { logbookTexts } from '../../../domain/text/oversight.ts'
import { entryReceipt } from '../../checkpoints.ts'
import { download } from '../../download.ts'
import { paths, patterns } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { witnessSheet } from '../../sheets/papers.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RequiredNote, TextInput } from '../../ui/form.tsx'
import { CopyField } from '../../ui/case.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** Who cosigns the checkpoints of the logbook, and the receipt of one entry. */
export function registerWitnesses(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.logbookWitnesses,
    title: text.witnesses,
    show: witnessesView,
    sheets: (visit) => [witnessSheet(visit)],
    submit: async (visit, form) => {
      await addWitness(visit.deps, visit.member, form.parse(witnessInput))
      await visit.flash('success', text.witnessAdded)
      return paths.logbookWitnesses(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.logbookWitnessEnd,
    submit: async (visit) => {
      await endWitness(visit.deps, visit.member, visit.id('witness'))
      await visit.flash('success', text.witnessEnded)
      return paths.logbookWitnesses(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.logbookKeyRenewal,
    submit: async (visit) => {
      await askKeyRenewal(visit.deps, visit.member)
      await visit.flash('success', renewal.asked)
      return paths.logbookWitnesses(visit.office.slug)
    },
  })
  officePage(portal, {
    path: patterns.logbookReceipt,
    title: text.receipt,
    show: async (visit) => {
      const seq = /^[1-9]\d{0,14}$/.test(visit.param('seq')) ? Number(visit.param('seq')) : 0
      const { file } = await entryReceipt(visit.deps.db, visit.member.officeId, seq)
      return receiptDownload(`buku-log-${visit.office.slug}-${seq}`, file)
    },
  })
}

/** A receipt as a file to keep. */
export const receiptDownload = (name: string, file: string): Response =>
  download({
    filename: `${name}.tlog-proof`,
    mediaType: 'text/plain; charset=utf-8',
    bytes: Buffer.from(file),
  })

async function witnessesView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const rows = await inScope(visit.deps.db, member, listWitnesses)
  const [name] = await inScope(visit.deps.db, member, listNames)
  const mayEdit = mayOpen(administrators, member.roles)
  return {
    title: say(text.witnesses),
    crumbs: [
      { label: say(logbookTexts.title), href: paths.logbook(office.slug) },
      { label: say(text.witnesses) },
    ],
    body: (
      <Stack>
        <PageHeader title={say(text.witnesses)} lead={say(text.witnessesLead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ organisation: text.organisation, vkey: text.witnessKey }}
          lead={attempt.lead}
        />
        <DataTable
          caption={say(text.witnesses)}
          hideCaption
          rows={rows}
          files={tableFiles(visit, paths.logbookWitnesses(office.slug))}
          empty={
            <EmptyState title={say(text.witnessEmpty)} next={say(text.witnessEmptyNext)} icon="shield" />
          }
          columns={[
            {
              header: say(text.witness),
              cell: (row: WitnessRow) => (
                <>
                  {row.organisation}
                  <br />
                  <span class="mono small">{row.vkey}</span>
                </>
              ),
            },
            { header: say(text.lastSeen), cell: (row) => <LastSeen visit={visit} row={row} /> },
            {
              header: say(text.endWitness),
              cell: (row) => (mayEdit && row.endedAt === null ? <End visit={visit} row={row} /> : null),
            },
          ]}
        />
        {mayEdit && <Add visit={visit} attempt={attempt} />}
        {name?.endedAt === null && <SigningKey visit={visit} name={name} mayEdit={mayEdit} />}
      </Stack>
    ),
  }
}

function LastSeen({ visit, row }: { visit: OfficeVisit; row: WitnessRow }) {
  const { say, locale, office } = visit
  if (row.endedAt) return <>{say(text.ended)}</>
  if (!row.last) return <>{say(text.never)}</>
  return (
    <>
      <Moment at={row.last.at} zone={office.timezone} locale={locale} />
      <br />
      <span class="muted">{say(text.seen(row.last.size))}</span>
    </>
  )
}

function End({ visit, row }: { visit: OfficeVisit; row: WitnessRow }) {
  const { say, office } = visit
  return (
    <ConfirmSection label={say(text.endWitness)} title={say(text.endWitnessTitle)}>
      <Form action={paths.logbookWitnessEnd(office.slug, row.id)}>
        <ButtonRow>
          <Button kind="danger">{`${say(text.endWitness)}: ${row.organisation}`}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Add({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.addWitness)}>
      <Form action={paths.logbookWitnesses(office.slug)}>
        <RequiredNote locale={locale} />
        <TextInput
          locale={locale}
          name="organisation"
          label={say(text.organisation)}
          hint={say(text.organisationHint)}
          value={attempt.value('organisation')}
          error={attempt.error('organisation')}
          required
        />
        <TextInput
          locale={locale}
          name="vkey"
          label={say(text.witnessKey)}
          hint={say(text.witnessKeyHint)}
          value={attempt.value('vkey')}
          error={attempt.error('vkey')}
          autocomplete="off"
          spellcheck={false}
          required
        />
        <ButtonRow>
          <Button icon="plus">{say(text.addWitness)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function SigningKey({ visit, name, mayEdit }: { visit: OfficeVisit; name: SigningName; mayEdit: boolean }) {
  const { say, locale, office } = visit
  return (
    <Card title={say(renewal.title)}>
      <DefinitionList
        facts={[
          {
            term: say(renewal.inUse),
            value: <CopyField locale={locale} value={name.vkey} label={say(text.vkey)} />,
          },
          {
            term: say(renewal.since),
            value: <Moment at={name.since} zone={office.timezone} locale={locale} />,
          },
        ]}
      />
      <p class="hint">{say(name.renewalAskedAt ? renewal.waiting : renewal.why)}</p>
      {mayEdit && !name.renewalAskedAt && (
        <ConfirmSection label={say(renewal.renew)} title={say(renewal.confirm)}>
          <Form action={paths.logbookKeyRenewal(office.slug)}>
            <ButtonRow>
              <Button kind="danger">{say(renewal.renew)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Card>
  )
}
