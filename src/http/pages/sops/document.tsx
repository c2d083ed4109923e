import type { Child } from 'hono/jsx'
import { shapeOf } from '../../../domain/flowchart/chart.ts'
import { isLocalDate } from '../../../domain/dates/zones.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import type { SopDocument, SopMark, SopStep } from '../../../domain/sop/document.ts'
import { kindsOf } from '../../../domain/sop/graph.ts'
import { markOf } from '../../../domain/sop/marks.ts'
import { describeStandardTime } from '../../../domain/sop/standard-time.ts'
import type { Inference } from '../../../domain/text/ui.ts'
import { flowchart } from '../../../domain/text/ui.ts'
import { sopTexts as text } from '../../../domain/text/sop-pages.ts'
import { Flowchart } from '../../ui/flowchart.tsx'
import { SymbolKey } from '../../ui/flowchart-symbol.tsx'
import { Card, DefinitionList, type Fact } from '../../ui/page.tsx'
import { InferredMark, StatusPill } from '../../ui/status.tsx'
import { nextWords } from '../../sheets/steps.ts'
import type { TableFiles } from '../../ui/table.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Visit } from '../visit.ts'

type Shown = { readonly visit: Visit; readonly sop: SopDocument }

const inferences: Record<SopMark['kind'], Inference> = {
  inferred: 'reconstructed',
  damaged: 'reconstructed',
  blank: 'blank',
  'cut-off': 'broken-off',
}

/** A field of the document with its mark beside it, wherever the field is shown. */
export function Marked(props: Shown & { field: string; children?: Child }) {
  const { visit, sop, field } = props
  const mark = markOf(sop, field)
  return (
    <>
      {props.children}
      {mark && (
        <>
          {' '}
          <InferredMark kind={inferences[mark.kind]} locale={visit.locale} note={visit.say(mark.note)} />
        </>
      )}
    </>
  )
}

/** The identity page of PermenPANRB 35/2012, all fields. */
export function Identity({ visit, sop }: Shown) {
  const { say } = visit
  const { identity, office } = sop
  const field = (term: string, path: string, value: Child): Fact => ({
    term,
    value: (
      <Marked visit={visit} sop={sop} field={path}>
        {value}
      </Marked>
    ),
  })
  const { ratifiedBy } = identity
  return (
    <Card title={say(text.identity)}>
      <DefinitionList
        facts={[
          field(
            say(text.office),
            'office',
            [office.government, office.name, office.unit].filter(Boolean).join(', '),
          ),
          field(say(text.name), 'identity.name', identity.name),
          field(say(text.number), 'identity.number', identity.number),
          ...(['madeOn', 'revisedOn', 'effectiveOn', 'ratifiedOn'] as const).map((key) =>
            field(say(text[key]), `identity.${key}`, dateWords(visit, identity[key])),
          ),
          field(
            say(text.ratifiedBy),
            'identity.ratifiedBy',
            `${ratifiedBy.acting ? 'Plt. ' : ''}${ratifiedBy.post}${ratifiedBy.note ? ` (${ratifiedBy.note})` : ''}`,
          ),
          field(say(text.legalBasis), 'identity.legalBasis', <LegalBasis visit={visit} sop={sop} />),
          ...(['qualifications', 'relatedSops', 'equipment', 'warnings', 'recording'] as const)
            .filter((key) => identity[key].length > 0 || markOf(sop, `identity.${key}`))
            .map((key) =>
              field(
                say(text[key]),
                `identity.${key}`,
                <Lines visit={visit} sop={sop} path={`identity.${key}`} lines={identity[key]} />,
              ),
            ),
          field(
            say(text.serves),
            'serves',
            <Lines
              visit={visit}
              sop={sop}
              path="serves"
              lines={kindsOf(sop).map((kind) => say(kind.label))}
            />,
          ),
          ...(sop.term ? [field(say(text.term), 'term', say(text.months(sop.term.months)))] : []),
          ...(sop.refusal ? [field(say(text.refusal), 'refusal', refusalWords(visit, sop.refusal))] : []),
        ]}
      />
    </Card>
  )
}

function refusalWords({ say }: Visit, { from, to }: NonNullable<SopDocument['refusal']>): string {
  return say(text.refusalFrom(from.join(', '), say(to === 'end' ? text.toEnd : text.toStep(to))))
}

type PrintedDate = SopDocument['identity']['madeOn']

function dateWords({ locale }: Visit, date: PrintedDate): string {
  if (date === null) return '–'
  if (typeof date === 'string') return isLocalDate(date) ? formatDate(date, locale) : date
  return date.verbatim
}

/** Items whose list as a whole carries no mark of its own show theirs one by one. */
function Lines({ visit, sop, path, lines }: Shown & { path: string; lines: readonly string[] }) {
  const around = markOf(sop, path)
  return (
    <ol>
      {lines.map((line, index) => (
        <li>
          {around ? (
            line
          ) : (
            <Marked visit={visit} sop={sop} field={`${path}.${index + 1}`}>
              {line}
            </Marked>
          )}
        </li>
      ))}
    </ol>
  )
}

function LegalBasis({ visit, sop }: Shown) {
  return (
    <ol>
      {sop.identity.legalBasis.map((basis, index) => (
        <li>
          <Marked visit={visit} sop={sop} field={`identity.legalBasis.${index + 1}`}>
            {basis.citation}
          </Marked>
          {basis.status === 'revoked' && (
            <>
              {' '}
              <Marked visit={visit} sop={sop} field={`identity.legalBasis.${index + 1}.status`}>
                <StatusPill
                  tone="warning"
                  text={[visit.say(text.revoked), basis.revokedBy].filter(Boolean).join(': ')}
                />
              </Marked>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The flowchart page. */
export function SopChart({ visit: { say, locale }, sop }: Shown) {
  return (
    <Card title={say(text.chart)}>
      <Flowchart sop={sop} standing={{ current: null, done: new Set() }} locale={locale} id="bagan" />
    </Card>
  )
}

/** The rows of the flowchart page as a table, each field with its mark. */
export function StepTable({ visit, sop, files }: Shown & { readonly files: TableFiles }) {
  const { say, locale } = visit
  // A mark on the whole row stands once, beside its activity.
  const marked = (step: SopStep, key: string, value: Child) => {
    const field = `steps.${step.no}.${key}`
    if (key !== 'text' && markOf(sop, field)?.field !== field) return value
    return (
      <Marked visit={visit} sop={sop} field={field}>
        {value}
      </Marked>
    )
  }
  const items = (step: SopStep, key: string, lines: readonly string[]) =>
    marked(
      step,
      key,
      lines.length === 0
        ? '–'
        : lines.map((line, index) => <div>{marked(step, `${key}.${index + 1}`, line)}</div>),
    )
  const actor = (id: string) => sop.actors.find((each) => each.id === id)?.title ?? id
  return (
    <Card title={say(text.stepsTitle)}>
      <DataTable
        caption={say(text.stepsTitle)}
        hideCaption
        rows={sop.steps}
        files={files}
        empty={null}
        columns={[
          {
            header: say(text.no),
            cell: (step) => (
              <>
                {step.no}. <SymbolKey shape={shapeOf(sop, step)} />
                {marked(step, 'symbol', '')}
              </>
            ),
          },
          { header: say(text.activity), cell: (step) => marked(step, 'text', step.text) },
          {
            header: say(text.actor),
            cell: (step) => (
              <>
                {marked(step, 'actor', actor(step.actor))}
                {step.with.length > 0 && (
                  <div>{marked(step, 'with', say(flowchart.withWhom(step.with.map(actor).join(', '))))}</div>
                )}
              </>
            ),
          },
          {
            header: say(text.requirements),
            cell: (step) =>
              items(
                step,
                'requirements',
                step.requirements.map((each) => each.text),
              ),
          },
          {
            header: say(text.time),
            cell: (step) => marked(step, 'standardTime', describeStandardTime(step.standardTime, locale)),
          },
          { header: say(text.output), cell: (step) => items(step, 'output', step.output) },
          {
            header: say(text.next),
            cell: (step) => marked(step, step.decision ? 'decision' : 'next', nextWords(say, sop, step)),
          },
          { header: say(text.remark), cell: (step) => marked(step, 'remark', step.remark ?? '–') },
        ]}
      />
    </Card>
  )
}
