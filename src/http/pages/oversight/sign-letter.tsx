import type { Member } from '../../../actions/act.ts'
import * as z from 'zod'
import { notFound } from '../../../actions/act.ts'
import { declineSigning } from '../../../actions/letters/decline-signing.ts'
import type { Tx } from '../../../db/database.ts'
import { inScope } from '../../../db/database.ts'
import type { LetterRow } from '../../../db/letters/letters.ts'
import { readLetter } from '../../../db/letters/letters.ts'
import type { SignatoryRow } from '../../../db/letters/signatories.ts'
import { readSignatory } from '../../../db/letters/signatories.ts'
import type { SigningRow, WaitingLetter } from '../../../db/letters/signings.ts'
import { countWaiting, listWaiting, openAttempt, readSigning } from '../../../db/letters/signings.ts'
import type { SigningStep } from '../../../domain/letters/signing.ts'
import { nextSigningStep, settlement } from '../../../domain/letters/signing.ts'
import { isRepeatable, serverDrivers } from '../../../domain/office/server-drivers.ts'
import { Refused } from '../../../domain/refused.ts'
import { letterTexts } from '../../../domain/text/oversight.ts'
import { signPageTexts as text, signingTexts } from '../../../domain/text/signing.ts'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { download } from '../../download.ts'
import { paths, patterns } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { letterKind, waitingSheet } from '../../sheets/papers.ts'
import { BreakAfter } from '../../ui/breaks.tsx'
import type { Portal } from '../../routes.ts'
import { signForMember } from '../../signing.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { FileLink } from '../../ui/case.tsx'
import { Checkbox, Form, FormErrorSummary, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { HeldLetter } from './letter-status.tsx'

export const declineForm = z.strictObject({ reason: z.string().trim().min(10).max(500) })

/** The letters that wait for somebody's signature, and the page on which one is signed. */
export function registerSigning(portal: Portal): void {
  officePage(portal, {
    path: patterns.signatures,
    title: text.listTitle,
    menu: { group: 'desk', order: 15, label: text.listTitle, icon: 'edit', count: waitingCount },
    show: listView,
    sheets: (visit) => [waitingSheet(visit)],
  })
  const page = officePage(portal, {
    path: patterns.signLetter,
    title: text.title,
    show: signView,
    submit: async (visit, form) => {
      const done = await signForMember(visit.deps, visit.member, visit.id('letter'), orderOf(form))
      if (done === 'issued') await visit.flash('success', text.signed)
      else await visit.flash('warning', stampTexts.signedWaits)
      return paths.signatures(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.declineLetter,
    submit: async (visit, form) => {
      const { reason } = form.parse(declineForm)
      await declineSigning(visit.deps, visit.member, visit.id('letter'), reason)
      await visit.flash('success', text.declined)
      return paths.signatures(visit.office.slug)
    },
  })
  officePage(portal, {
    path: patterns.unsignedFile,
    title: text.open,
    show: async (visit) => {
      const { letter, signing } = await openAwaited(visit)
      const filename = `${letter.verification_code}.pdf`
      return download({ filename, mediaType: 'application/pdf', bytes: signing.pdf })
    },
  })
}

const waitingCount = (member: Member, tx: Tx): Promise<number> => countWaiting(tx, member.personId)

/** The passphrase is read and handed on; nothing else looks at it. */
function orderOf(form: FormValues) {
  const passphrase = form.text('passphrase')
  if (form.text('settle') === '') return { passphrase }
  const documentId = form.text('documentId')
  const unsigned = form.text('unsigned') !== ''
  const settle = settlement.safeParse(unsigned ? { unsigned } : { documentId })
  if (!settle.success || (unsigned && documentId !== '')) {
    const issues = [{ field: 'documentId', text: text.settleMissing }]
    throw new Refused('settlement-missing', text.settleMissing, { status: 422, issues })
  }
  return { passphrase, settle: settle.data }
}

type Opened = { readonly letter: LetterRow; readonly signing: SigningRow; readonly signatory: SignatoryRow }

/** @throws Refused (404) for a letter that does not wait for a signature */
async function openAwaited(visit: OfficeVisit): Promise<Opened> {
  const id = visit.id('letter')
  return inScope(visit.deps.db, visit.member, async (tx) => {
    const signing = await readSigning(tx, id)
    const letter = await readLetter(tx, id)
    if (!signing || !letter) throw notFound()
    return { letter, signing, signatory: (await readSignatory(tx, signing.signatory_id))! }
  })
}

async function listView(visit: OfficeVisit) {
  const { say, locale, office, member } = visit
  const rows = await inScope(visit.deps.db, member, (tx) => listWaiting(tx, member.personId))
  return {
    title: say(text.listTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.listTitle)} lead={say(text.listLead)} />
        <DataTable
          caption={say(text.listTitle)}
          hideCaption
          rows={rows}
          files={tableFiles(visit, paths.signatures(office.slug))}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="edit" />}
          columns={[
            {
              header: say(letterTexts.number),
              cell: (row: WaitingLetter) => (
                <a href={paths.signLetter(office.slug, row.id)}>
                  <BreakAfter sign="/" text={row.number} />
                </a>
              ),
            },
            { header: say(letterTexts.kind), cell: (row) => say(letterKind(row.kind)) },
            { header: say(letterTexts.agency), cell: (row) => row.agency ?? '–' },
            {
              header: say(text.since),
              cell: (row) => <Moment at={row.since} zone={office.timezone} locale={locale} />,
            },
          ]}
        />
      </Stack>
    ),
  }
}

async function signView(visit: OfficeVisit, attempt: Attempt) {
  const { say, office, locale, member } = visit
  const opened = await openAwaited(visit)
  const { letter, signing, signatory } = opened
  const step = nextSigningStep(
    openAttempt(signing),
    signatory.driver !== null && isRepeatable(signatory.driver),
    visit.deps.now(),
  )
  const isMine = signatory.personId === member.personId
  return {
    title: `${say(text.title)}: ${letter.number}`,
    crumbs: [{ label: say(text.listTitle), href: paths.signatures(office.slug) }, { label: letter.number }],
    body: (
      <Stack>
        <PageHeader
          over={say(letterKind(letter.kind))}
          title={letter.number}
          lead={say(step === 'stamp' ? stampTexts.awaiting : text.title)}
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ passphrase: text.passphrase, documentId: text.settleSigned, reason: text.reason }}
          lead={attempt.lead}
        />
        <Card title={say(text.read)}>
          <p class="hint">{say(text.readLead)}</p>
          <FileLink
            href={paths.unsignedFile(office.slug, letter.id)}
            name={`${letter.verification_code}.pdf`}
            meta={say(text.open)}
          />
          <Facts visit={visit} opened={opened} />
        </Card>
        {step === 'stamp' ? (
          <HeldLetter visit={visit} letter={letter} />
        ) : isMine ? (
          <SignCard visit={visit} attempt={attempt} step={step} />
        ) : (
          <Alert tone="info" locale={locale}>
            <p>{say(signingTexts.notSignatory)}</p>
          </Alert>
        )}
        {isMine && step === 'sign' && <Decline visit={visit} attempt={attempt} />}
      </Stack>
    ),
  }
}

function Facts({ visit, opened: { letter, signing, signatory } }: { visit: OfficeVisit; opened: Opened }) {
  const { say, locale } = visit
  const { acting, post, name, driver } = signatory
  return (
    <DefinitionList
      facts={[
        { term: say(letterTexts.dated), value: <Day date={letter.dated} locale={locale} /> },
        { term: say(text.signatory), value: `${name}, ${acting ? `${acting} ` : ''}${post}` },
        ...(driver ? [{ term: say(text.way), value: say(serverDrivers[driver].title) }] : []),
        { term: say(letterTexts.digest), value: <span class="mono">{signing.sha256}</span> },
      ]}
    />
  )
}

function SignCard({ visit, attempt, step }: { visit: OfficeVisit; attempt: Attempt; step: SigningStep }) {
  const { say, locale, office } = visit
  if (step === 'wait')
    return (
      <Alert tone="info" locale={locale}>
        <p>{say(signingTexts.underWay)}</p>
      </Alert>
    )
  return (
    <Card title={say(step === 'settle' ? text.settleTitle : text.title)}>
      <Form action={paths.signLetter(office.slug, visit.param('letter'))}>
        {step === 'fetch' && <p>{say(text.fetchText)}</p>}
        {step === 'settle' && <Settle visit={visit} attempt={attempt} />}
        {step !== 'fetch' && (
          <TextInput
            locale={locale}
            name="passphrase"
            type="password"
            label={say(text.passphrase)}
            hint={say(text.passphraseHint)}
            error={attempt.error('passphrase')}
            autocomplete="off"
            spellcheck={false}
            width="medium"
            maxlength={200}
            required={step !== 'settle'}
          />
        )}
        <ButtonRow>
          <Button icon="edit">{say(step === 'fetch' ? text.fetch : text.sign)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Settle({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale } = visit
  return (
    <>
      <Alert tone="warning" locale={locale}>
        <p>{say(signingTexts.unknown)}</p>
      </Alert>
      <input type="hidden" name="settle" value="yes" />
      <TextInput
        locale={locale}
        name="documentId"
        label={say(text.settleSigned)}
        hint={say(text.settleSignedHint)}
        value={attempt.value('documentId')}
        error={attempt.error('documentId')}
        width="medium"
        maxlength={100}
        spellcheck={false}
      />
      <Checkbox
        locale={locale}
        name="unsigned"
        label={say(text.settleUnsigned)}
        checked={attempt.value('unsigned') !== undefined}
      />
    </>
  )
}

function Decline({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  const isOpen = attempt.sent && attempt.value('reason') !== undefined
  return (
    <ConfirmSection label={say(text.decline)} title={say(text.declineTitle)} danger open={isOpen}>
      <Form action={paths.declineLetter(office.slug, visit.param('letter'))}>
        <TextArea
          locale={locale}
          name="reason"
          label={say(text.reason)}
          value={attempt.value('reason')}
          error={attempt.error('reason')}
          maxlength={500}
          required
        />
        <ButtonRow>
          <Button kind="danger">{say(text.decline)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
