import { createApiToken } from '../../../actions/people/create-api-token.ts'
import { revokeApiToken } from '../../../actions/people/revoke-api-token.ts'
import { inScope } from '../../../db/database.ts'
import { listTokens } from '../../../db/people.ts'
import { tokenInput } from '../../../domain/access/people.ts'
import { peoplePageTexts as text } from '../../../domain/text/people.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { tokenSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, PostButton } from '../../ui/button.tsx'
import { CopyField } from '../../ui/case.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
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
      const { token } = await createApiToken(visit.deps, visit.member, form.parse(tokenInput))
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
              labels={{ name: text.tokenName, days: text.tokenDays }}
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
            { header: say(text.until), cell: (row) => <Moment at={row.expiresAt} office={office} /> },
            {
              header: say(text.lastUsed),
              cell: (row) =>
                row.lastUsedAt ? <Moment at={row.lastUsedAt} office={office} /> : say(text.never),
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
