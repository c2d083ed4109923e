import type { Text } from '../refused.ts'
import { arrowText, changeTexts, stepPartTexts } from '../text/sop-compare.ts'
import { activities } from './activities.ts'
import type { ListItem, SopChange } from './changes.ts'
import { compareLists, compareValues, lineItems } from './changes.ts'
import type { SopDocument, SopStep, StandardTime } from './document.ts'
import type { OutcomeKind, Target } from './graph.ts'
import { kindOf, nextOf } from './graph.ts'
import { describeStandardTime } from './standard-time.ts'

type Versions = { readonly before: SopDocument; readonly after: SopDocument; readonly pairs: Pairs }

/** New step number by old one. */
type Pairs = ReadonlyMap<number, number>

/** What the steps of two versions differ in. A step that only moved keeps its identity by its wording. */
export function compareSteps(before: SopDocument, after: SopDocument): readonly SopChange[] {
  const versions = { before, after, pairs: pairSteps(before, after) }
  const kept = new Map([...versions.pairs].map(([old, now]) => [now, old]))
  const removed = before.steps
    .filter((step) => !versions.pairs.has(step.no))
    .map((step): SopChange => change(step.no, 'removed', changeTexts.stepRemoved(step.no, step.text)))
  const rest = after.steps.flatMap((step) => {
    const old = before.steps.find((each) => each.no === kept.get(step.no))
    return old
      ? compareStep(versions, old, step)
      : [change(step.no, 'added', changeTexts.stepAdded(step.no, step.text))]
  })
  return [...removed, ...rest]
}

const change = (no: number, kind: SopChange['kind'], text: Text): SopChange => ({
  path: `steps.${no}`,
  kind,
  text,
})

/** Same wording and activity is the same step wherever it stands; of the rest, the same number is. */
function pairSteps(before: SopDocument, after: SopDocument): Pairs {
  const pairs = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (alike: (a: SopStep, b: SopStep) => boolean) => {
    for (const old of before.steps) {
      if (pairs.has(old.no)) continue
      const now = after.steps.find((step) => !taken.has(step.no) && alike(old, step))
      if (!now) continue
      pairs.set(old.no, now.no)
      taken.add(now.no)
    }
  }
  const isSaid = (a: SopStep, b: SopStep) => a.text === b.text && a.activity === b.activity
  pair((a, b) => a.no === b.no && isSaid(a, b))
  pair(isSaid)
  pair((a, b) => a.no === b.no)
  return pairs
}

function compareStep(versions: Versions, a: SopStep, b: SopStep): readonly SopChange[] {
  const path = `steps.${b.no}`
  const parts = stepPartTexts
  const value = (part: keyof typeof parts, before: Text | string | null, after: Text | string | null) =>
    compareValues(`${path}.${part}`, parts[part], before, after)
  const list = (part: keyof typeof parts, before: readonly ListItem[], after: readonly ListItem[]) =>
    compareLists(`${path}.${part}`, parts[part], before, after)
  const changes = [
    ...value('activity', activities[a.activity].title, activities[b.activity].title),
    ...value('text', a.text, b.text),
    ...value('actor', actorTitle(versions.before, a.actor), actorTitle(versions.after, b.actor)),
    ...list('with', lineItems(a.with), lineItems(b.with)),
    ...value('symbol', a.symbol ?? null, b.symbol ?? null),
    ...value('standardTime', timeWords(a.standardTime, versions.pairs), timeWords(b.standardTime)),
    ...list('requirements', requirementItems(a, versions.pairs), requirementItems(b)),
    ...list('waitsFor', lineItems(a.waitsFor), lineItems(b.waitsFor)),
    ...list('output', lineItems(a.output), lineItems(b.output)),
    ...value('remark', a.remark, b.remark),
    ...list('form', formItems(a), formItems(b)),
    ...value('question', a.decision?.question ?? null, b.decision?.question ?? null),
    ...compareArrows(versions, a, b),
  ]
  const moved = a.no === b.no ? [] : [change(b.no, 'changed', changeTexts.renumbered(a.no, b.no))]
  return [...moved, ...changes.map((each) => ({ ...each, text: changeTexts.inStep(b.no, each.text) }))]
}

const actorTitle = (sop: SopDocument, id: string): string =>
  sop.actors.find((actor) => actor.id === id)?.title ?? id

/** In words, with step numbers as they are in the newer version. */
function timeWords(time: StandardTime, pairs?: Pairs): Text {
  const now =
    time === 'not set' || time.startsAt === undefined
      ? time
      : { ...time, startsAt: pairs?.get(time.startsAt) ?? time.startsAt }
  return { id: describeStandardTime(now, 'id'), en: describeStandardTime(now, 'en') }
}

const requirementItems = (step: SopStep, pairs?: Pairs): readonly ListItem[] =>
  step.requirements.map(({ dueAt = 0, ...rest }) => ({
    key: rest.text,
    label: rest.text,
    whole: { ...rest, dueAt: pairs?.get(dueAt) ?? dueAt },
  }))

const formItems = (step: SopStep): readonly ListItem[] =>
  step.form.map((field) => ({ key: field.id, label: field.label, whole: field }))

type Drawn = {
  readonly id: string | null
  readonly label: string | null
  readonly kind: OutcomeKind
  readonly to: Target
}

function drawnFrom(sop: SopDocument, step: SopStep): readonly Drawn[] {
  if (!step.decision) return [{ id: null, label: null, kind: 'continue', to: nextOf(sop, step) }]
  return step.decision.outcomes.map((outcome) => ({
    id: outcome.id,
    label: outcome.label,
    kind: kindOf(sop, step, outcome),
    to: outcome.to,
  }))
}

const wordingOf = (sop: SopDocument, to: Target): string =>
  sop.steps.find((step) => step.no === to)?.text ?? ''

/** An arrow that still leads to the same step, whatever number that step has now, did not change. */
function compareArrows({ before, after, pairs }: Versions, a: SopStep, b: SopStep): readonly SopChange[] {
  const old = drawnFrom(before, a)
  const now = drawnFrom(after, b)
  const items = (arrows: readonly Drawn[]) =>
    arrows.flatMap(({ id, label }) => (id === null ? [] : [{ key: id, label: label ?? id, whole: label }]))
  const moved = now.flatMap((arrow): SopChange[] => {
    const was = old.find((each) => each.id === arrow.id)
    if (!was) return []
    const to = was.to === 'end' ? 'end' : pairs.get(was.to)
    if (to === arrow.to && was.kind === arrow.kind) return []
    const from = arrowText(was.kind, was.to, wordingOf(before, was.to))
    const text = changeTexts.arrow(
      arrow.label,
      from,
      arrowText(arrow.kind, arrow.to, wordingOf(after, arrow.to)),
    )
    return [{ path: `steps.${b.no}.${arrow.id === null ? 'next' : 'decision'}`, kind: 'changed', text }]
  })
  const path = `steps.${b.no}.decision.outcomes`
  return [...compareLists(path, stepPartTexts.outcomes, items(old), items(now)), ...moved]
}
