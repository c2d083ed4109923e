/** One element with its attributes and what stands in it: elements, or text. */
export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>
  readonly content: readonly Element[] | string
}

/** @returns an element; attributes that are undefined are left out */
export const element = (
  name: string,
  attributes: Element['attributes'],
  content: Element['content'] = [],
): Element => ({ name, attributes, content })

/** @returns a whole document; names must be names, everything else is escaped */
export const writeXml = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`

function written({ name, attributes, content }: Element, indent: string): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  const open = `${indent}<${name}${given}`
  if (content.length === 0) return `${open} />\n`
  if (typeof content === 'string') return `${open}>${escaped(content)}</${name}>\n`
  return `${open}>\n${content.map((each) => written(each, `${indent}  `)).join('')}${indent}</${name}>\n`
}

/** XML 1.0 (2.2) has no place for these characters, not even escaped. */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

const escaped = (text: string): string =>
  text.replaceAll(impossible, '\uFFFD').replaceAll(/[&<>"\t\n\r]/g, (each) => escapes[each]!)
