import { administrators } from '../../../domain/access/duties.ts'
import type { Role } from '../../../domain/access/roles.ts'
import { deskRoles } from '../../../domain/access/roles.ts'
import { inScope } from '../../../db/database.ts'
import type { SopRow } from '../../../db/sops-admin.ts'
import { listAllSops } from '../../../db/sops-admin.ts'
import { maxSopBytes, saveSop } from '../../../actions/sops/save-sop.ts'
import { Refused } from '../../../domain/refused.ts'
import { sopTexts as text } from '../../../domain/text/sop-pages.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { sopSheet, sopWord } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary, TextArea } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { ShippedSops } from './shipped.tsx'

const perPage = 50

/** Room for the rest of a form around an SOP file, in bytes. */
const aroundBytes = 600 * 1024

/** The SOPs of the office, and uploading one. */
export function registerSopList(portal: Portal): void {
  officePage(portal, {
    path: patterns.sops,
    title: text.title,
    menu: { group: 'administration', order: 20, label: text.title, icon: 'flow' },
    show: listView,
    sheets: (visit) => [sopSheet(visit)],
  })
  officePage(portal, {
    path: patterns.newSop,
    title: text.upload,
    maxBytes: maxSopBytes + aroundBytes,
    show: uploadView,
    submit: async (visit, form) => {
      const slug = visit.query('sop')
      const saved = await saveSop(visit.deps, visit.member, { source: await sourceOf(form), slug })
      await visit.flash('success', text.saved)
      return paths.sopVersion(visit.office.slug, saved.slug, String(saved.version))
    },
  })
}

async function sourceOf(form: FormValues): Promise<Uint8Array> {
  const file = form.file('file')
  if (file) return new Uint8Array(await file.arrayBuffer())
  const pasted = form.list('source')[0] ?? ''
  if (pasted.trim() === '')
    throw new Refused('sop-missing', text.refused, { issues: [{ field: 'file', text: text.nothing }] })
  return new TextEncoder().encode(pasted)
}

async function listView(visit: OfficeVisit) {
  const { say, locale, office, member } = visit
  const after = readCursor(visit.query('dari'), 2)
  const rows = await inScope(visit.deps.db, member, (tx) => listAllSops(tx, { limit: perPage + 1, after }))
  const page = cutPage(rows, perPage, (row) => [row.name, row.slug])
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader
          title={say(text.title)}
          lead={say(text.lead)}
          actions={
            mayOpen(administrators, member.roles) ? (
              <Button href={paths.newSop(office.slug)} icon="upload">
                {say(text.upload)}
              </Button>
            ) : undefined
          }
        />
        <DataTable
          caption={say(text.list)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.sops(office.slug))}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="flow" />}
          columns={[
            {
              header: say(text.name),
              cell: (row) => <a href={paths.sop(office.slug, row.slug)}>{row.name}</a>,
            },
            {
              header: say(text.version),
              cell: (row) => (row.currentVersion === null ? '–' : say(text.versionOf(row.currentVersion))),
            },
            { header: say(text.status), cell: (row) => <SopPill visit={visit} sop={row} /> },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.sops(office.slug), { dari: page.next }) : undefined}
        />
        {mayOpen(administrators, member.roles) && <ShippedSops visit={visit} />}
      </Stack>
    ),
  }
}

export function SopPill({ visit: { say }, sop }: { visit: OfficeVisit; sop: SopRow }) {
  const tone = sop.retiredAt ? 'neutral' : sop.currentVersion === null ? 'warning' : 'success'
  return <StatusPill tone={tone} text={say(sopWord(sop))} />
}

function uploadView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const slug = visit.query('sop')
  const title = say(slug ? text.newVersion : text.upload)
  return {
    title,
    crumbs: [{ label: say(text.title), href: paths.sops(office.slug) }, { label: title }],
    body: (
      <Stack>
        <PageHeader title={title} over={slug} lead={say(text.uploadLead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ file: text.file, source: text.paste }}
          lead={attempt.sent ? say(text.refused) : undefined}
        />
        <Card>
          <Form action={withQuery(paths.newSop(office.slug), { sop: slug })} files guard>
            <FileInput
              locale={locale}
              name="file"
              label={say(text.file)}
              accept=".yaml,.yml,application/yaml,text/yaml"
              error={attempt.error('file')}
            />
            <TextArea
              locale={locale}
              name="source"
              label={say(text.paste)}
              hint={say(text.pasteHint)}
              rows={16}
              value={attempt.value('source')}
              error={attempt.error('source')}
            />
            <ButtonRow>
              <Button>{say(text.save)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}
