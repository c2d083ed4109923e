import { deskRoles } from '../../../domain/access/roles.ts'
import { reassigners } from '../../../domain/access/duties.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { letterTexts } from '../../../domain/text/oversight.ts'
import { archiveTexts, signPageTexts, signatureReportTexts } from '../../../domain/text/signing.ts'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, type Fact } from '../../ui/page.tsx'
import { Stamp } from '../../ui/stamp.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

type Props = { readonly visit: OfficeVisit; readonly letter: RegisteredLetter; readonly attempt: Attempt }

/** Who signed, with which certificate. */
export function SignatureFacts({ visit, letter }: Props) {
  const { say, locale, office } = visit
  const { certificate, signatory, signedAt } = letter
  if (!certificate) return null
  const facts: readonly Fact[] = [
    ...(signatory ? [{ term: say(signPageTexts.signatory), value: signatory }] : []),
    { term: say(signatureReportTexts.certificate), value: certificate.commonName },
    { term: say(signatureReportTexts.issuer), value: certificate.issuer },
    { term: say(signatureReportTexts.serial), value: <span class="mono">{certificate.serial}</span> },
    ...(signedAt
      ? [
          {
            term: say(signatureReportTexts.signedAt),
            value: <Moment at={signedAt} zone={office.timezone} locale={locale} />,
          },
        ]
      : []),
    ...(letter.timeStamp
      ? [
          {
            term: say(stampTexts.title),
            value: <Stamp visit={visit} stamp={letter.timeStamp} zone={office.timezone} />,
          },
        ]
      : []),
  ]
  return (
    <Card title={say(signatureReportTexts.title)}>
      <DefinitionList facts={facts} />
    </Card>
  )
}

/** The way to the signature of a letter that waits, or to another signatory. */
export function WaitingActs({ visit, letter }: Props) {
  const { say, office, member } = visit
  if (letter.status !== 'awaiting') return null
  return (
    <Card title={say(signPageTexts.awaiting)}>
      <ButtonRow>
        <Button href={paths.signLetter(office.slug, letter.id)} icon="edit">
          {say(signPageTexts.title)}
        </Button>
      </ButtonRow>
      {mayOpen(reassigners, member.roles) && (
        <ConfirmSection label={say(signPageTexts.reassign)} title={say(signPageTexts.reassignTitle)}>
          <PostButton action={paths.reassignLetter(office.slug, letter.id)} kind="secondary">
            {say(signPageTexts.reassign)}
          </PostButton>
        </ConfirmSection>
      )}
    </Card>
  )
}

/** Number, date and link in the national archive, and the form for them. */
export function ArchiveReference({ visit, letter, attempt }: Props) {
  const { say, locale, office, member } = visit
  const { archiveNumber, archiveDate, archiveLink } = letter
  const facts: Fact[] = [
    ...(archiveNumber ? [{ term: say(letterTexts.number), value: archiveNumber }] : []),
    ...(archiveDate
      ? [{ term: say(letterTexts.dated), value: <Day date={archiveDate} locale={locale} /> }]
      : []),
    ...(archiveLink
      ? [
          {
            term: say(archiveTexts.link),
            value: (
              <a href={archiveLink} rel="noreferrer">
                {archiveLink}
              </a>
            ),
          },
        ]
      : []),
  ]
  const mayEdit = mayOpen(deskRoles, member.roles)
  if (facts.length === 0 && !mayEdit) return null
  const field = (name: 'number' | 'date' | 'link', known: string | null) => ({
    locale,
    name,
    value: attempt.value(name, known ?? undefined),
    error: attempt.error(name),
  })
  return (
    <Card title={say(archiveTexts.title)}>
      {facts.length > 0 ? <DefinitionList facts={facts} /> : <p class="hint">{say(archiveTexts.hint)}</p>}
      {mayEdit && (
        <ConfirmSection
          label={say(archiveTexts.edit)}
          title={say(archiveTexts.title)}
          open={attempt.sent && attempt.value('number') !== undefined}
        >
          <Form action={paths.letterArchive(office.slug, letter.id)}>
            <TextInput {...field('number', archiveNumber)} label={say(letterTexts.number)} maxlength={200} />
            <TextInput
              {...field('date', archiveDate)}
              type="date"
              label={say(letterTexts.dated)}
              width="short"
            />
            <TextInput
              {...field('link', archiveLink)}
              type="url"
              label={say(archiveTexts.link)}
              maxlength={500}
            />
            <ButtonRow>
              <Button kind="secondary">{say(archiveTexts.save)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Card>
  )
}
