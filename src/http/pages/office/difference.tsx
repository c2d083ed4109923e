import { findingConfirmers, findingProposers } from '../../../domain/access/duties.ts'
import { notFound } from '../../../actions/act.ts'
import { inScope } from '../../../db/database.ts'
import type { Finding } from '../../../db/office/zone-findings.ts'
import { readFinding, revertImpact } from '../../../db/office/zone-findings.ts'
import type { RrsetContent } from '../../../domain/dns/plan.ts'
import type { PlanImpact } from '../../../domain/dns/plan-guard.ts'
import { isUnsafe } from '../../../domain/dns/plan-guard.ts'
import { driftTexts as text } from '../../../domain/text/drift.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

type Shown = {
  readonly visit: OfficeVisit
  readonly finding: Finding
  readonly impact: PlanImpact
  readonly attempt: Attempt
}

/** One difference: what the zone and the registry say, and who decides about it. */
export async function findingView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const id = visit.id('finding')
  const { finding, impact } = await inScope(visit.deps.db, member, async (tx) => {
    const row = await readFinding(tx, id)
    if (!row) throw notFound()
    return { finding: row, impact: await revertImpact(tx, row, visit.deps.now()) }
  })
  const isProposed = finding.status === 'open' && finding.proposal !== null
  return {
    title: finding.name,
    crumbs: [{ label: say(text.title), href: paths.differences(office.slug) }, { label: finding.name }],
    body: (
      <Stack>
        <PageHeader
          title={finding.name}
          over={`${finding.zone} · ${finding.type}`}
          meta={
            <>
              <StatusPill tone="warning" text={say(text.kinds[finding.kind])} />
              <StatusPill tone="info" text={say(isProposed ? text.waiting : text.statuses[finding.status])} />
            </>
          }
        />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        {finding.trouble && (
          <Alert tone="warning" locale={locale}>
            <p>{say(finding.trouble)}</p>
          </Alert>
        )}
        <Card>
          <DefinitionList facts={factsOf(visit, finding)} />
        </Card>
        <Decision visit={visit} finding={finding} impact={impact} attempt={attempt} />
      </Stack>
    ),
  }
}

/** The content of a record set, value by value. */
export function Content({ visit, content }: { visit: OfficeVisit; content: RrsetContent | null }) {
  const { say } = visit
  if (!content) return <span class="hint">{say(text.absent)}</span>
  return (
    <>
      {content.values.map((value) => (
        <div class="mono">{value}</div>
      ))}
      <div class="hint">{say(text.ttl(content.ttl))}</div>
    </>
  )
}

function factsOf(visit: OfficeVisit, finding: Finding) {
  const { say, locale, office } = visit
  const moment = (at: Date) => <Moment at={at} zone={office.timezone} locale={locale} />
  const by = (who: string | null, at: Date) => (
    <>
      {who} · {moment(at)}
    </>
  )
  return [
    { term: say(text.registered), value: <Content visit={visit} content={finding.registered} /> },
    { term: say(text.live), value: <Content visit={visit} content={finding.live} /> },
    { term: say(text.foundAt), value: moment(finding.found_at) },
    ...(finding.proposal && finding.proposed_at
      ? [
          { term: say(text.proposalIs), value: say(text.proposals[finding.proposal]) },
          { term: say(text.reason), value: finding.reason },
          { term: say(text.proposedBy), value: by(finding.proposer, finding.proposed_at) },
        ]
      : []),
    ...(finding.decided_at
      ? [{ term: say(text.decidedBy), value: by(finding.decider, finding.decided_at) }]
      : []),
  ]
}

function Decision(shown: Shown) {
  const { visit, finding } = shown
  const { say, member } = visit
  if (finding.status !== 'open') return null
  if (finding.proposal === null)
    return mayOpen(findingProposers, member.roles) ? (
      <Proposing {...shown} />
    ) : (
      <p class="hint">{say(text.lookOnly)}</p>
    )
  const isOwn = finding.proposed_by === member.personId
  const mayConfirm = !isOwn && mayOpen(findingConfirmers, member.roles)
  const mayTurnDown = mayConfirm || mayOpen(findingProposers, member.roles)
  return (
    <Card title={say(text.confirmTitle)}>
      <Stack small>
        {mayConfirm ? <Confirming {...shown} /> : <p class="hint">{say(text.waitsForOther)}</p>}
        {mayTurnDown && <TurningDown {...shown} isOwn={isOwn} />}
      </Stack>
    </Card>
  )
}

function Proposing({ visit, finding, attempt }: Shown) {
  const { say, office } = visit
  return (
    <Card title={say(text.decide)}>
      <Form action={paths.differencePropose(office.slug, finding.id)}>
        <p>{say(text.decideLead)}</p>
        <ul>
          <li>
            {say(text.adopt)}: {say(text.adoptTitle)}
          </li>
          <li>
            {say(text.revert)}: {say(text.revertTitle)}
          </li>
        </ul>
        <Reason visit={visit} attempt={attempt} />
        <ButtonRow>
          <Button name="proposal" value="adopt">
            {say(text.adopt)}
          </Button>
          <Button kind="secondary" name="proposal" value="revert">
            {say(text.revert)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Confirming({ visit, finding, impact, attempt }: Shown) {
  const { say, locale, office } = visit
  const isLarge = finding.proposal === 'revert' && isUnsafe(impact)
  return (
    <Form action={paths.differenceConfirm(office.slug, finding.id)}>
      <input type="hidden" name="proposal" value={finding.proposal ?? ''} />
      <p>{finding.proposal && say(text.proposals[finding.proposal])}.</p>
      {isLarge && (
        <>
          <Alert tone="warning" locale={locale} title={say(text.largeTitle)}>
            <p>{say(text.large(impact.touched, impact.total))}</p>
          </Alert>
          <TextInput
            locale={locale}
            name="touched"
            label={say(text.number)}
            required
            inputmode="numeric"
            width="short"
            maxlength={9}
            value={attempt.value('touched')}
            error={attempt.error('touched')}
          />
        </>
      )}
      <ButtonRow>
        <Button kind={isLarge ? 'danger' : 'primary'}>{say(text.confirm)}</Button>
      </ButtonRow>
    </Form>
  )
}

function TurningDown({ visit, finding, attempt, isOwn }: Shown & { readonly isOwn: boolean }) {
  const { say, office } = visit
  return (
    <Form action={paths.differenceTurnDown(office.slug, finding.id)}>
      <Reason visit={visit} attempt={attempt} />
      <ButtonRow>
        <Button kind="secondary">{say(isOwn ? text.takeBack : text.turnDown)}</Button>
      </ButtonRow>
    </Form>
  )
}

function Reason({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say } = visit
  return (
    <TextArea
      locale={visit.locale}
      name="reason"
      label={say(text.reason)}
      hint={say(text.reasonHint)}
      value={attempt.value('reason')}
      error={attempt.error('reason')}
      rows={3}
      maxlength={2000}
      required
    />
  )
}
