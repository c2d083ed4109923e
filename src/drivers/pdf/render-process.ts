/** The process that sets papers with Typst. It lives apart because native code cannot be stopped from inside. */
import { fileURLToPath } from 'node:url'
import type { NodeError } from '@myriaddreamin/typst-ts-node-compiler'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Sheet } from '../../domain/letters/sheet.ts'
import { composeSop } from '../../domain/sop-paper/compose.ts'
import type { SopPrint } from '../../domain/sop-paper/print.ts'
import { imageOf, pagesOf, placeUpload, UnreadableUpload } from './uploads.ts'
import type { Bundle, RenderReply, RenderRequest } from './driver.ts'
import { caseFileText } from '../../domain/text/case-file.ts'
import { covers, face, fontBlobs } from './face.ts'
import type { OfficeTemplates } from './office-templates.ts'
import { printableDeep } from './printable.ts'
import { qrSvg } from './qr.ts'

/** PDF/A-2a: archival, tagged, every font embedded. */
const PDF_STANDARD = 'a-2a'
/** Compilations after which unused results leave the compiler's memory. */
const CACHE_AGE = 4

const templates = fileURLToPath(new URL('../../../letters/', import.meta.url))
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: [...fontBlobs] }] })

type Logo = SopPrint['logo']

/** Puts the logo where the template can read it, as a file in memory. @returns its path */
function placeLogo(logo: Logo): string | undefined {
  if (!logo) return undefined
  const path = `/logo.${logo.mediaType === 'image/png' ? 'png' : 'svg'}`
  compiler.mapShadow(`${templates}${path.slice(1)}`, Buffer.from(logo.bytes))
  return path
}

/** The sheet as the template reads it: printable text, the QR drawn, the logo as a file in memory. */
function sheetData(sheet: Sheet): unknown {
  const { letterhead, footer } = sheet
  const data = {
    ...sheet,
    letterhead: letterhead && { ...letterhead, logo: placeLogo(letterhead.logo) },
    footer: { ...footer, ...(footer.url === null ? {} : { qr: qrSvg(footer.url) }) },
  }
  return printableDeep(data, covers)
}

/** The text becomes printable before it is measured: what is set must be what was laid out. */
function sopData({ logo, ...print }: SopPrint): unknown {
  const sheets = composeSop(printableDeep(print, covers) as SopPrint, face)
  if (sheets === null) return null
  return { ...sheets, logo: placeLogo(logo) }
}

/** The parts lie beside the template as files in memory, as does the crest. */
function bundleData({ cover, ticket, parts }: Bundle): object {
  const { indexNote, index, no, part, page, digest } = caseFileText
  const words = {
    index: index.id,
    note: indexNote.id,
    heads: [no, part, page, digest].map((each) => each.id),
  }
  const placed = parts.map(({ content, ...entry }, number) => ({
    ...entry,
    pages: content?.pages ?? 0,
    ...(content && {
      file: placeUpload(compiler, templates, `${number}`, content.pdf),
      ...(content.drawn && { drawn: placeUpload(compiler, templates, `${number}-drawn`, content.drawn) }),
      original: content.attachedAs,
    }),
  }))
  return {
    ...(sheetData(cover) as object),
    ...(printableDeep({ ticket, words, parts: placed }, covers) as object),
  }
}

function set(
  template: string,
  data: unknown,
  createdAt: string,
  pdfStandard: typeof PDF_STANDARD | null = PDF_STANDARD,
): { pdf: Buffer; pages: number } {
  const result = compiler.compile({
    mainFilePath: `${templates}${template}`,
    inputs: { sheet: JSON.stringify(data) },
    resetRead: true,
  })
  if (result.result === null) throw new TemplateFault(diagnosticsOf(result.takeDiagnostics()))
  const pdf = compiler.pdf(result.result, {
    ...(pdfStandard && { pdfStandard }),
    creationTimestamp: Math.floor(Date.parse(createdAt) / 1000),
  })
  const pages = result.result.numOfPages
  compiler.evictCache(CACHE_AGE)
  return { pdf, pages }
}

type Diagnostic = {
  readonly message: string
  readonly path: string
  readonly range: { readonly start: { readonly line: number } } | null
  readonly severity: number
}

/** Why Typst did not set the paper. */
class TemplateFault extends Error {
  readonly diagnostics: readonly Diagnostic[]
  constructor(diagnostics: readonly Diagnostic[]) {
    super(JSON.stringify(diagnostics))
    this.diagnostics = diagnostics
  }
}

const diagnosticsOf = (error: NodeError | null): readonly Diagnostic[] =>
  error ? (compiler.fetchDiagnostics(error) as Diagnostic[]) : []

/** @returns `sheet.typ:12: what is wrong`, where the office has templates of its own and they can be at fault */
function officeFault(error: unknown, own: OfficeTemplates): string | undefined {
  if (!(error instanceof TemplateFault) || Object.keys(own).length === 0) return undefined
  const named = error.diagnostics.map((each) => ({ ...each, file: each.path.split('/').at(-1) ?? '' }))
  const fault = named.find(({ file }) => Object.hasOwn(own, file)) ?? named[0]
  if (!fault) return undefined
  const line = fault.range ? `:${fault.range.start.line + 1}` : ''
  return `${fault.file}${line}: ${fault.message.slice(0, 300)}`
}

function answer(request: RenderRequest): RenderReply {
  const { id } = request
  try {
    compiler.resetShadow()
    if ('sheet' in request) {
      for (const [name, source] of Object.entries(request.templates))
        compiler.mapShadow(`${templates}${name}`, Buffer.from(source))
      return { id, ...set('sheet.typ', sheetData(request.sheet), request.sheet.createdAt) }
    }
    if ('upload' in request) {
      const { upload, page } = request
      if (page !== undefined) return { id, ...imageOf(compiler, templates, upload, page) }
      return { id, pdf: Buffer.alloc(0), pages: pagesOf(compiler, templates, upload) }
    }
    if ('bundle' in request) {
      const { bundle } = request
      // somebody's pages cannot be made to comply with PDF/A
      return { id, ...set('bundle.typ', bundleData(bundle), bundle.cover.createdAt, null) }
    }
    const data = sopData(request.sop)
    return data === null ? { id, tooBig: true } : { id, ...set('sop.typ', data, request.sop.createdAt) }
  } catch (error) {
    if (error instanceof UnreadableUpload) return { id, unreadable: error.message }
    const template = 'sheet' in request ? officeFault(error, request.templates) : undefined
    if (template !== undefined) return { id, template }
    return { id, fault: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (request: RenderRequest) => process.send!(answer(request)))
process.on('disconnect', () => process.exit(0))
