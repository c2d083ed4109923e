import type { Child } from 'hono/jsx'
import { factorNeeded } from '../../domain/access/second-factor.ts'
import { roleTexts } from '../../domain/access/roles.ts'
import type { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { factorTexts } from '../../domain/text/second-factor.ts'
import { paths } from '../paths.ts'
import { titleOf } from '../problems.ts'
import { Button, ButtonRow } from '../ui/button.tsx'
import { AuthLayout, Layout, PublicLayout } from '../ui/layout.tsx'
import { PageHeader, Stack } from '../ui/page.tsx'
import type { Crumb, Shell } from '../ui/shell.ts'
import { Alert } from '../ui/status.tsx'
import { takeFlash } from './flash.ts'
import { menuFor } from './menu.ts'
import type { OfficePublicVisit, OfficeVisit, Visit } from './visit.ts'

/** What a page shows; the frame around it follows from who visits. */
export type View = {
  readonly title: string
  readonly body: Child
  readonly crumbs?: readonly Crumb[]
  /** `auth` is the narrow card for signing in; otherwise members get their menu, others the public frame. */
  readonly layout?: 'auth'
  readonly lead?: string
  /** Stands below the card of an `auth` page. */
  readonly foot?: Child
  /** Newest logbook entry of the office, printed at the foot of the page. */
  readonly logbookHead?: Shell['logbookHead']
}

type AnyVisit = Visit & Partial<Pick<OfficePublicVisit, 'office'>> & Partial<Pick<OfficeVisit, 'member'>>

/** The page as HTML, in the frame that suits the visitor. */
export async function render(visit: AnyVisit, view: View, status = 200): Promise<Response> {
  const shell = await shellOf(visit, view)
  visit.c.header('cache-control', 'no-store')
  return visit.c.html(frame(shell, view), status as 200)
}

function frame(shell: Shell, view: View) {
  const { title, crumbs, lead, foot, body } = view
  if (view.layout === 'auth')
    return (
      <AuthLayout shell={shell} title={title} heading={title} lead={lead} foot={foot}>
        {body}
      </AuthLayout>
    )
  if (!shell.user)
    return (
      <PublicLayout shell={shell} title={title}>
        {body}
      </PublicLayout>
    )
  return (
    <Layout shell={shell} title={title} crumbs={crumbs}>
      {body}
    </Layout>
  )
}

async function shellOf(visit: AnyVisit, view: View): Promise<Shell> {
  const { visitor, office, member } = visit
  const { person } = visitor
  return {
    locale: visitor.locale,
    theme: visitor.theme,
    path: visit.path,
    office: office && {
      name: office.name,
      logoHref: office.hasLogo ? paths.officeLogo(office.slug) : undefined,
    },
    nav: office && member ? await menuFor({ ...visit, person: person!, office, member }) : undefined,
    user: person && {
      name: person.name,
      role: (member?.roles ?? []).map((role) => visit.say(roleTexts[role])).join(', '),
    },
    flash: await takeFlash(visit.deps.config, visit.c),
    logbookHead: view.logbookHead,
    links: {
      home: member && office ? paths.office(office.slug) : paths.home(),
      preferences: paths.preferences(),
      signOut: paths.signOut(),
      signIn: paths.signIn(),
      account: paths.account(),
      verify: paths.verify(),
      track: paths.track(),
      names: paths.names(),
    },
  }
}

/** A page that says why nothing was done. */
export function refusalView(visit: Visit, refused: Refused): View {
  return {
    title: visit.say(titleOf(refused)),
    body: (
      <>
        <PageHeader title={visit.say(titleOf(refused))} />
        <Stack>
          <Alert tone={refused.status === 404 ? 'info' : 'warning'} locale={visit.locale} assert>
            <p>{visit.say(refused.text)}</p>
            {refused.issues.length > 0 && (
              <ul>
                {refused.issues.map((issue) => (
                  <li>{visit.say(issue.text)}</li>
                ))}
              </ul>
            )}
          </Alert>
          <ButtonRow>
            {refused.reason === factorNeeded && (
              <Button href={paths.accountSecondFactor()}>{visit.say(factorTexts.openPage)}</Button>
            )}
            <Button href={refused.status === 401 ? paths.signIn() : paths.home()} kind="secondary">
              {visit.say(refused.status === 401 ? httpTexts.signIn : httpTexts.backHome)}
            </Button>
          </ButtonRow>
        </Stack>
      </>
    ),
  }
}

/** A page for a fault: its number, never its text. */
export function faultView(visit: Visit, id: string): View {
  return {
    title: visit.say(httpTexts.faultTitle),
    body: (
      <>
        <PageHeader title={visit.say(httpTexts.faultTitle)} />
        <Alert tone="danger" locale={visit.locale} assert>
          <p>{visit.say(httpTexts.fault)}</p>
          <p>{visit.say(httpTexts.faultNumber(id))}</p>
        </Alert>
      </>
    ),
  }
}
