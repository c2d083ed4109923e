import { notFound } from '../../../actions/act.ts'
import { mapActors } from '../../../actions/sops/map-actors.ts'
import { inScope } from '../../../db/database.ts'
import type { Mappable } from '../../../db/sops-admin.ts'
import { listStaff, listVersions, readSop, readVersion } from '../../../db/sops-admin.ts'
import { readActorPeople } from '../../../db/sops.ts'
import { roleTexts } from '../../../domain/access/roles.ts'
import type { SopActor } from '../../../domain/sop/document.ts'
import { sopTexts as text } from '../../../domain/text/sop-pages.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { CheckboxGroup, Form, FormErrorSummary } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** Who acts in each column of an SOP. */
export function registerSopActors(portal: Portal): void {
  officePage(portal, {
    path: patterns.sopActors,
    title: text.actorsTitle,
    show: actorsView,
    submit: async (visit, form) => {
      const { columns } = await readColumns(visit)
      const persons = columns.map((actor) => [actor.id, form.list(`actor.${actor.id}`)])
      await mapActors(visit.deps, visit.member, visit.param('sop'), Object.fromEntries(persons))
      await visit.flash('success', text.actorsSaved)
      return paths.sop(visit.office.slug, visit.param('sop'))
    },
  })
}

function readColumns(visit: OfficeVisit) {
  return inScope(visit.deps.db, visit.member, async (tx) => {
    const sop = await readSop(tx, visit.param('sop'))
    const [newest] = sop ? await listVersions(tx, sop.id) : []
    const file = sop && newest && (await readVersion(tx, sop.id, newest.version))
    if (!file) throw notFound()
    return {
      name: sop.name,
      columns: file.document.actors,
      staff: await listStaff(tx, visit.member.officeId),
      mapped: await readActorPeople(tx, sop.id),
    }
  })
}

async function actorsView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const slug = visit.param('sop')
  const { name, columns, staff, mapped } = await readColumns(visit)
  return {
    title: say(text.actorsTitle),
    crumbs: [
      { label: say(text.title), href: paths.sops(office.slug) },
      { label: name, href: paths.sop(office.slug, slug) },
      { label: say(text.actorsTitle) },
    ],
    body: (
      <Stack>
        <PageHeader over={name} title={say(text.actorsTitle)} lead={say(text.actorsLead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Form action={paths.sopActors(office.slug, slug)}>
          {columns.map((actor) => (
            <Card title={actor.title}>
              <Column visit={visit} actor={actor} staff={staff} chosen={mapped.get(actor.id) ?? []} />
            </Card>
          ))}
          <ButtonRow>
            <Button>{say(text.saveActors)}</Button>
          </ButtonRow>
        </Form>
      </Stack>
    ),
  }
}

function Column(props: {
  visit: OfficeVisit
  actor: SopActor
  staff: readonly Mappable[]
  chosen: readonly string[]
}) {
  const { visit, actor, staff, chosen } = props
  const { say, locale } = visit
  if (actor.party === 'applicant') return <p>{say(text.applicants)}</p>
  const { role } = actor
  const preset = staff.filter((person) => role !== undefined && person.roles.includes(role))
  return (
    <CheckboxGroup
      locale={locale}
      name={`actor.${actor.id}`}
      label={actor.title}
      hint={role ? say(text.preset(say(roleTexts[role]), preset.length)) : say(text.noPreset)}
      values={chosen}
      options={staff.map((person) => ({
        value: person.id,
        label: person.name,
        hint: person.roles.map((each) => say(roleTexts[each])).join(', '),
      }))}
    />
  )
}
