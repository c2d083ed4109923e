import { createHash } from 'node:crypto'
import { notFound } from '../../../actions/act.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import type { SignatureReport } from '../../../domain/letters/signing.ts'
import type { Text } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import { normalizeCode } from '../../../domain/requests/ticket.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import { letterTexts } from '../../../domain/text/oversight.ts'
import { letterVerifyTexts as verifyTexts } from '../../../domain/text/letter-verify.ts'
import { signatureReportTexts } from '../../../domain/text/signing.ts'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { checkpointTexts as signing } from '../../../domain/text/checkpoints.ts'
import { publicTexts as text } from '../../../domain/text/public.ts'
import type { Receipt } from '../../checkpoints.ts'
import { letterReceipt, orSoon } from '../../checkpoints.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { saidOfUnknown } from '../../unknown-file.ts'
import type { PublicLetter } from '../../public-facts.ts'
import { findLetter, findLetterByDigest } from '../../public-facts.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { CopyField } from '../../ui/case.tsx'
import { FileInput, Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { Stamp } from '../../ui/stamp.tsx'
import { Day } from '../../ui/time.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import { publicPage } from '../page.ts'
import { receiptDownload } from '../oversight/witnesses.tsx'
import { letterKind } from '../../sheets/papers.ts'
import type { View } from '../render.tsx'
import type { Visit } from '../visit.ts'

/** Largest PDF that is compared, in bytes. */
export const maxCompareBytes = 12 * 1024 * 1024

/** Verifying a letter: by its code, or by its file. */
export function registerVerify(portal: Portal): void {
  publicPage(portal, {
    path: patterns.verify,
    title: text.verifyTitle,
    maxBytes: maxCompareBytes,
    show: (visit, attempt) => {
      const typed = visit.query('kode')?.trim()
      if (typed && !attempt.sent) return visit.c.redirect(paths.verifyLetter(normalizeCode(typed)), 303)
      return askView(visit, attempt)
    },
    submit: async (visit, form) => {
      const pdf = await fileOf(form)
      const found = await findLetterByDigest(visit.deps.db, digestOf(pdf))
      if (!found) throw await unknownFile(visit, pdf, text.fileUnknown)
      const signature = visit.deps.lookups.readSignature(pdf).kind
      return withQuery(paths.verifyLetter(found.letter.code), sameFile(signature))
    },
  })
  publicPage(portal, {
    path: patterns.verifyLetter,
    title: text.verifyTitle,
    maxBytes: maxCompareBytes,
    show: async (visit, attempt) => {
      const found = await findLetter(visit.deps.db, visit.param('code'))
      if (!found) return unknownView(visit)
      return letterView(visit, { ...found, receipt: await letterReceipt(visit.deps.db, found) }, attempt)
    },
    submit: async (visit, form) => {
      const code = normalizeCode(visit.param('code'))
      const found = await findLetter(visit.deps.db, code)
      const pdf = await fileOf(form)
      if (found?.letter.sha256 !== digestOf(pdf)) throw await unknownFile(visit, pdf, text.differs)
      const signature = visit.deps.lookups.readSignature(pdf).kind
      return withQuery(paths.verifyLetter(code), sameFile(signature))
    },
  })
  registerReceipt(portal)
}

function registerReceipt(portal: Portal): void {
  publicPage(portal, {
    path: patterns.letterReceipt,
    title: signing.receipt,
    show: async (visit) => {
      const found = await findLetter(visit.deps.db, visit.param('code'))
      if (found?.letter.sha256 == null) throw notFound()
      const { file } = orSoon(await letterReceipt(visit.deps.db, found))
      return receiptDownload(found.letter.code, file)
    },
  })
}

async function unknownFile({ deps }: Visit, pdf: Buffer, otherwise: Text): Promise<Refused> {
  const said = await saidOfUnknown(deps, pdf)
  return new Refused('letter-unknown', said?.text ?? otherwise, { status: 422 })
}

const sameFile = (signature: SignatureReport['kind']) => ({
  berkas: 'sama',
  ...(signature === 'intact' && { ttd: 'utuh' }),
})

const digestOf = (pdf: Buffer): string => createHash('sha256').update(pdf).digest('hex')

async function fileOf(form: FormValues): Promise<Buffer> {
  const file = form.file('berkas')
  if (!file) {
    const issues = [{ field: 'berkas', text: text.fileMissing }]
    throw new Refused('bad-input', httpTexts.badInput, { issues })
  }
  return Buffer.from(await file.arrayBuffer())
}

function askView(visit: Visit, attempt: Attempt, notFound?: Text): View {
  const { say, locale } = visit
  return {
    title: say(text.verifyTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.verifyTitle)} lead={say(text.verifyLead)} />
        {notFound && (
          <Alert tone="warning" locale={locale} assert>
            <p>{say(notFound)}</p>
          </Alert>
        )}
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ berkas: text.file }}
          lead={attempt.lead}
        />
        <Card title={say(text.byCode)}>
          <Form action={paths.verify()} method="get">
            <TextInput
              locale={locale}
              name="kode"
              label={say(text.code)}
              hint={say(text.codeHint)}
              value={visit.param('code') || undefined}
              width="medium"
              autocomplete="off"
              spellcheck={false}
              required
            />
            <ButtonRow>
              <Button icon="search">{say(text.verifyButton)}</Button>
            </ButtonRow>
          </Form>
        </Card>
        <Card title={say(text.byFile)}>
          <CompareForm visit={visit} attempt={attempt} action={paths.verify()} />
        </Card>
      </Stack>
    ),
  }
}

/** Takes the PDF that somebody holds, to compare it with what was issued. */
function CompareForm(props: { visit: Visit; attempt: Attempt; action: string }) {
  const { say, locale } = props.visit
  return (
    <Form action={props.action} files>
      <FileInput
        locale={locale}
        name="berkas"
        label={say(text.file)}
        accept="application/pdf,.pdf"
        error={props.attempt.error('berkas')}
        required
      />
      <ButtonRow>
        <Button kind="secondary" icon="shield">
          {say(text.compareButton)}
        </Button>
      </ButtonRow>
    </Form>
  )
}

/** The page for a code that is not known: the same for every one, with status 200, so that it stays usable. */
const unknownView = (visit: Visit): View => askView(visit, noAttempt, text.verifyNone)

type LetterWithReceipt = PublicLetter & { readonly receipt: Receipt | undefined }

function letterView(visit: Visit, found: LetterWithReceipt, attempt: Attempt): View {
  const { say, locale } = visit
  return {
    title: found.letter.number,
    body: (
      <Stack>
        <PageHeader over={say(text.verifyTitle)} title={found.letter.number} />
        <Standing visit={visit} found={found} />
        {visit.query('berkas') === 'sama' && !attempt.sent && (
          <Alert tone="success" locale={locale}>
            <p>{say(text.same)}</p>
            {visit.query('ttd') === 'utuh' && <p>{say(signatureReportTexts.intact)}</p>}
          </Alert>
        )}
        <Card>
          <Facts visit={visit} found={found} />
        </Card>
        {found.letter.sha256 && <ReceiptCard visit={visit} found={found} />}
        {found.letter.sha256 && (
          <Card title={say(text.byFile)}>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ berkas: text.file }}
              lead={attempt.lead}
            />
            <CompareForm visit={visit} attempt={attempt} action={paths.verifyLetter(found.letter.code)} />
          </Card>
        )}
      </Stack>
    ),
  }
}

function ReceiptCard({ visit, found }: { visit: Visit; found: LetterWithReceipt }) {
  const { say } = visit
  const { receipt, letter } = found
  if (!receipt)
    return (
      <Card title={say(signing.receipt)}>
        <p>{say(signing.receiptSoon)}</p>
      </Card>
    )
  const witnesses = receipt.cosignatures.map(({ organisation }) => organisation).join(', ')
  return (
    <Card title={say(signing.receipt)}>
      <p>{say(signing.receiptLead(receipt.seq, receipt.size))}</p>
      {witnesses && <p>{`${say(signing.witnessed)}: ${witnesses}`}</p>}
      <ButtonRow>
        <Button href={paths.letterReceipt(letter.code)} kind="secondary" icon="download" plain>
          {say(signing.receiptFile)}
        </Button>
      </ButtonRow>
    </Card>
  )
}

function Standing({ visit, found }: { visit: Visit; found: PublicLetter }) {
  const { say, locale } = visit
  const { letter, office } = found
  const destroyed = letter.destroyed && (
    <p>{say(archiveRecordTexts.verifyText(letter.destroyed.on, letter.destroyed.number))}</p>
  )
  if (letter.status === 'issued' && letter.replacedBy)
    return (
      <Alert tone="warning" locale={locale} title={say(verifyTexts.replacedTitle)}>
        <p>{say(verifyTexts.replacedText(letter.replacedBy))}</p>
        {destroyed}
      </Alert>
    )
  if (letter.status === 'issued')
    return (
      <Alert
        tone="success"
        locale={locale}
        title={say(letter.destroyed ? archiveRecordTexts.verifyTitle : text.stands)}
      >
        <p>{say(text.standsText)}</p>
        {destroyed}
      </Alert>
    )
  if (letter.status === 'numbered' || letter.status === 'awaiting')
    return (
      <Alert tone="info" locale={locale} title={say(text.pending)}>
        <p>{say(text.pendingText)}</p>
      </Alert>
    )
  const date = formatDate(localDate(letter.voidedAt!, office.timezone), locale)
  return (
    <Alert tone="danger" locale={locale} title={say(text.voided)}>
      <p>{say(text.voidedText(date))}</p>
      {destroyed}
    </Alert>
  )
}

function Facts({ visit, found }: { visit: Visit; found: PublicLetter }) {
  const { say, locale } = visit
  const { letter, office, headNow } = found
  const headWords = (seq: number, hash: string) => <span class="mono">{`${seq} · ${hash}`}</span>
  return (
    <DefinitionList
      facts={[
        { term: say(letterTexts.number), value: letter.number },
        { term: say(letterTexts.dated), value: <Day date={letter.dated} locale={locale} /> },
        { term: say(letterTexts.kind), value: say(letterKind(letter.kind)) },
        { term: say(text.office), value: `${office.name}, ${office.government}` },
        ...(letter.signatory ? [{ term: say(verifyTexts.signatory), value: letter.signatory }] : []),
        ...(letter.decision && verifyTexts.decisions[letter.decision]
          ? [{ term: say(verifyTexts.decision), value: say(verifyTexts.decisions[letter.decision]!) }]
          : []),
        ...(letter.certificate
          ? [
              {
                term: say(signatureReportTexts.title),
                value: `${letter.certificate.commonName} · ${say(signatureReportTexts.issuer)}: ${letter.certificate.issuer}`,
              },
            ]
          : []),
        ...(letter.certificate && letter.timeStamp
          ? [
              {
                term: say(stampTexts.title),
                value: <Stamp visit={visit} stamp={letter.timeStamp} zone={office.timezone} />,
              },
            ]
          : []),
        { term: say(text.code), value: <span class="mono">{letter.code}</span> },
        ...(letter.sha256
          ? [
              {
                term: say(letterTexts.digest),
                value: <CopyField locale={locale} value={letter.sha256} label={say(letterTexts.digest)} />,
              },
            ]
          : []),
        ...(letter.head
          ? [{ term: say(letterTexts.headThen), value: headWords(letter.head.entries, letter.head.hash) }]
          : []),
        { term: say(text.headNow), value: headWords(headNow.seq, headNow.hash) },
      ]}
    />
  )
}
