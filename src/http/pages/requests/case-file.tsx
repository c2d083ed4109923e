import { caseFileText as text } from '../../../domain/text/case-file.ts'
import { paths, patterns } from '../../paths.ts'
import { beginCaseFile, caseFileAnswer, lookAtCaseFile } from '../../requests/case-file.ts'
import { openCase } from '../../requests/open-case.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import type { Page } from '../page.ts'
import { officePage, pageForm } from '../page.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'

/** Everything of a request in one PDF: begun on the page of the request, fetched from a page of its own. */
export function registerCaseFile(portal: Portal, request: Page<OfficeVisit>): void {
  pageForm(portal, request, {
    path: patterns.requestCaseFile,
    submit: async (visit) => {
      const { office, param } = visit
      const id = await beginCaseFile(visit.deps, visit.member, await viewOf(visit))
      return paths.caseFile(office.slug, param('ticket'), id)
    },
  })
  officePage(portal, { path: patterns.caseFile, title: text.pageTitle, show: caseFileView })
  officePage(portal, {
    path: patterns.caseFilePdf,
    title: text.pageTitle,
    show: async (visit) =>
      caseFileAnswer(visit.deps, visit.member, await viewOf(visit), visit.param('bundle')),
  })
}

const viewOf = ({ deps, member, office, param }: OfficeVisit) =>
  openCase(deps, member, office.timezone, param('ticket'))

async function caseFileView(visit: OfficeVisit): Promise<View> {
  const { say, office, param, locale, c } = visit
  const ticket = param('ticket')
  const state = await lookAtCaseFile(visit.deps, visit.member, await viewOf(visit), param('bundle'))
  const request = paths.request(office.slug, ticket)
  const isReady = state.status === 'ready'
  if (!isReady) c.header('refresh', '1')
  return {
    title: say(isReady ? text.ready : text.working),
    crumbs: [{ label: ticket, href: request }, { label: say(text.pageTitle) }],
    body: (
      <>
        <PageHeader
          over={ticket}
          title={say(isReady ? text.ready : text.working)}
          lead={say(isReady ? text.readyLead : text.workingLead)}
        />
        <Card>
          <Stack>
            {state.status === 'ready' ? (
              <>
                <DefinitionList
                  facts={[
                    { term: say(text.pages), value: String(state.pages) },
                    { term: say(text.size), value: kilobytes(state.pdf.length, locale) },
                    ...(state.listed > 0 ? [{ term: say(text.left), value: String(state.listed) }] : []),
                    { term: say(text.digest), value: <span class="mono wrap">{state.sha256}</span> },
                  ]}
                />
                <ButtonRow>
                  <Button icon="download" href={paths.caseFilePdf(office.slug, ticket, param('bundle'))}>
                    {say(text.download)}
                  </Button>
                  <Button kind="link" href={request}>
                    {say(text.back)}
                  </Button>
                </ButtonRow>
              </>
            ) : (
              <div role="status">
                <p>
                  <progress value={state.done} max={state.of} aria-label={say(text.working)} />
                </p>
                <p class="muted">{say(text.progress(state.done, state.of))}</p>
              </div>
            )}
          </Stack>
        </Card>
      </>
    ),
  }
}

const kilobytes = (octets: number, locale: string): string =>
  `${Math.max(1, Math.round(octets / 1024)).toLocaleString(locale)} KB`
