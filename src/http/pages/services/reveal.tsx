import type { AgeFile, Credentials, HandOver } from '../../../domain/fulfilment/seal.ts'
import { Refused } from '../../../domain/refused.ts'
import { accessTexts } from '../../../domain/text/access.ts'
import { credentialTexts } from '../../../domain/text/credentials.ts'
import { ageTexts, decryptCommand } from '../../../domain/text/age.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { revealTexts as text } from '../../../domain/text/services.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import type { FoundReveal } from '../../services/reveals.ts'
import { askForCode, findReveal, isContact, openByCode, openForContact } from '../../services/reveals.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { SecretReveal } from '../../ui/case.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import { publicPage } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import type { Visit } from '../visit.ts'

/** The one-time page: looking at it shows nothing, so that a mail scanner that follows the link opens nothing. */
export function registerReveal(portal: Portal): void {
  publicPage(portal, {
    path: patterns.reveal,
    title: text.title,
    show: async (visit, attempt) => {
      const found = await findReveal(visit.deps.db, visit.param('reveal'))
      return beforeView(visit, found, attempt)
    },
    submit: async (visit, form) => {
      const found = await findReveal(visit.deps.db, visit.param('reveal'))
      return submitted(visit, found, form)
    },
  })
}

async function submitted(visit: Visit, found: FoundReveal, form: FormValues): Promise<Response> {
  const { deps, visitor } = visit
  switch (form.text('act')) {
    case 'send-code':
      await askForCode(deps, found, form.text('ticket'))
      return render(visit, beforeView(visit, found, typedBefore(form), true))
    case 'open-by-code': {
      const typed = { ticket: form.text('ticket'), code: form.text('code') }
      return render(visit, openedView(visit, found, await openByCode(deps, found, typed)))
    }
    default: {
      const { person } = visitor
      if (!person) throw new Refused('sign-in-first', accessTexts.signInFirst, { status: 401 })
      return render(visit, openedView(visit, found, await openForContact(deps, person, found)))
    }
  }
}

const typedBefore = (form: FormValues): Attempt => ({
  ...noAttempt,
  value: (name, fallback) => form.text(name) || fallback,
})

/** Why there is nothing to open, if there is not. */
function closedBecause({ reveal }: FoundReveal, now: Date) {
  if (reveal.status === 'revealed' || reveal.status === 'rotated') return credentialTexts.alreadyRevealed
  return reveal.status === 'expired' || reveal.expiresAt <= now ? credentialTexts.expired : undefined
}

function beforeView(visit: Visit, found: FoundReveal, attempt: Attempt, codeSent = false): View {
  const { say, locale, visitor } = visit
  const closed = closedBecause(found, visit.deps.now())
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader
          title={say(text.title)}
          lead={closed ? undefined : say(found.reveal.recipient ? ageTexts.fileLead : text.lead)}
        />
        {closed ? (
          <Alert tone="warning" locale={locale} title={say(text.cannotOpen)}>
            <p>{say(closed)}</p>
          </Alert>
        ) : (
          <>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ ticket: text.ticket, code: text.code }}
              lead={attempt.lead}
            />
            {isContact(visitor.person, found) ? (
              <OpenCard visit={visit} found={found} />
            ) : (
              <>
                <SignInCard visit={visit} />
                <CodeCard visit={visit} found={found} attempt={attempt} codeSent={codeSent} />
              </>
            )}
          </>
        )}
      </Stack>
    ),
  }
}

function OpenCard({ visit, found }: { visit: Visit; found: FoundReveal }) {
  const { say, locale } = visit
  const { reveal, office } = found
  return (
    <Card>
      <DefinitionList
        facts={[
          { term: say(text.forName), value: <span class="mono">{reveal.fqdn}</span> },
          {
            term: say(text.until),
            value: <Moment at={reveal.expiresAt} zone={office.timezone} locale={locale} />,
          },
          ...(reveal.recipient
            ? [{ term: say(ageTexts.encryptedTo), value: <span class="mono">{reveal.recipient}</span> }]
            : []),
        ]}
      />
      <p>{say(text.openWarning)}</p>
      <Form action={paths.reveal(reveal.id)} plain>
        <input type="hidden" name="act" value="open" />
        <ButtonRow>
          <Button icon="key">{say(text.open)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function SignInCard({ visit }: { visit: Visit }) {
  const { say, visitor } = visit
  return (
    <Card title={say(text.signInTitle)}>
      <p>{say(visitor.person ? text.otherAccount : text.signInText)}</p>
      {!visitor.person && (
        <ButtonRow>
          <Button href={`${paths.signIn()}?kembali=${encodeURIComponent(visit.path)}`}>
            {say(httpTexts.signIn)}
          </Button>
        </ButtonRow>
      )}
    </Card>
  )
}

function CodeCard(props: { visit: Visit; found: FoundReveal; attempt: Attempt; codeSent: boolean }) {
  const { visit, found, attempt, codeSent } = props
  const { say, locale } = visit
  const withCode = codeSent || attempt.sent
  return (
    <Card title={say(text.codeTitle)}>
      <p>{say(text.codeText)}</p>
      {codeSent && (
        <Alert tone="info" locale={locale}>
          <p>{say(text.codeSent)}</p>
        </Alert>
      )}
      <Form action={paths.reveal(found.reveal.id)} plain>
        <TextInput
          locale={locale}
          name="ticket"
          label={say(text.ticket)}
          hint={say(text.ticketHint)}
          value={attempt.value('ticket')}
          autocomplete="off"
          spellcheck={false}
          required
        />
        {withCode && (
          <TextInput
            locale={locale}
            name="code"
            label={say(text.code)}
            width="short"
            autocomplete="one-time-code"
            spellcheck={false}
            required
          />
        )}
        <ButtonRow>
          {withCode && (
            <Button name="act" value="open-by-code" icon="key">
              {say(text.openByCode)}
            </Button>
          )}
          <Button name="act" value="send-code" kind={withCode ? 'secondary' : 'primary'} icon="mail">
            {say(text.sendCode)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function databaseItems({ say }: Visit, database: Credentials['database']) {
  if (!database) return []
  const { engine, host, port, name, username, password } = database
  return [
    { label: say(text.database), value: `${databaseNames[engine]} ${host}:${port}` },
    { label: say(text.databaseName), value: name },
    { label: say(text.databaseUser), value: username },
    { label: say(text.databasePassword), value: password },
  ]
}

const databaseNames = { mariadb: 'MariaDB', postgresql: 'PostgreSQL' } as const

function openedView(visit: Visit, { reveal, office }: FoundReveal, given: HandOver): View {
  const { say } = visit
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} over={reveal.fqdn} />
        {'age' in given ? (
          <AgeFileCard visit={visit} fqdn={reveal.fqdn} file={given} />
        ) : (
          <CredentialsCard visit={visit} credentials={given} />
        )}
        {visit.visitor.person && (
          <ButtonRow>
            <Button href={paths.service(office.slug, reveal.serviceId)} kind="secondary">
              {say(text.kept)}
            </Button>
          </ButtonRow>
        )}
      </Stack>
    ),
  }
}

function CredentialsCard({ visit, credentials }: { visit: Visit; credentials: Credentials }) {
  const { say, locale } = visit
  return (
    <SecretReveal
      locale={locale}
      title={say(text.keepTitle)}
      warning={say(text.shownOnce)}
      items={[
        { label: say(text.username), value: credentials.username },
        { label: say(text.password), value: credentials.password },
        { label: say(text.host), value: credentials.host },
        { label: say(text.port), value: String(credentials.port) },
        ...databaseItems(visit, credentials.database),
      ]}
    />
  )
}

/** The file is in the page itself, so that it can be saved without script and without being kept anywhere. */
function AgeFileCard({ visit, fqdn, file }: { visit: Visit; fqdn: string; file: AgeFile }) {
  const { say, locale } = visit
  const filename = `${fqdn}.age`
  const content = Buffer.from(file.age).toString('base64')
  return (
    <SecretReveal
      locale={locale}
      title={say(ageTexts.fileTitle)}
      warning={say(ageTexts.fileWarning)}
      items={[
        { label: say(ageTexts.encryptedTo), value: file.recipient },
        { label: say(ageTexts.decrypt), value: decryptCommand(filename) },
      ]}
    >
      <ButtonRow>
        <Button href={`data:application/octet-stream;base64,${content}`} download={filename} icon="download">
          {say(ageTexts.download)}
        </Button>
      </ButtonRow>
    </SecretReveal>
  )
}
