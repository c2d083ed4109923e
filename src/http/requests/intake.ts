import type { Context } from 'hono'
import type { Upload } from '../../actions/requests/keep-document.ts'
import { checkPdfShape } from '../../domain/requests/pdf-shape.ts'
import type { PortalEnv } from '../visitor.ts'

/** Room for the other parts of a multipart body around a document of the largest size, in bytes. */
const aroundBytes = 64 * 1024
/** Largest document with what surrounds it, in bytes: 10 MB and a little. */
export const maxUploadBytes = 10 * 1024 * 1024 + aroundBytes

/**
 * Reads a PDF from a request of the API: the raw file, or a multipart form with `file` and `kind`.
 * @throws Refused for what is no readable PDF
 */
export async function readUpload(c: Context<PortalEnv>): Promise<Upload> {
  const isForm = (c.req.header('content-type') ?? '').startsWith('multipart/form-data')
  const form = isForm ? await c.req.formData().catch(() => new FormData()) : null
  const file = form?.get('file')
  const bytes = form
    ? file instanceof File
      ? Buffer.from(await file.arrayBuffer())
      : Buffer.alloc(0)
    : Buffer.from(await c.req.arrayBuffer())
  const field = (name: string): string | undefined => {
    const value = form?.get(name)
    return typeof value === 'string' && value !== '' ? value : c.req.query(name)
  }
  const filename = file instanceof File ? file.name : field('filename')
  return pdfUpload(field('kind') ?? 'attachment', filename ?? 'dokumen.pdf', bytes)
}

/** @throws Refused for what is no readable PDF */
export function pdfUpload(kind: string, filename: string, bytes: Buffer): Upload {
  return { kind, filename, mediaType: 'application/pdf', content: checkPdfShape(bytes), bytes }
}

/** A document as a download under its own type: never shown inside the portal, never sniffed. */
export function downloadResponse(document: {
  readonly filename: string
  readonly media_type: string
  readonly bytes: Buffer
}): Response {
  const plain = document.filename.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  return new Response(new Uint8Array(document.bytes), {
    headers: {
      'content-type': document.media_type,
      'content-length': String(document.bytes.length),
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${rfc5987(document.filename)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}

/** The extended value of RFC 5987. */
const rfc5987 = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
