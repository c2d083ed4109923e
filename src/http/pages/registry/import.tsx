import type { ImportOptions, ImportResult } from '../../../actions/registry/import-registry.ts'
import { importRegistry, previewImport } from '../../../actions/registry/import-registry.ts'
import type { ImportKind } from '../../../domain/registry/import-rows.ts'
import { importColumns, importKinds, maxImportBytes } from '../../../domain/registry/import-rows.ts'
import { Refused } from '../../../domain/refused.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { registryTexts as text } from '../../../domain/text/registry.ts'
import { invitationLinks } from '../../links.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary, RadioGroup } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'

/** A form carries the file once as such and once as text, escaped. */
const formBytes = 4 * maxImportBytes

/** Taking in what an office already has. */
export function registerImport(portal: Portal): void {
  officePage(portal, {
    path: patterns.registryImport,
    title: text.importTitle,
    maxBytes: formBytes,
    show: importView,
    submit: async (visit, form) => {
      const options = await optionsOf(visit, form)
      if (form.text('apply') !== 'yes') {
        const result = await previewImport(visit.deps, visit.member, options)
        return render(visit, previewView(visit, options, result))
      }
      const { added } = await importRegistry(visit.deps, visit.member, options)
      await visit.flash('success', text.done(added))
      return options.kind === 'services'
        ? paths.services(visit.office.slug)
        : paths.agencies(visit.office.slug)
    },
  })
}

async function optionsOf(visit: OfficeVisit, form: FormValues): Promise<ImportOptions> {
  const kind = importKinds.find((each) => each === form.text('kind'))
  const file = form.file('file')
  const carried = form.list('csv')[0]
  const issues = [
    ...(kind ? [] : [{ field: 'kind', text: text.kindMissing }]),
    ...(file || carried ? [] : [{ field: 'file', text: text.fileMissing }]),
  ]
  if (!kind || issues.length > 0) throw new Refused('bad-input', httpTexts.badInput, { issues })
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(carried)
  return { kind, bytes, linkOf: invitationLinks(visit.deps) }
}

const columnsOf = (kind: ImportKind): string => Object.keys(importColumns[kind]).join(', ')

function importView(visit: OfficeVisit, attempt: Attempt): View {
  const { say, locale, office } = visit
  return {
    title: say(text.importTitle),
    crumbs: [
      { label: say(text.agencies), href: paths.agencies(office.slug) },
      { label: say(text.importTitle) },
    ],
    body: (
      <Stack>
        <PageHeader title={say(text.importTitle)} lead={say(text.importLead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Card>
          <Form action={paths.registryImport(office.slug)} files plain>
            <RadioGroup
              locale={locale}
              name="kind"
              label={say(text.what)}
              value={attempt.value('kind')}
              error={attempt.error('kind')}
              options={importKinds.map((kind) => ({
                value: kind,
                label: say(text.kinds[kind]),
                hint: say(text.columns(columnsOf(kind))),
              }))}
              required
            />
            <FileInput
              locale={locale}
              name="file"
              label={say(text.file)}
              accept=".csv,text/csv"
              error={attempt.error('file')}
              required
            />
            <ButtonRow>
              <Button icon="search">{say(text.preview)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

function previewView(visit: OfficeVisit, options: ImportOptions, result: ImportResult): View {
  const { say, locale, office } = visit
  return {
    title: say(text.previewTitle),
    crumbs: [
      { label: say(text.importTitle), href: paths.registryImport(office.slug) },
      { label: say(text.previewTitle) },
    ],
    body: (
      <Stack>
        <PageHeader over={say(text.kinds[options.kind])} title={say(text.previewTitle)} />
        <Alert tone="info" locale={locale}>
          <p>{say(text.previewOf(result.added))}</p>
          {result.known > 0 && <p>{say(text.known(result.known))}</p>}
        </Alert>
        <Form action={paths.registryImport(office.slug)} files>
          <input type="hidden" name="kind" value={options.kind} />
          <input type="hidden" name="apply" value="yes" />
          <input type="hidden" name="csv" value={new TextDecoder().decode(options.bytes)} />
          <ButtonRow>
            <Button>{say(text.apply)}</Button>
            <Button href={paths.registryImport(office.slug)} kind="secondary">
              {say(text.importTitle)}
            </Button>
          </ButtonRow>
        </Form>
      </Stack>
    ),
  }
}
