const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for HTML content and quoted attributes; control characters become spaces. */
export function escapeHtml(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}

const NAMED = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
  }),
)

function decodeEntity(whole: string, body: string): string {
  const named = NAMED.get(body.toLowerCase())
  if (named !== undefined) return named
  const numeric = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(body)
  if (!numeric) return whole
  const code = numeric[1] ? Number.parseInt(numeric[1], 16) : Number(numeric[2])
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

/** The text of the first title element with white space folded, or null when the page has none. */
export function titleOf(html: string): string | null {
  // Found step by step: one expression for it all takes seconds over a page that was made to.
  const open = /<title(?=[\s>])/i.exec(html)
  const from = open ? html.indexOf('>', open.index) + 1 : 0
  const end = html.indexOf('<', from)
  if (from === 0 || end < 0 || html.slice(end, end + 7).toLowerCase() !== '</title') return null
  return html
    .slice(from, end)
    .replace(/&([a-z]+|#x?[0-9a-f]+);/gi, decodeEntity)
    .replace(/\s+/g, ' ')
    .trim()
}
