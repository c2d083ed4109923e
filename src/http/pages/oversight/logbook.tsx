import { exporters } from '../../../domain/access/duties.ts'
import { inScope } from '../../../db/database.ts'
import { readHead } from '../../../db/logbook.ts'
import type { LogbookRow } from '../../../db/oversight/logbook.ts'
import { listEntries, readActorTitles } from '../../../db/oversight/logbook.ts'
import { actText, knownActs } from '../../../domain/text/acts.ts'
import { anyReading } from '../../../domain/logbook/readings.ts'
import { checkpointTexts as signing } from '../../../domain/text/checkpoints.ts'
import { logbookTexts as text } from '../../../domain/text/oversight.ts'
import { checkLogbook } from '../../../lookups/logbook.ts'
import { cutPage, readNumbers } from '../../api/paging.ts'
import type { PublicCheckpoint } from '../../checkpoints.ts'
import { readCheckpoint } from '../../checkpoints.ts'
import type { LogbookQuestion } from '../../logbook.ts'
import { actorWords, exportAnswer, filterOf, subjectOf } from '../../logbook.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { logbookSheet } from '../../sheets/papers.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { CopyField, Disclosure } from '../../ui/case.tsx'
import { Select, TextInput } from '../../ui/form.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import { officePage } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50

/** The logbook: reading, filtering, taking along, checking. */
export function registerLogbook(portal: Portal): void {
  officePage(portal, {
    path: patterns.logbook,
    title: text.title,
    menu: { group: 'oversight', order: 10, label: text.title, icon: 'book' },
    show: logbookView,
    sheets: (visit) => [logbookSheet(visit, questionOf(visit))],
  })
  officePage(portal, {
    path: patterns.logbookExport,
    title: text.export,
    show: (visit) => exportAnswer(visit.deps, visit.member, visit.office),
  })
  officePage(portal, {
    path: patterns.logbookCheck,
    title: text.checkTitle,
    show: checkView,
  })
}

function questionOf(visit: OfficeVisit): LogbookQuestion {
  return {
    act: visit.query('kegiatan'),
    subject: visit.query('perihal')?.trim(),
    whose: visit.query('milik')?.trim(),
    from: visit.query('sejak'),
    to: visit.query('sampai'),
  }
}

async function logbookView(visit: OfficeVisit) {
  const { say, locale, member, office } = visit
  const question = questionOf(visit)
  const filter = filterOf(question, office.timezone)
  const before = readNumbers(visit.query('setelah'), 1)?.[0]
  const { head, rows, titles } = await inScope(visit.deps.db, member, async (tx) => ({
    head: await readHead(tx, member.officeId),
    rows: await listEntries(tx, filter, { limit: perPage + 1, before }),
    titles: await readActorTitles(tx),
  }))
  const signed = await readCheckpoint(visit.deps.db, member.officeId)
  const page = cutPage(rows, perPage, (row) => [String(row.seq)])
  const query = {
    kegiatan: question.act,
    perihal: question.subject,
    milik: question.whose,
    sejak: question.from,
    sampai: question.to,
  }
  return {
    title: say(text.title),
    logbookHead: head,
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} actions={<Actions visit={visit} />} />
        <HeadCard visit={visit} head={head} signed={signed} />
        <Filter visit={visit} question={question} />
        <DataTable
          caption={say(text.list)}
          hideCaption
          rows={page.rows}
          files={
            mayOpen(exporters, member.roles) ? tableFiles(visit, paths.logbook(office.slug), query) : null
          }
          empty={<EmptyState title={say(text.emptyTitle)} next={say(text.emptyNext)} icon="book" />}
          columns={[
            { header: say(text.number), cell: (row) => row.seq },
            {
              header: say(text.time),
              cell: (row) => <Moment at={row.at} zone={office.timezone} locale={locale} />,
            },
            { header: say(text.act), cell: (row) => say(actText(row.act)) },
            { header: say(text.actor), cell: (row) => actorWords(row, titles, say) },
            { header: say(text.subject), cell: (row) => <Subject visit={visit} row={row} /> },
            { header: say(text.details), cell: (row) => <Details visit={visit} row={row} /> },
          ]}
        />
        <Pagination
          locale={locale}
          next={
            page.next ? withQuery(paths.logbook(office.slug), { ...query, setelah: page.next }) : undefined
          }
        />
      </Stack>
    ),
  }
}

function Actions({ visit }: { visit: OfficeVisit }) {
  const { say, office, member } = visit
  return (
    <>
      {mayOpen(exporters, member.roles) && (
        <>
          <Button href={paths.logbookExport(office.slug)} kind="secondary" icon="download" plain>
            {say(text.export)}
          </Button>
          <Button href={paths.logbookRegister(office.slug)} kind="secondary" icon="document">
            {say(text.print)}
          </Button>
        </>
      )}
      <Button href={paths.logbookCheck(office.slug)} kind="secondary" icon="shield">
        {say(text.check)}
      </Button>
      <Button href={paths.logbookWitnesses(office.slug)} kind="secondary" icon="users">
        {say(signing.witnesses)}
      </Button>
    </>
  )
}

type HeadFacts = {
  readonly visit: OfficeVisit
  readonly head: { seq: number; hash: string }
  readonly signed: PublicCheckpoint
}

function HeadCard({ visit, head, signed }: HeadFacts) {
  const { say, locale } = visit
  return (
    <Card title={`${say(text.head)}: ${say(text.headOf(head.seq))}`}>
      <CopyField locale={locale} value={head.hash} label={say(text.head)} />
      <p class="hint">{say(text.headWhy)}</p>
      <Signed visit={visit} signed={signed} />
    </Card>
  )
}

/** The newest checkpoint in one line, and why there is none since. */
function Signed({ visit, signed }: Pick<HeadFacts, 'visit' | 'signed'>) {
  const { say, locale, office } = visit
  const { checkpoint, cosignatures, names } = signed
  const trouble = names[0]?.trouble
  return (
    <>
      {trouble && (
        <Alert tone="danger" locale={locale}>
          <p>{say(trouble)}</p>
        </Alert>
      )}
      <p>
        {`${say(signing.title)}: `}
        {checkpoint ? (
          <>
            {`${say(signing.signedOf(checkpoint.size))}, `}
            <Moment at={checkpoint.at} zone={office.timezone} locale={locale} />
            {`; ${say(signing.witnessed).toLowerCase()} ${cosignatures.map((each) => each.organisation).join(', ') || say(signing.unwitnessed)}`}
          </>
        ) : (
          say(signing.none)
        )}
      </p>
    </>
  )
}

function Filter({ visit, question }: { visit: OfficeVisit; question: LogbookQuestion }) {
  const { say, locale, office } = visit
  const here = paths.logbook(office.slug)
  const isFiltered = Object.values(question).some(Boolean)
  return (
    <Toolbar locale={locale} action={here} label={say(text.filter)} clear={isFiltered ? here : undefined}>
      <TextInput
        locale={locale}
        name="perihal"
        label={say(text.subject)}
        hint={say(text.subjectHint)}
        type="search"
        value={question.subject}
      />
      <Select
        locale={locale}
        name="kegiatan"
        label={say(text.act)}
        empty={say(text.allActs)}
        value={question.act}
        options={[
          { value: anyReading, label: say(text.anyReading) },
          ...knownActs.map(([value, label]) => ({ value, label: say(label) })),
        ]}
      />
      <TextInput
        locale={locale}
        name="milik"
        label={say(text.whose)}
        hint={say(text.whoseHint)}
        type="search"
        value={question.whose}
      />
      <TextInput locale={locale} name="sejak" label={say(text.from)} type="date" value={question.from} />
      <TextInput locale={locale} name="sampai" label={say(text.to)} type="date" value={question.to} />
    </Toolbar>
  )
}

function Subject({ visit, row }: { visit: OfficeVisit; row: LogbookRow }) {
  const { kind, id } = row.subject
  if (kind === 'request') return <a href={paths.request(visit.office.slug, id)}>{id}</a>
  const { what, called, isKey } = subjectOf(row)
  return (
    <>
      {what ? `${visit.say(what)} ` : ''}
      <span class={isKey ? undefined : 'mono'}>{called}</span>
    </>
  )
}

function Details({ visit, row }: { visit: OfficeVisit; row: LogbookRow }) {
  const { say } = visit
  return (
    <Disclosure label={`${say(text.hash)} ${row.hash.slice(0, 8)}`}>
      <p class="mono small">{row.hash}</p>
      <p class="mono small">{row.text}</p>
      <p>
        <a href={paths.logbookReceipt(visit.office.slug, String(row.seq))} data-turbo="false">
          {say(signing.receiptFile)}
        </a>
      </p>
    </Disclosure>
  )
}

async function checkView(visit: OfficeVisit) {
  const { say, locale, office } = visit
  const verdict = await checkLogbook(visit.deps.db, visit.member.officeId)
  return {
    title: say(text.checkTitle),
    crumbs: [{ label: say(text.title), href: paths.logbook(office.slug) }, { label: say(text.checkTitle) }],
    body: (
      <Stack>
        <PageHeader title={say(text.checkTitle)} lead={say(text.checkLead)} />
        {verdict.ok ? (
          <Alert tone="success" locale={locale} title={say(text.whole)}>
            <p>{say(text.wholeText(verdict.entries))}</p>
            <CopyField locale={locale} value={verdict.head} label={say(text.head)} />
          </Alert>
        ) : (
          <Alert tone="danger" locale={locale} title={say(text.broken)} assert>
            <p>{say(verdict.text)}</p>
            <p>{say(text.brokenText(verdict.entries))}</p>
          </Alert>
        )}
        <ButtonRow>
          <Button href={paths.logbook(office.slug)} kind="secondary">
            {say(text.title)}
          </Button>
        </ButtonRow>
      </Stack>
    ),
  }
}
