/**
 * Puts a signature into a PDF by an incremental update (ISO 32000-1, 7.5.6): what was there stays as it is, octet by
 * octet. It reads the form that Typst writes (a classic cross-reference table, nothing packed) and refuses any other.
 */

/** Octets kept free for the signature; one with four certificates takes about half. */
const SIGNATURE_OCTETS = 12_000
/** Octets kept free beside it where a time stamp is to come; one with its chain takes about a third. */
const STAMP_OCTETS = 20_000
const TAIL_OCTETS = 4096
const RANGE_WIDTH = 10

export class UnsignablePdf extends Error {}

/** @param stamped whether room for a time stamp is kept */
export type SignatureFacts = {
  readonly name: string
  readonly at: Date
  readonly reason: string
  readonly stamped: boolean
}

type PdfFacts = {
  readonly text: string
  readonly size: number
  readonly root: number
  readonly trailer: string
  readonly xrefAt: number
}

/**
 * @param sign makes the CMS of the octets that the signature covers
 * @returns the signed PDF; the signature covers all of it but itself
 * @throws UnsignablePdf
 */
export function placeSignature(pdf: Buffer, facts: SignatureFacts, sign: (octets: Buffer) => Buffer): Buffer {
  const draft = withPlaceholder(pdf, facts)
  const open = draft.indexOf('/Contents <', pdf.length) + '/Contents '.length
  const octets = placeOctets(facts)
  const close = open + octets * 2 + 2
  const range = [0, open, close, draft.length - close]
  const rangeAt = draft.indexOf('/ByteRange [', pdf.length) + '/ByteRange ['.length
  draft.write(range.map((each) => String(each).padStart(RANGE_WIDTH)).join(' '), rangeAt, 'latin1')
  const signature = sign(Buffer.concat([draft.subarray(0, open), draft.subarray(close)]))
  if (signature.length > octets)
    throw new UnsignablePdf(`the signature takes ${signature.length} octets of ${octets}`)
  draft.write(signature.toString('hex'), open + 1, 'latin1')
  return draft
}

function withPlaceholder(pdf: Buffer, facts: SignatureFacts): Buffer {
  const file = readFacts(pdf)
  const catalog = objectOf(file, file.root)
  if (catalog.includes('/AcroForm')) throw new UnsignablePdf('the PDF has a form or a signature already')
  const pages = objectOf(file, referenceIn(catalog, 'Pages'))
  const page = Number(/\/Kids\s*\[\s*(\d+) 0 R/.exec(pages)?.[1])
  const pageObject = objectOf(file, page)
  const annotation = file.size
  const signature = file.size + 1
  const objects: readonly [number, string][] = [
    [file.root, withEntry(catalog, `/AcroForm << /SigFlags 3 /Fields [${annotation} 0 R] >>`)],
    [page, withAnnotation(pageObject, annotation)],
    [
      annotation,
      // invisible: the letter itself shows who signed; 132 is Print and Locked, as PDF/A asks
      `<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /F 132 /T (TandaTangan) /P ${page} 0 R /V ${signature} 0 R >>`,
    ],
    [signature, signatureObject(facts)],
  ]
  return appendObjects(pdf, file, objects)
}

/** Latin text as a string of UTF-16, so that no name needs escaping. */
const hexText = (text: string): string => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`

const placeOctets = ({ stamped }: SignatureFacts): number => SIGNATURE_OCTETS + (stamped ? STAMP_OCTETS : 0)

function signatureObject(facts: SignatureFacts): string {
  const at = facts.at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  const range = Array.from({ length: 4 }, () => '0'.padStart(RANGE_WIDTH)).join(' ')
  return (
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name ${hexText(facts.name)} ` +
    `/Reason ${hexText(facts.reason)} /M (D:${at}Z) /ByteRange [${range}] ` +
    `/Contents <${'0'.repeat(placeOctets(facts) * 2)}> >>`
  )
}

function appendObjects(pdf: Buffer, file: PdfFacts, objects: readonly [number, string][]): Buffer {
  let body = pdf.at(-1) === 10 ? '' : '\n'
  const places = new Map<number, number>()
  for (const [no, content] of objects) {
    places.set(no, pdf.length + body.length)
    body += `${no} 0 obj\n${content}\nendobj\n`
  }
  const xrefAt = pdf.length + body.length
  const lines = [...places]
    .toSorted(([a], [b]) => a - b)
    .map(([no, at]) => `${no} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
  const size = Math.max(file.size, ...objects.map(([no]) => no + 1))
  const trailer = file.trailer.replace(/\/Size\s+\d+/, `/Size ${size}`)
  const end = `xref\n${lines.join('')}trailer\n<<${trailer}\n/Prev ${file.xrefAt}\n>>\nstartxref\n${xrefAt}\n%%EOF\n`
  return Buffer.concat([pdf, Buffer.from(body + end, 'latin1')])
}

function readFacts(pdf: Buffer): PdfFacts {
  const tail = pdf.subarray(-TAIL_OCTETS).toString('latin1')
  const xrefAt = Number(/startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail)?.[1])
  const text = pdf.toString('latin1')
  if (!Number.isSafeInteger(xrefAt) || !text.startsWith('xref', xrefAt))
    throw new UnsignablePdf('the PDF has no classic cross-reference table')
  const trailer = /trailer\s*<<([^]*?)>>\s*startxref/.exec(text.slice(xrefAt))?.[1] ?? ''
  const size = Number(/\/Size\s+(\d+)/.exec(trailer)?.[1])
  if (!size || /\/(?:Encrypt|Prev)\b/.test(trailer))
    throw new UnsignablePdf('the PDF is encrypted or was changed after it was set')
  return { text, size, trailer: trailer.trimEnd(), xrefAt, root: referenceIn(trailer, 'Root') }
}

function referenceIn(text: string, key: string): number {
  const found = new RegExp(`/${key}\\s+(\\d+) 0 R`).exec(text)?.[1]
  if (found === undefined) throw new UnsignablePdf(`the PDF has no ${key}`)
  return Number(found)
}

/** The dictionary of an object without a stream. */
function objectOf(file: PdfFacts, no: number): string {
  const table = /xref\s+0 \d+\s+/.exec(file.text.slice(file.xrefAt, file.xrefAt + 40))
  const entry = 20
  if (!table) throw new UnsignablePdf('the cross-reference table does not begin with object 0')
  const line = file.xrefAt + table.index + table[0].length + no * entry
  const at = Number(file.text.slice(line, line + 10))
  const end = file.text.indexOf('endobj', at)
  const head = new RegExp(`^${no} 0 obj\\s*`).exec(file.text.slice(at, at + 30))
  if (!head || end < 0) throw new UnsignablePdf(`object ${no} is not where the table says`)
  return file.text.slice(at + head[0].length, end).trim()
}

function withEntry(dictionary: string, entry: string): string {
  if (!dictionary.endsWith('>>')) throw new UnsignablePdf('not a dictionary')
  return `${dictionary.slice(0, -2)} ${entry}\n>>`
}

function withAnnotation(page: string, no: number): string {
  const known = /\/Annots\s*\[/.exec(page)
  if (!known && page.includes('/Annots')) throw new UnsignablePdf('the notes of the page lie elsewhere')
  if (!known) return withEntry(page, `/Annots [${no} 0 R]`)
  const at = known.index + known[0].length
  return `${page.slice(0, at)}${no} 0 R ${page.slice(at)}`
}
