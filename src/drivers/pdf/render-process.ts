/** The process that sets papers with Typst. It lives apart because native code cannot be stopped from inside. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Sheet } from '../../domain/letters/sheet.ts'
import { coverageOf } from './glyphs.ts'
import { printableDeep } from './printable.ts'
import { qrSvg } from './qr.ts'
import type { RenderReply, RenderRequest } from './driver.ts'

const FONTS = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf']
/** PDF/A-2a: archival, tagged, every font embedded. */
const PDF_STANDARD = 'a-2a'
/** Compilations after which unused results leave the compiler's memory. */
const CACHE_AGE = 4

const templates = fileURLToPath(new URL('../../../letters/', import.meta.url))
const fontBlobs = FONTS.map((name) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/arimo/${name}`))),
)
const coverages = fontBlobs.map(coverageOf)
const covers = (codePoint: number): boolean => coverages.every((covered) => covered(codePoint))
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] })

/** The sheet as the template reads it: printable text, the QR drawn, the logo as a file in memory. */
function templateData(sheet: Sheet): string {
  const { letterhead, footer } = sheet
  const logo = letterhead?.logo
  const logoPath = logo && `/logo.${logo.mediaType === 'image/png' ? 'png' : 'svg'}`
  if (logo) compiler.mapShadow(`${templates}${logoPath!.slice(1)}`, Buffer.from(logo.bytes))
  const data = {
    ...sheet,
    letterhead: letterhead && { ...letterhead, logo: logoPath },
    footer: { ...footer, ...(footer.url === null ? {} : { qr: qrSvg(footer.url) }) },
  }
  return JSON.stringify(printableDeep(data, covers))
}

function render(sheet: Sheet): { pdf: Buffer; pages: number } {
  compiler.resetShadow()
  const result = compiler.compile({
    mainFilePath: `${templates}sheet.typ`,
    inputs: { sheet: templateData(sheet) },
    resetRead: true,
  })
  if (result.result === null) {
    throw new Error(JSON.stringify(result.takeDiagnostics()?.shortDiagnostics ?? 'no diagnostics'))
  }
  const pdf = compiler.pdf(result.result, {
    pdfStandard: PDF_STANDARD,
    creationTimestamp: Math.floor(Date.parse(sheet.createdAt) / 1000),
  })
  const pages = result.result.numOfPages
  compiler.evictCache(CACHE_AGE)
  return { pdf, pages }
}

function answer({ id, sheet }: RenderRequest): RenderReply {
  try {
    return { id, ...render(sheet) }
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (request: RenderRequest) => process.send!(answer(request)))
process.on('disconnect', () => process.exit(0))
