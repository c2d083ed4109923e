import * as z from 'zod'
import type { Passkey } from '../../../db/passkeys.ts'
import { listPasskeys } from '../../../db/passkeys.ts'
import { passkeyTexts as text } from '../../../domain/text/passkeys.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import {
  addPasskey,
  maxPasskeyName,
  newPasskeyOptions,
  removePasskey,
  signInOptions,
  takesPasskeys,
} from '../../auth/passkeys.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import { personPage } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import type { PersonVisit, Visit } from '../visit.ts'
import { FactorPassword, onTheWay } from './enrolment.tsx'
import { newCodesView } from './recovery-codes.tsx'
import { OwnMoment } from './moment.tsx'
import { callerOf, setCookies } from './sign-in-cookies.ts'

const newKey = z.object({
  name: z.string().trim().min(1).max(maxPasskeyName),
  password: z.string().max(1000).default(''),
  response: z.string().default(''),
})

/** The passkeys of one's own account. */
export function registerPasskeys(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountPasskeys,
    title: text.title,
    show: passkeysView,
    submit: async (visit, form) => {
      const { deps, person } = visit
      const id = form.text('remove')
      if (id) {
        await removePasskey(deps, callerOf(visit), person, { id, password: form.text('password') })
        await visit.flash('success', text.removed)
        return paths.accountPasskeys()
      }
      const given = { ...form.parse(newKey), link: visit.query('tautan') }
      const { recoveryCodes, cookies } = await addPasskey(deps, callerOf(visit), person, given)
      setCookies(visit, cookies)
      await visit.flash('success', text.added)
      if (recoveryCodes.length === 0) return paths.accountPasskeys()
      return render(visit, newCodesView(visit, recoveryCodes))
    },
  })
}

/** The button that signs in with a passkey; without script it does not show. */
export async function PasskeySignIn({ visit }: { visit: Visit }) {
  const { say, deps } = visit
  if (!takesPasskeys(deps.config)) return null
  return (
    <div class="passkey-place" data-passkey-place hidden>
      <p class="passkey-or">{say(text.or)}</p>
      <form
        class="form"
        method="post"
        action={withQuery(paths.passkeySignIn(), { kembali: visit.query('kembali') })}
        data-turbo="false"
        data-passkey="get"
        data-options={JSON.stringify(await signInOptions(deps))}
      >
        <input type="hidden" name="response" value="" />
        <DeviceSaidNo visit={visit} />
        <ButtonRow>
          <Button kind="secondary" icon="shield">
            {say(text.signIn)}
          </Button>
        </ButtonRow>
      </form>
    </div>
  )
}

const DeviceSaidNo = ({ visit }: { visit: Visit }) => (
  <p class="field-error" role="alert" data-passkey-error hidden>
    {visit.say(text.cancelled)}
  </p>
)

async function passkeysView(visit: PersonVisit, attempt: Attempt): Promise<View> {
  const { say, locale, deps, person } = visit
  const keys = await listPasskeys(deps.db, person.id)
  return {
    title: say(text.title),
    crumbs: [{ label: say(accountTexts.title), href: paths.account() }, { label: say(text.title) }],
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ name: text.name, password: accountTexts.currentPassword }}
          lead={attempt.lead}
        />
        {keys.length > 0 && <Keys visit={visit} keys={keys} />}
        {takesPasskeys(deps.config) ? (
          <AddCard
            visit={visit}
            attempt={attempt}
            options={JSON.stringify(await newPasskeyOptions(deps, person))}
          />
        ) : (
          <Alert tone="info" locale={locale}>
            {say(text.notHere)}
          </Alert>
        )}
      </Stack>
    ),
  }
}

function AddCard({ visit, attempt, options }: { visit: PersonVisit; attempt: Attempt; options: string }) {
  const { say, locale } = visit
  return (
    <Card title={say(text.add)}>
      <noscript>
        <p>{say(text.needsScript)}</p>
      </noscript>
      <div data-passkey-place hidden>
        <form
          class="form"
          method="post"
          action={onTheWay(visit, paths.accountPasskeys())}
          data-turbo="false"
          data-passkey="create"
          data-options={options}
        >
          <input type="hidden" name="response" value="" />
          <TextInput
            name="name"
            label={say(text.name)}
            hint={say(text.nameHint)}
            locale={locale}
            width="medium"
            maxlength={maxPasskeyName}
            required
            value={attempt.value('name')}
            error={attempt.error('name')}
          />
          <FactorPassword visit={visit} attempt={attempt.value('remove') ? noAttempt : attempt} />
          <DeviceSaidNo visit={visit} />
          <ButtonRow>
            <Button>{say(text.add)}</Button>
          </ButtonRow>
        </form>
      </div>
    </Card>
  )
}

function Keys({ visit, keys }: { visit: PersonVisit; keys: readonly Passkey[] }) {
  const { say } = visit
  return (
    <DataTable
      caption={say(text.title)}
      hideCaption
      rows={keys}
      files={null}
      empty={null}
      columns={[
        { header: say(text.name), cell: (row) => row.name },
        { header: say(text.made), cell: (row) => <OwnMoment at={row.madeAt} person={visit.person} /> },
        {
          header: say(text.used),
          cell: (row) => (row.usedAt ? <OwnMoment at={row.usedAt} person={visit.person} /> : say(text.never)),
        },
        { header: say(text.act), cell: (row) => <Remove visit={visit} row={row} /> },
      ]}
    />
  )
}

function Remove({ visit, row }: { visit: PersonVisit; row: Passkey }) {
  const { say, locale } = visit
  const id = `password-${row.id}`
  return (
    <ConfirmSection label={say(text.remove)} title={say(text.removeTitle(row.name))} danger>
      <form class="form" method="post" action={paths.accountPasskeys()}>
        <input type="hidden" name="remove" value={row.id} />
        <div class="field">
          <label class="label" for={id}>
            {accountTexts.currentPassword[locale]}
          </label>
          <input class="input" id={id} name="password" type="password" autocomplete="current-password" />
        </div>
        <ButtonRow>
          <Button kind="danger" small>
            {say(text.remove)}
          </Button>
        </ButtonRow>
      </form>
    </ConfirmSection>
  )
}
