import { notFound } from '../../../actions/act.ts'
import { noteReading } from '../../../actions/oversight/note-reading.ts'
import { inScope } from '../../../db/database.ts'
import type { DocumentFacts } from '../../../db/requests/case-file.ts'
import { readDocument } from '../../../db/requests/case-file.ts'
import type { Locale } from '../../../domain/refused.ts'
import { destroyedRecord } from '../../../domain/archive/destroyed.ts'
import { requireScanned } from '../../../domain/requests/scan.ts'
import { activities } from '../../../domain/sop/activities.ts'
import { previewText as text } from '../../../domain/text/preview.ts'
import { paths, patterns } from '../../paths.ts'
import { documentTitle } from '../../requests/history-words.ts'
import type { Case } from '../../requests/open-case.ts'
import { openCase } from '../../requests/open-case.ts'
import type { HttpDeps } from '../../deps.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { officePage } from '../page.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'

/** So many pages stand beside a form, and so many on the page of the preview. */
const pagesBeside = 5
const pagesAlone = 60

/** What the pictures show of what lies over a page. */
const noteOf = ({ lookups }: HttpDeps) => (lookups.drawsOverlays ? text.drawnNote : text.note)

/** A document as pictures of its pages. They are images: nothing that a PDF carries runs, and no frame is needed. */
export function registerPreview(portal: Portal): void {
  officePage(portal, { path: patterns.documentPreview, title: text.title, show: previewView })
  officePage(portal, {
    path: patterns.documentPage,
    title: text.title,
    show: async ({ deps, member, office, param }) => {
      const { row } = await openCase(deps, member, office.timezone, param('ticket'))
      const page = Number(param('page'))
      const found = await inScope(deps.db, member, (tx) => readDocument(tx, row.id, param('document')))
      if (!found || found.media_type !== 'application/pdf' || !Number.isInteger(page)) throw notFound()
      if (page < 1 || page > pagesAlone) throw notFound()
      await noteReading(deps, member, param('document'))
      return image(await deps.lookups.previewPage(found.bytes, page))
    },
  })
}

/** An image that stays one when it is opened by its own address. */
const image = (svg: Buffer): Response =>
  new Response(new Uint8Array(svg), {
    headers: {
      'content-type': 'image/svg+xml',
      'content-disposition': 'inline',
      'content-security-policy':
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
    },
  })

async function previewView({ deps, member, office, param, locale, say }: OfficeVisit): Promise<View> {
  const view = await openCase(deps, member, office.timezone, param('ticket'))
  const document = view.documents.find(({ id }) => id === param('document'))
  if (!document) throw notFound()
  if (document.destroyed) throw destroyedRecord(document.destroyed)
  requireScanned(document.scan, document.scan_finding)
  const { ticket } = view.row
  const title = titleOf(view, document, locale)
  return {
    title,
    crumbs: [{ label: ticket, href: paths.request(office.slug, ticket) }, { label: say(text.title) }],
    body: (
      <Stack>
        <PageHeader over={ticket} title={title} lead={say(noteOf(deps))} />
        <ButtonRow>
          <Button
            kind="secondary"
            icon="download"
            href={paths.requestDocument(office.slug, ticket, document.id)}
          >
            {say(text.download)}
          </Button>
        </ButtonRow>
        <Pages view={view} document={document} locale={locale} office={office.slug} most={pagesAlone} />
      </Stack>
    ),
  }
}

type Shown = {
  readonly view: Case
  readonly document: DocumentFacts
  readonly locale: Locale
  readonly office: string
}

function Pages({ view, document, locale, office, most }: Shown & { readonly most: number }) {
  const all = document.pages ?? 1
  const shown = Math.min(all, most)
  return (
    <>
      {Array.from({ length: shown }, (_, index) => (
        <img
          class="sheet"
          src={paths.documentPage(office, view.row.ticket, document.id, String(index + 1))}
          alt={`${titleOf(view, document, locale)}: ${text.page(index + 1)[locale]}`}
          loading="lazy"
        />
      ))}
      {shown < all && <p class="muted">{text.more(shown, all)[locale]}</p>}
    </>
  )
}

/** A letter of the office has its file too, but no name in the SOP. */
const titleOf = (view: Case, document: DocumentFacts, locale: Locale): string =>
  view.letters.some(({ document_id }) => document_id === document.id)
    ? document.filename
    : documentTitle(view, document.kind, locale)

/** Forms in which somebody reads the applicant's letter before going on. */
const reading: readonly string[] = ['incoming-letter', 'disposition', 'checklist', 'pse-findings', 'decision']

/** @returns the letter that belongs beside the form of the current step, when it may be shown */
export function letterToCheck(view: Case): DocumentFacts | undefined {
  if (!view.step || view.applies || !view.verbs.includes('complete')) return undefined
  if (!reading.includes(activities[view.step.activity].form)) return undefined
  const letter = view.documents.find(({ kind }) => kind === 'application-letter')
  return letter?.scan === 'off' || letter?.scan === 'clean' ? letter : undefined
}

/** The letter beside the form; on a phone only the way to it. */
export function LetterBeside(props: Shown & { readonly deps: HttpDeps }) {
  const { view, document, locale, office, deps } = props
  const preview = paths.documentPreview(office, view.row.ticket, document.id)
  return (
    <Card
      title={text.beside[locale]}
      actions={
        <Button kind="link" small href={preview}>
          {text.large[locale]}
        </Button>
      }
    >
      <div class="sheets" tabindex={0} role="region" aria-label={text.beside[locale]}>
        <Pages {...props} most={pagesBeside} />
      </div>
      <p class="muted small">{noteOf(deps)[locale]}</p>
    </Card>
  )
}
