import { createDraft } from '../../../actions/requests/save-draft.ts'
import { requestFormTexts as texts, kindHints } from '../../../domain/text/request-form.ts'
import { Refused } from '../../../domain/refused.ts'
import { fieldTexts, httpTexts } from '../../../domain/text/http.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import { paths, patterns } from '../../paths.ts'
import { readOptions } from '../../requests/options.ts'
import type { RequestOptions } from '../../requests/options.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RadioGroup, Select } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'

/** The first choice of an application: what for, and for whom. */
export function registerNewRequest(portal: Portal): void {
  officePage(portal, {
    path: patterns.newRequest,
    title: texts.newTitle,
    show: (visit, attempt) => showChoice(visit, attempt, false),
    submit: startDraft,
    menu: { group: 'desk', order: 30, label: texts.newTitle, icon: 'plus' },
  })
  officePage(portal, {
    path: patterns.counterRequest,
    title: texts.counterTitle,
    show: (visit, attempt) => showChoice(visit, attempt, true),
    submit: startDraft,
    menu: { group: 'desk', order: 40, label: texts.counterMenu, icon: 'plus' },
  })
}

async function showChoice(visit: OfficeVisit, attempt: Attempt, atCounter: boolean): Promise<View> {
  const { say, locale, office } = visit
  const options = await readOptions(visit.deps, visit.member, atCounter)
  const title = say(atCounter ? texts.counterTitle : texts.newTitle)
  const obstacle =
    options.kinds.length === 0 ? texts.noKinds : options.agencies.length === 0 && texts.noAgency
  return {
    title,
    crumbs: [{ label: say(requestPageTexts.list), href: paths.requests(office.slug) }, { label: title }],
    body: (
      <>
        <PageHeader title={title} lead={say(atCounter ? texts.counterLead : texts.newLead)} />
        <Stack>
          <FormErrorSummary
            locale={locale}
            issues={attempt.issues}
            labels={{ agencyId: texts.agency, kind: texts.kind }}
            lead={attempt.lead}
          />
          {obstacle ? (
            <EmptyState title={title} next={say(obstacle)} icon="document" />
          ) : (
            <ChoiceForm visit={visit} attempt={attempt} options={options} />
          )}
        </Stack>
      </>
    ),
  }
}

function ChoiceForm(props: { visit: OfficeVisit; attempt: Attempt; options: RequestOptions }) {
  const { visit, attempt, options } = props
  const { say, locale } = visit
  const [only, another] = options.agencies
  return (
    <Card>
      <Form action={visit.c.req.path}>
        {another ? (
          <Select
            locale={locale}
            name="agencyId"
            label={say(texts.agency)}
            hint={say(texts.agencyHint)}
            required
            options={options.agencies.map((each) => ({ value: each.id, label: each.name }))}
            value={attempt.value('agencyId')}
            error={attempt.error('agencyId')}
          />
        ) : (
          <>
            <input type="hidden" name="agencyId" value={only!.id} />
            <p>
              {say(texts.agency)}: <strong>{only!.name}</strong>
            </p>
          </>
        )}
        <RadioGroup
          locale={locale}
          name="kind"
          label={say(texts.kind)}
          required
          options={options.kinds.map((kind) => ({
            value: kind.id,
            label: say(kind.label),
            hint: kindHints[kind.id]?.[locale],
          }))}
          value={attempt.value('kind', visit.query('jenis'))}
          error={attempt.error('kind')}
        />
        <ButtonRow>
          <Button icon="arrow-right">{say(texts.start)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

async function startDraft(visit: OfficeVisit, form: FormValues): Promise<string> {
  const kind = form.text('kind')
  const agencyId = form.text('agencyId')
  const issues = [
    ...(/^[0-9a-f-]{36}$/i.test(agencyId) ? [] : [{ field: 'agencyId', text: fieldTexts.choice }]),
    ...(kind === '' ? [{ field: 'kind', text: fieldTexts.choice }] : []),
  ]
  if (issues.length > 0) throw new Refused('bad-input', httpTexts.badInput, { issues })
  const { zones } = await readOptions(visit.deps, visit.member, true)
  const { ticket } = await createDraft(visit.deps, visit.member, {
    kind,
    agencyId,
    zoneId: zones.length === 1 ? zones[0]!.id : null,
    application: {},
  })
  return paths.requestForm(visit.office.slug, ticket)
}
