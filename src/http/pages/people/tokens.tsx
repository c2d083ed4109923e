import { createApiToken } from '../../../actions/people/create-api-token.ts'
import { revokeApiToken } from '../../../actions/people/revoke-api-token.ts'
import { inScope } from '../../../db/database.ts'
import { listTokens } from '../../../db/people.ts'
import { tokenAreas, tokenInput } from '../../../domain/access/token-limits.ts'
import type { ListedToken } from '../../../db/people.ts'
import { areaTexts, tokenPageTexts } from '../../../domain/text/tokens.ts'
import { peoplePageTexts as text } from '../../../domain/text/people.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { tokenSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, PostButton } from '../../ui/button.tsx'
import { CopyField } from '../../ui/case.tsx'
import { Fieldset, Form, FormErrorSummary, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Locale } from '../../../domain/refused.ts'
import type { Attempt, FormValues } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { render } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'
import { Moment } from './moment.tsx'

const perPage = 50

/** Tokens of the API. A new one is shown in the answer to the form and nowhere else. */
export function registerTokens(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.tokens,
    title: text.tokens,
    menu: { group: 'administration', order: 60, label: text.tokens, icon: 'key' },
    show: (visit, attempt) => tokensView(visit, attempt),
    sheets: (visit) => [tokenSheet(visit)],
    submit: async (visit, form) => {
      const { token } = await createApiToken(visit.deps, visit.member, tokenInput.parse(tokenFields(form)), {
        personId: visit.member.personId,
        provenBy: visit.person.provenBy,
      })
      return render(visit, await tokensView(visit, noAttempt, token))
    },
  })
  pageForm(portal, page, {
    path: patterns.tokenRevoke,
    submit: async (visit) => {
      await revokeApiToken(visit.deps, visit.member, visit.id('token'))
      await visit.flash('success', text.tokenRevoked)
      return paths.tokens(visit.office.slug)
    },
  })
}

async function tokensView(visit: OfficeVisit, attempt: Attempt, fresh?: string) {
  const { say, locale, member, office } = visit
  const owner = member.roles.includes('administrator') ? undefined : member.personId
  const after = readPlace(visit.query('dari'))
  const rows = await inScope(visit.deps.db, member, (tx) =>
    listTokens(tx, member.officeId, owner, { limit: perPage + 1, after }),
  )
  const page = cutPage(rows, perPage, (row) => placeOf(row.createdAt, row.id))
  return {
    title: say(text.tokens),
    body: (
      <Stack>
        <PageHeader title={say(text.tokens)} lead={say(text.tokensLead)} />
        {fresh && (
          <Alert tone="success" locale={locale}>
            <p>{say(text.tokenOnce)}</p>
            <CopyField locale={locale} value={fresh} label={say(text.tokens)} />
          </Alert>
        )}
        <Card title={say(text.tokenCreate)}>
          <Form action={paths.tokens(office.slug)} plain>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ name: text.tokenName, days: text.tokenDays, ...tokenPageTexts }}
              lead={attempt.lead}
            />
            <TextInput
              name="name"
              label={say(text.tokenName)}
              locale={locale}
              width="medium"
              maxlength={80}
              required
              value={attempt.value('name')}
              error={attempt.error('name')}
            />
            <TextInput
              name="days"
              label={say(text.tokenDays)}
              locale={locale}
              width="short"
              inputmode="numeric"
              value={attempt.value('days', '90')}
              error={attempt.error('days')}
            />
            <LimitFields attempt={attempt} locale={locale} />
            <ButtonRow>
              <Button icon="key">{say(text.tokenCreate)}</Button>
            </ButtonRow>
          </Form>
        </Card>
        <DataTable
          caption={say(text.tokens)}
          rows={page.rows}
          files={tableFiles(visit, paths.tokens(office.slug))}
          empty={<EmptyState icon="key" title={say(text.noTokens)} next={say(text.noTokensNext)} />}
          columns={[
            { header: say(text.tokenName), cell: (row) => row.name },
            { header: say(text.owner), cell: (row) => row.owner },
            { header: say(tokenPageTexts.limits), cell: (row) => <Limits visit={visit} row={row} /> },
            { header: say(text.until), cell: (row) => <Moment at={row.expiresAt} office={office} /> },
            {
              header: say(text.lastUsed),
              cell: (row) =>
                row.lastUsedAt ? <Moment at={row.lastUsedAt} office={office} /> : say(text.never),
            },
            {
              header: say(tokenPageTexts.refusedUses),
              cell: (row) => say(tokenPageTexts.timesRefused(row.refusedUses)),
            },
            {
              header: say(text.revoke),
              cell: (row) => (
                <PostButton action={paths.tokenRevoke(office.slug, row.id)} kind="secondary" small>
                  {say(text.revoke)}
                </PostButton>
              ),
            },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.tokens(office.slug), { dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

/** What the form says of a token's limits: nothing ticked under "whatever I may do", lists one entry a line. */
function tokenFields(form: FormValues) {
  const listed = (name: string) => {
    const entries = form
      .text(name)
      .split(/[\s,]+/)
      .filter((each) => each !== '')
    return entries.length > 0 ? { [name]: entries } : {}
  }
  const { name, days } = { name: form.text('name'), days: form.text('days') }
  return {
    name,
    ...(days !== '' && { days }),
    ...(form.text('everything') !== 'yes' && { scopes: form.list('scopes') }),
    ...listed('names'),
    ...listed('recordTypes'),
    ...listed('networks'),
  }
}

/** What a token may do of what its owner may: areas to read or to change, names, record types, networks. */
function LimitFields({ attempt, locale }: { attempt: Attempt; locale: Locale }) {
  const ticked = attempt.values('scopes', attempt.sent ? [] : ['requests:read', 'services:read'])
  return (
    <>
      <Fieldset legend={tokenPageTexts.scopes[locale]} hint={tokenPageTexts.scopesLead[locale]}>
        <label class="choice">
          <input
            type="checkbox"
            name="everything"
            value="yes"
            checked={attempt.value('everything') === 'yes'}
          />
          <span>{tokenPageTexts.all[locale]}</span>
        </label>
        <DataTable
          caption={tokenPageTexts.scopes[locale]}
          hideCaption
          rows={tokenAreas}
          files={null}
          empty={null}
          columns={[
            { header: tokenPageTexts.area[locale], cell: (area) => areaTexts[area]?.[locale] ?? area },
            ...(['read', 'write'] as const).map((verb) => ({
              header: tokenPageTexts[verb][locale],
              cell: (area: string) => (
                <label class="choice">
                  <input
                    type="checkbox"
                    name="scopes"
                    value={`${area.toLowerCase()}:${verb}`}
                    checked={ticked.includes(`${area.toLowerCase()}:${verb}`)}
                  />
                  <span class="sr-only">
                    {`${tokenPageTexts[verb][locale]}: ${areaTexts[area]?.[locale] ?? area}`}
                  </span>
                </label>
              ),
            })),
          ]}
        />
      </Fieldset>
      {(['names', 'recordTypes', 'networks'] as const).map((name) => (
        <TextArea
          locale={locale}
          name={name}
          rows={2}
          label={tokenPageTexts[name][locale]}
          hint={tokenPageTexts[`${name}Hint`][locale]}
          value={attempt.value(name)}
          error={attempt.error(name)}
        />
      ))}
    </>
  )
}

/** The limits of a token, in the words of the API. */
function Limits({ visit, row }: { visit: OfficeVisit; row: ListedToken }) {
  const { scopes, names, recordTypes, networks } = row
  const lists = [scopes, names, recordTypes, networks].filter((list) => list !== null)
  if (lists.length === 0) return <span class="muted">{visit.say(tokenPageTexts.unlimited)}</span>
  return (
    <>
      {lists.map((list) => (
        <p class="mono small">{list.join(', ')}</p>
      ))}
    </>
  )
}
