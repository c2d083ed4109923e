import { formatDate } from '../dates/indonesian.ts'
import { isLocalDate } from '../dates/zones.ts'
import { chartMark } from '../flowchart/chart.ts'
import type { SopDocument } from '../sop/document.ts'
import { markOf } from '../sop/marks.ts'
import { sopPaperTexts as texts } from '../text/sop-paper.ts'

/** A box of the identity page: its heading and its items, which are numbered when there are several. */
export type IdentityBox = {
  readonly title: string
  readonly items: readonly { readonly text: string; readonly flag?: string }[]
}

/** The identity page of PermenPANRB 35/2012 as text. */
export type IdentityPage = {
  readonly heading: string
  readonly government: string
  readonly office: string
  readonly unit: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly ratified: {
    readonly label: string
    readonly post: string
    readonly note: string
    readonly signatory: string
  }
  readonly name: { readonly label: string; readonly value: string }
  /** The six boxes below the head, two to a row. */
  readonly boxes: readonly IdentityBox[]
}

/** The dash that stands where the document has nothing. */
const nothing = '-'

export function composeIdentity(sop: SopDocument): IdentityPage {
  const { identity, office } = sop
  const marked = (field: string, value: string): string =>
    markOf(sop, field) ? `${value}${chartMark}` : value
  const { ratifiedBy } = identity
  const post = `${ratifiedBy.acting ? 'Plt. ' : ''}${ratifiedBy.post}`
  return {
    heading: identity.heading ? marked('identity.heading', identity.heading) : '',
    government: office.government,
    office: marked('office', office.name),
    unit: office.unit ?? '',
    facts: [
      { label: texts.number.id, value: marked('identity.number', identity.number) },
      ...(['madeOn', 'revisedOn', 'effectiveOn', 'ratifiedOn'] as const).map((key) => ({
        label: texts[key].id,
        value: marked(`identity.${key}`, dateWords(identity[key])),
      })),
    ],
    ratified: {
      label: texts.ratifiedBy.id,
      post: marked('identity.ratifiedBy', post),
      note: withoutEnd(ratifiedBy.note ?? '', post),
      signatory: texts.signatory.id,
    },
    name: { label: texts.name.id, value: marked('identity.name', identity.name) },
    boxes: [
      legalBasisBox(sop),
      linesBox(sop, 'qualifications'),
      linesBox(sop, 'relatedSops'),
      linesBox(sop, 'equipment'),
      linesBox(sop, 'warnings'),
      linesBox(sop, 'recording'),
    ],
  }
}

/** A source may write the post into its note (`Ditandatangani Secara Elektronik Oleh : Plt. ...`); the post stands below it. */
const withoutEnd = (note: string, post: string): string =>
  note.endsWith(post) ? note.slice(0, -post.length).trim() : note

function dateWords(date: SopDocument['identity']['madeOn']): string {
  if (date === null) return nothing
  if (typeof date === 'string') return isLocalDate(date) ? formatDate(date) : date
  return date.verbatim
}

type ListKey = 'qualifications' | 'relatedSops' | 'equipment' | 'warnings' | 'recording'

/** A mark on the whole list stands in its heading, one on an item beside the item. */
function linesBox(sop: SopDocument, key: ListKey): IdentityBox {
  const path = `identity.${key}`
  const lines = sop.identity[key]
  return {
    title: titleOf(sop, path, texts[key].id),
    items:
      lines.length === 0
        ? [{ text: nothing }]
        : lines.map((line, index) => ({ text: itemOf(sop, `${path}.${index + 1}`, line) })),
  }
}

function legalBasisBox(sop: SopDocument): IdentityBox {
  const path = 'identity.legalBasis'
  const items = sop.identity.legalBasis.map((basis, index) => {
    const text = itemOf(sop, `${path}.${index + 1}`, basis.citation)
    if (basis.status !== 'revoked') return { text }
    const flag = (basis.revokedBy ? texts.revokedBy(basis.revokedBy) : texts.revoked).id
    return { text, flag: itemOf(sop, `${path}.${index + 1}.status`, flag) }
  })
  return {
    title: titleOf(sop, path, texts.legalBasis.id),
    items: items.length === 0 ? [{ text: nothing }] : items,
  }
}

const titleOf = (sop: SopDocument, path: string, title: string): string =>
  markOf(sop, path) ? `${title}${chartMark}` : title

const itemOf = (sop: SopDocument, field: string, text: string): string =>
  markOf(sop, field)?.field === field ? `${text}${chartMark}` : text
