import type { Text } from '../refused.ts'
import { monthsText, partTexts } from '../text/sop-compare.ts'
import type { ListItem, SopChange } from './changes.ts'
import { compareLists, compareValues, lineItems } from './changes.ts'
import { compareSteps } from './compare-steps.ts'
import type { SopDocument } from './document.ts'

/**
 * What publishing a new version changes, for the person who publishes it.
 *
 * @returns the changes in the order of the document; none when both versions say the same
 */
export function compareSops(before: SopDocument, after: SopDocument): readonly SopChange[] {
  return [
    ...compareOffice(before, after),
    ...compareIdentity(before.identity, after.identity),
    ...compareLists('serves', partTexts.serves, kindItems(before), kindItems(after)),
    ...compareValues('term', partTexts.term, termWords(before), termWords(after)),
    ...compareLists('actors', partTexts.actors, actorItems(before), actorItems(after)),
    ...compareSteps(before, after),
    ...compareValues('refusal', partTexts.refusal, refusalWords(before), refusalWords(after)),
    ...compareLists('marks', partTexts.marks, markItems(before), markItems(after)),
  ]
}

function compareOffice({ office: a }: SopDocument, { office: b }: SopDocument): readonly SopChange[] {
  const words = (office: typeof a) =>
    [office.government, office.name, office.unit, office.region, office.timezone].filter(Boolean).join(', ')
  return compareValues('office', partTexts.office, words(a), words(b))
}

type Identity = SopDocument['identity']

function compareIdentity(a: Identity, b: Identity): readonly SopChange[] {
  const words = ['heading', 'name', 'number'] as const
  const dates = ['madeOn', 'revisedOn', 'effectiveOn', 'ratifiedOn'] as const
  const lists = ['qualifications', 'relatedSops', 'equipment', 'warnings', 'recording'] as const
  return [
    ...words.flatMap((key) =>
      compareValues(`identity.${key}`, partTexts[key], a[key] ?? null, b[key] ?? null),
    ),
    ...dates.flatMap((key) =>
      compareValues(`identity.${key}`, partTexts[key], dateWords(a[key]), dateWords(b[key])),
    ),
    ...compareValues('identity.ratifiedBy', partTexts.ratifiedBy, postWords(a), postWords(b)),
    ...compareLists('identity.legalBasis', partTexts.legalBasis, basisItems(a), basisItems(b)),
    ...lists.flatMap((key) =>
      compareLists(`identity.${key}`, partTexts[key], lineItems(a[key]), lineItems(b[key])),
    ),
  ]
}

function dateWords(date: Identity['madeOn']): string | null {
  if (date === null || typeof date === 'string') return date
  return date.date === null ? date.verbatim : date.date
}

const postWords = ({ ratifiedBy: { post, acting, note } }: Identity): string =>
  `${acting ? 'Plt. ' : ''}${post}${note ? ` (${note})` : ''}`

const basisItems = (identity: Identity): readonly ListItem[] =>
  identity.legalBasis.map((basis) => ({ key: basis.citation, label: basis.citation, whole: basis }))

const kindItems = (sop: SopDocument): readonly ListItem[] =>
  sop.serves.map((kind) => ({ key: kind.id, label: kind.label ?? kind.id, whole: kind }))

const actorItems = (sop: SopDocument): readonly ListItem[] =>
  sop.actors.map((actor) => ({ key: actor.id, label: actor.title, whole: actor }))

const markItems = (sop: SopDocument): readonly ListItem[] =>
  sop.marks.map((mark) => ({ key: mark.field, label: mark.field, whole: mark }))

const termWords = (sop: SopDocument): Text | null => (sop.term ? monthsText(sop.term.months) : null)

const refusalWords = (sop: SopDocument): string | null =>
  sop.refusal ? `${sop.refusal.from.join(', ')} → ${sop.refusal.to}` : null
