import { kindsOf } from '../../../domain/sop/graph.ts'
import type { SopDocument } from '../../../domain/sop/document.ts'
import { sopTexts as text } from '../../../domain/text/sop-pages.ts'
import { paths, patterns } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { stepSheet } from '../../sheets/steps.ts'
import type { Portal } from '../../routes.ts'
import { adoptSop, notAdopted, shippedSop } from '../../sops/shipped.ts'
import { Button, PostButton } from '../../ui/button.tsx'
import { FormErrorSummary } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { Identity, SopChart, StepTable } from './document.tsx'

/** An SOP that comes with the program: looked at, and taken over as a draft of the office. */
export function registerShippedSop(portal: Portal): void {
  officePage(portal, {
    path: patterns.shippedSop,
    title: text.shipped,
    show: previewView,
    sheets: async (visit) => {
      const { document } = await shippedSop(visit.deps, visit.param('sop'))
      return [stepSheet(visit, document, visit.locale)]
    },
    submit: async (visit) => {
      const { slug, version } = await adoptSop(visit.deps, visit.member, visit.param('sop'))
      await visit.flash('success', text.adopted)
      return paths.sopVersion(visit.office.slug, slug, String(version))
    },
  })
}

const kindWords = ({ say }: OfficeVisit, document: SopDocument): string =>
  kindsOf(document)
    .map(({ label }) => say(label))
    .join('; ')

/** Below the list of SOPs: what the program brings and the office does not have. */
export async function ShippedSops({ visit }: { visit: OfficeVisit }) {
  const { say, office } = visit
  const files = await notAdopted(visit.deps, visit.member)
  if (files.length === 0) return null
  return (
    <Card title={say(text.shipped)} id="bawaan">
      <p class="hint">{say(text.shippedLead)}</p>
      <DefinitionList
        facts={files.map(({ document }) => ({
          term: document.identity.name,
          value: (
            <>
              {kindWords(visit, document)}
              <br />
              <a href={paths.shippedSop(office.slug, document.id)}>{say(text.preview)}</a>
            </>
          ),
        }))}
      />
    </Card>
  )
}

async function previewView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const { document } = await shippedSop(visit.deps, visit.param('sop'))
  const isOpen = (await notAdopted(visit.deps, visit.member)).some((each) => each.document.id === document.id)
  const { name } = document.identity
  return {
    title: name,
    crumbs: [{ label: say(text.title), href: paths.sops(office.slug) }, { label: name }],
    body: (
      <Stack>
        <PageHeader
          over={say(text.shipped)}
          title={name}
          lead={kindWords(visit, document)}
          actions={
            isOpen ? (
              <PostButton action={paths.shippedSop(office.slug, document.id)} icon="plus">
                {say(text.adopt)}
              </PostButton>
            ) : (
              <Button href={paths.sop(office.slug, document.id)} kind="secondary">
                {say(text.adoptedAlready)}
              </Button>
            )
          }
        />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Alert tone="info" locale={locale}>
          <p>{say(text.adoptLead)}</p>
        </Alert>
        <Identity visit={visit} sop={document} />
        <SopChart visit={visit} sop={document} />
        <StepTable
          visit={visit}
          sop={document}
          files={tableFiles(visit, paths.shippedSop(office.slug, document.id))}
        />
      </Stack>
    ),
  }
}
