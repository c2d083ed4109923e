import type { Text } from '../refused.ts'
import type { SopDocument } from '../sop/document.ts'
import { kindsOf } from '../sop/graph.ts'
import { sopPaperTexts as texts, stepPartTexts } from '../text/sop-paper.ts'

/** @returns a field path of `marks` as a reader finds it on the paper: "Langkah 3, kelengkapan, butir 2" */
export function fieldWords(sop: SopDocument, field: string): Text {
  const [section = '', key, ...rest] = field.split('.')
  switch (section) {
    case 'identity':
      return joined([titleOf(key ?? ''), ...rest.map(itemOf)])
    case 'steps':
      return joined([
        texts.step(key ?? ''),
        ...(rest[0] === undefined ? [] : [stepPartTexts[rest[0]] ?? plain(rest[0])]),
        ...rest.slice(1).map(itemOf),
      ])
    case 'actors':
      return joined([texts.actors, plain(sop.actors[Number(key) - 1]?.title)])
    case 'serves':
      return joined([texts.serves, kindsOf(sop)[Number(key) - 1]?.label ?? plain(undefined)])
    case 'office':
    case 'term':
    case 'refusal':
      return texts[section]
    default:
      return plain(field)
  }
}

const itemOf = (part: string): Text => (/^\d+$/.test(part) ? texts.item(part) : plain(part))

function titleOf(key: string): Text {
  const title: unknown = Object.hasOwn(texts, key) ? texts[key as keyof typeof texts] : undefined
  return isText(title) ? title : plain(key)
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'

const plain = (word: string | undefined): Text => ({ id: word ?? '', en: word ?? '' })

const joined = (parts: readonly Text[]): Text => {
  const known = parts.filter((part) => part.id !== '')
  return {
    id: known.map((part) => part.id).join(', '),
    en: known.map((part) => part.en).join(', '),
  }
}
