import type { OpenSession } from '../../../db/sessions.ts'
import { idleMsOf } from '../../../domain/access/sessions.ts'
import { sessionTexts as text } from '../../../domain/text/sessions.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { endOwnSessions, listOwnSessions, rolesOf } from '../../auth/own-sessions.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { deviceWords, sessionSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { ButtonRow, PostButton } from '../../ui/button.tsx'
import { PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { personPage } from '../page.ts'
import type { View } from '../render.tsx'
import type { PersonVisit } from '../visit.ts'
import { OwnMoment } from './moment.tsx'
import { callerOf } from './sign-in-cookies.ts'

const sessionsPerPage = 25

/** The devices on which a person is signed in. */
export function registerSessions(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountSessions,
    title: text.title,
    show: (visit) => sessionsView(visit),
    sheets: ({ say, deps, person }) => [sessionSheet(say, deps, person)],
    submit: async (visit, form) => {
      const id = form.text('session')
      const which = id ? { id } : form.text('act') === 'all' ? 'all' : 'others'
      await endOwnSessions(visit.deps, callerOf(visit), visit.person, which)
      await visit.flash('success', which === 'all' ? text.endedAll : text.ended)
      return which === 'all' ? paths.signIn() : paths.accountSessions()
    },
  })
}

async function sessionsView(visit: PersonVisit): Promise<View> {
  const { say, locale, person, deps } = visit
  const { sessions } = deps.config
  const after = readPlace(visit.query('dari'))
  const rows = await listOwnSessions(deps, person, { limit: sessionsPerPage + 1, after })
  const page = cutPage(rows, sessionsPerPage, (row) => placeOf(row.since, row.id))
  return {
    title: say(text.title),
    crumbs: [{ label: say(accountTexts.title), href: paths.account() }, { label: say(text.title) }],
    body: (
      <Stack>
        <PageHeader
          title={say(text.title)}
          lead={say(text.lead(idleMsOf(sessions, rolesOf(person)), sessions.longestMs))}
        />
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.accountSessions())}
          empty={null}
          columns={[
            { header: say(text.device), cell: (row) => deviceWords(say, row) },
            { header: say(text.address), cell: (row) => row.address || say(text.unknown) },
            { header: say(text.since), cell: (row) => <OwnMoment at={row.since} person={person} /> },
            { header: say(text.used), cell: (row) => <OwnMoment at={row.usedAt} person={person} /> },
            { header: say(text.act), cell: (row) => <EndOne visit={visit} row={row} /> },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.accountSessions(), { dari: page.next }) : undefined}
        />
        <ButtonRow>
          {page.rows.length > 1 && (
            <PostButton action={paths.accountSessions()} kind="secondary" fields={{ act: 'others' }}>
              {say(text.endOthers)}
            </PostButton>
          )}
          <PostButton action={paths.accountSessions()} kind="secondary" fields={{ act: 'all' }}>
            {say(text.endAll)}
          </PostButton>
        </ButtonRow>
      </Stack>
    ),
  }
}

function EndOne({ visit, row }: { visit: PersonVisit; row: OpenSession }) {
  const { say, person } = visit
  if (row.id === person.sessionId) return <StatusPill text={say(text.this)} tone="success" />
  return (
    <PostButton action={paths.accountSessions()} kind="secondary" small fields={{ session: row.id }}>
      {say(text.end)}
    </PostButton>
  )
}
