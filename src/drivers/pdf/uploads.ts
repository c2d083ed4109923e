import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** The PDF could not be read: encrypted, broken, or with a page that cannot be taken over. */
export class UnreadableUpload extends Error {}

/** No PDF has so many pages: asking for this one makes Typst say how many there are. */
const beyond = 9_999_999

/** Puts a PDF where a template can read it, as a file in memory. @returns its path */
export function placeUpload(compiler: NodeCompiler, folder: string, name: string, pdf: Uint8Array): string {
  const path = `/part-${name}.pdf`
  compiler.mapShadow(`${folder}${path.slice(1)}`, Buffer.from(pdf))
  return path
}

/** @throws UnreadableUpload */
function countOf(compiler: NodeCompiler, path: string): number {
  const asked = compiler.compile({ mainFileContent: `#image("${path}", page: ${beyond})` })
  const said = messagesOf(compiler, asked.takeDiagnostics())
  const count = /only has (\d+) page/.exec(said)?.[1]
  if (count === undefined || count === '0') throw new UnreadableUpload(said)
  return Number(count)
}

/** No bundle takes more pages of one file: of such a file they are counted and not set. */
const mostSet = 3000

/**
 * @returns the number of its pages, each of which was set once where they are not too many for a bundle
 * @throws UnreadableUpload
 */
export function pagesOf(compiler: NodeCompiler, folder: string, upload: Uint8Array): number {
  const path = placeUpload(compiler, folder, '0', upload)
  const pages = countOf(compiler, path)
  if (pages > mostSet) return pages
  const all = compiler.compile({
    mainFileContent: `#for n in range(1, ${pages + 1}) { page(width: 20mm, height: 20mm, margin: 0mm, image("${path}", page: n, width: 20mm)) }`,
  })
  if (all.result === null) throw new UnreadableUpload(messagesOf(compiler, all.takeDiagnostics()))
  try {
    compiler.pdf(all.result, {})
  } catch (error) {
    throw new UnreadableUpload(String(error))
  }
  return pages
}

/**
 * @returns a page as SVG, as wide as a sheet of A4
 * @throws UnreadableUpload
 */
export function imageOf(
  compiler: NodeCompiler,
  folder: string,
  upload: Uint8Array,
  page: number,
): { readonly pdf: Buffer; readonly pages: number } {
  const path = placeUpload(compiler, folder, '0', upload)
  const pages = countOf(compiler, path)
  const shown = compiler.compile({
    mainFileContent: `#set page(width: auto, height: auto, margin: 0mm)
#image("${path}", page: ${page}, width: 210mm)`,
  })
  if (shown.result === null) throw new UnreadableUpload(messagesOf(compiler, shown.takeDiagnostics()))
  return { pdf: Buffer.from(compiler.svg(shown.result)), pages }
}

type Diagnostics = ReturnType<ReturnType<NodeCompiler['compile']>['takeDiagnostics']>

function messagesOf(compiler: NodeCompiler, diagnostics: Diagnostics): string {
  if (diagnostics === null) return ''
  const all = compiler.fetchDiagnostics(diagnostics) as readonly { readonly message: string }[]
  return all.map(({ message }) => message).join('; ')
}
