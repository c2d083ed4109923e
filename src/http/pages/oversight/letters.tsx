import { noteReading } from '../../../actions/oversight/note-reading.ts'
import { voiders } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import { notFound } from '../../../actions/act.ts'
import { askStamp } from '../../../actions/letters/ask-stamp.ts'
import { reassignLetter } from '../../../actions/letters/reassign-letter.ts'
import { archiveReference, setArchiveReference } from '../../../actions/letters/set-archive-reference.ts'
import { voidLetter } from '../../../actions/letters/void-letter.ts'
import { inScope } from '../../../db/database.ts'
import { readDocument } from '../../../db/documents.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { listIncoming, listRegister, readRegistered } from '../../../db/letters/register.ts'
import type { RegisterCode } from '../../../db/schema/letters.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import { letterTexts as text } from '../../../domain/text/oversight.ts'
import { archiveTexts, signPageTexts } from '../../../domain/text/signing.ts'
import { cutPage, readNumbers, readRegisterPlace, registerPlaceOf } from '../../api/paging.ts'
import { download } from '../../download.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { incomingSheet, letterKind, letterSheet } from '../../sheets/papers.ts'
import type { Portal } from '../../routes.ts'
import { BreakAfter } from '../../ui/breaks.tsx'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { CopyField, FileLink } from '../../ui/case.tsx'
import { Form, FormErrorSummary, TextArea } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, type Fact, PageHeader, Stack, Tabs } from '../../ui/page.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { PrintBook } from './register-books.tsx'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { LetterStatus, LetterTrouble } from './letter-status.tsx'
import { ArchiveReference, SignatureFacts, WaitingActs } from './letter-record.tsx'

const perPage = 50
const registers: readonly RegisterCode[] = ['outgoing', 'hand-over', 'incoming']
export const voidForm = z.object({ reason: z.string().trim().min(10).max(500) })

/** The registers of letters: outgoing, hand-over, incoming; one letter; voiding it. */
export function registerLetters(portal: Portal): void {
  officePage(portal, {
    path: patterns.letters,
    title: text.title,
    menu: { group: 'oversight', order: 20, label: text.title, icon: 'mail' },
    show: lettersView,
    sheets: (visit) => {
      const register = registerOf(visit)
      return [register === 'incoming' ? incomingSheet(visit) : letterSheet(visit, register)]
    },
  })
  const page = officePage(portal, {
    path: patterns.letter,
    title: text.title,
    show: letterView,
    submit: async (visit, form) => {
      await voidLetter(visit.deps, visit.member, idOf(visit), form.parse(voidForm).reason)
      await visit.flash('success', text.wasVoided)
      return paths.letter(visit.office.slug, visit.param('letter'))
    },
  })
  pageForm(portal, page, {
    path: patterns.letterArchive,
    submit: async (visit, form) => {
      await setArchiveReference(visit.deps, visit.member, idOf(visit), form.parse(archiveReference))
      await visit.flash('success', archiveTexts.saved)
      return paths.letter(visit.office.slug, visit.param('letter'))
    },
  })
  pageForm(portal, page, {
    path: patterns.reassignLetter,
    submit: async (visit) => {
      await reassignLetter(visit.deps, visit.member, idOf(visit))
      await visit.flash('success', signPageTexts.reassigned)
      return paths.letter(visit.office.slug, visit.param('letter'))
    },
  })
  pageForm(portal, page, {
    path: patterns.stampLetter,
    submit: async (visit) => {
      await askStamp(visit.deps, visit.member, idOf(visit))
      await visit.flash('success', stampTexts.asked)
      return paths.letter(visit.office.slug, visit.param('letter'))
    },
  })
  officePage(portal, {
    path: patterns.letterFile,
    title: text.download,
    show: letterFile,
  })
}

/** @throws Refused (404) for what is no id at all */
function idOf(visit: OfficeVisit): string {
  const id = z.uuid().safeParse(visit.param('letter'))
  if (!id.success) throw notFound()
  return id.data
}

const registerOf = (visit: OfficeVisit): RegisterCode =>
  registers.find((each) => each === visit.query('register')) ?? 'outgoing'

async function lettersView(visit: OfficeVisit) {
  const { say, office } = visit
  const register = registerOf(visit)
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <Tabs
          label={say(text.registers)}
          tabs={registers.map((each) => ({
            label: say(text[each]),
            href: withQuery(paths.letters(office.slug), { register: each }),
            current: each === register,
          }))}
        />
        {register === 'incoming' ? await incomingList(visit) : await registerList(visit, register)}
        <PrintBook visit={visit} book={register} />
      </Stack>
    ),
  }
}

async function registerList(visit: OfficeVisit, register: RegisterCode) {
  const { say, locale, office } = visit
  const before = readRegisterPlace(visit.query('setelah'))
  const rows = await inScope(visit.deps.db, visit.member, (tx) =>
    listRegister(tx, register, { limit: perPage + 1, before }),
  )
  const page = cutPage(rows, perPage, registerPlaceOf)
  const next = page.next && withQuery(paths.letters(office.slug), { register, setelah: page.next })
  return (
    <>
      <DataTable
        caption={say(text[register])}
        hideCaption
        rows={page.rows}
        files={tableFiles(visit, paths.letters(office.slug), { register })}
        empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="mail" />}
        columns={[
          {
            header: say(text.number),
            cell: (row) => (
              <a href={paths.letter(office.slug, row.id)}>
                <span class="long-number">
                  <BreakAfter sign="/" text={row.number} />
                </span>
              </a>
            ),
          },
          { header: say(text.dated), cell: (row) => <Day date={row.dated} locale={locale} /> },
          { header: say(text.kind), cell: (row) => say(letterKind(row.kind)) },
          { header: say(text.agency), cell: (row) => row.agency ?? '–' },
          { header: say(text.request), cell: (row) => <RequestLink visit={visit} ticket={row.ticket} /> },
          {
            header: say(text.status),
            cell: (row) => <LetterStatus visit={visit} letter={row} />,
          },
        ]}
      />
      <Pagination locale={locale} next={next ?? undefined} />
    </>
  )
}

async function incomingList(visit: OfficeVisit) {
  const { say, locale, office } = visit
  const before = readNumbers(visit.query('setelah'), 1)?.[0]
  const rows = await inScope(visit.deps.db, visit.member, (tx) =>
    listIncoming(tx, { limit: perPage + 1, before }),
  )
  const page = cutPage(rows, perPage, (row) => [String(row.event)])
  const next =
    page.next && withQuery(paths.letters(office.slug), { register: 'incoming', setelah: page.next })
  return (
    <>
      <DataTable
        caption={say(text.incoming)}
        hideCaption
        rows={page.rows}
        files={tableFiles(visit, paths.letters(office.slug), { register: 'incoming' })}
        empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="mail" />}
        columns={[
          { header: say(text.agendaNumber), cell: (row) => <BreakAfter sign="/" text={row.number} /> },
          {
            header: say(text.received),
            cell: (row) => <Moment at={row.receivedAt} zone={office.timezone} locale={locale} />,
          },
          {
            header: say(text.theirNumber),
            cell: (row) => <BreakAfter sign="/" text={row.theirNumber ?? '–'} />,
          },
          { header: say(text.agency), cell: (row) => row.agency },
          { header: say(text.request), cell: (row) => <RequestLink visit={visit} ticket={row.ticket} /> },
        ]}
      />
      <Pagination locale={locale} next={next ?? undefined} />
    </>
  )
}

function RequestLink({ visit, ticket }: { visit: OfficeVisit; ticket: string | null }) {
  return ticket ? <a href={paths.request(visit.office.slug, ticket)}>{ticket}</a> : <>–</>
}

async function letterView(visit: OfficeVisit, attempt: Attempt) {
  const { say, office, member } = visit
  const letter = await inScope(visit.deps.db, member, (tx) => readRegistered(tx, idOf(visit)))
  if (!letter) throw notFound()
  return {
    title: letter.number,
    crumbs: [
      { label: say(text.title), href: paths.letters(office.slug) },
      { label: say(text[letter.register]) },
    ],
    body: (
      <Stack>
        <PageHeader
          over={say(letterKind(letter.kind))}
          title={letter.number}
          meta={<LetterStatus visit={visit} letter={letter} />}
        />
        <LetterTrouble visit={visit} letter={letter} />
        <Card>
          <DefinitionList facts={factsOf(visit, letter)} />
          {letter.destroyed && (
            <p>{say(archiveRecordTexts.gone(letter.destroyed.on, letter.destroyed.number))}</p>
          )}
          {letter.documentId && !letter.destroyed && (
            <FileLink
              href={paths.letterFile(office.slug, letter.id)}
              name={`${letter.code}.pdf`}
              meta={say(text.download)}
            />
          )}
        </Card>
        <WaitingActs visit={visit} letter={letter} attempt={attempt} />
        <SignatureFacts visit={visit} letter={letter} attempt={attempt} />
        <Proof visit={visit} letter={letter} />
        <ArchiveReference visit={visit} letter={letter} attempt={attempt} />
        {letter.status === 'issued' && mayOpen(voiders, member.roles) && (
          <VoidForm visit={visit} attempt={attempt} />
        )}
      </Stack>
    ),
  }
}

function factsOf(visit: OfficeVisit, letter: RegisteredLetter): Fact[] {
  const { say, locale, office } = visit
  const moment = (at: Date) => <Moment at={at} zone={office.timezone} locale={locale} />
  return [
    { term: say(text.dated), value: <Day date={letter.dated} locale={locale} /> },
    ...(letter.agency ? [{ term: say(text.agency), value: letter.agency }] : []),
    ...(letter.ticket
      ? [{ term: say(text.request), value: <RequestLink visit={visit} ticket={letter.ticket} /> }]
      : []),
    ...(letter.issuedAt ? [{ term: say(text.issuedAt), value: moment(letter.issuedAt) }] : []),
    ...(letter.voidedAt ? [{ term: say(text.voidedAt), value: moment(letter.voidedAt) }] : []),
    ...(letter.replacedBy ? [{ term: say(text.replacedBy), value: letter.replacedBy }] : []),
    ...(letter.voidReason ? [{ term: say(text.reason), value: letter.voidReason }] : []),
  ]
}

function Proof({ visit, letter }: { visit: OfficeVisit; letter: RegisteredLetter }) {
  const { say, locale } = visit
  return (
    <Card title={say(text.proof)}>
      <DefinitionList
        facts={[
          {
            term: say(text.code),
            value: <a href={paths.verifyLetter(letter.code)}>{letter.code}</a>,
          },
          ...(letter.sha256
            ? [
                {
                  term: say(text.digest),
                  value: <CopyField locale={locale} value={letter.sha256} label={say(text.digest)} />,
                },
              ]
            : []),
          ...(letter.head
            ? [
                {
                  term: say(text.headThen),
                  value: <span class="mono">{`${letter.head.entries} · ${letter.head.hash}`}</span>,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function VoidForm({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection
      label={say(text.void)}
      title={say(text.voidTitle)}
      danger
      open={attempt.sent && attempt.value('reason') !== undefined}
    >
      <FormErrorSummary
        locale={locale}
        issues={attempt.issues}
        labels={{ reason: text.reason }}
        lead={attempt.lead}
      />
      <Form action={paths.letter(office.slug, visit.param('letter'))}>
        <TextArea
          locale={locale}
          name="reason"
          label={say(text.reason)}
          hint={say(text.reasonHint)}
          value={attempt.value('reason')}
          error={attempt.error('reason')}
          maxlength={500}
          required
        />
        <ButtonRow>
          <Button kind="danger">{say(text.void)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

async function letterFile(visit: OfficeVisit): Promise<Response> {
  const file = await inScope(visit.deps.db, visit.member, async (tx) => {
    const letter = await readRegistered(tx, idOf(visit))
    return letter?.documentId ? readDocument(tx, letter.documentId) : undefined
  })
  if (!file) throw notFound()
  await noteReading(visit.deps, visit.member, file.id)
  return download(file)
}
