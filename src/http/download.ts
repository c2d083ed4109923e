import type { StoredDocument } from '../db/documents.ts'

/**
 * A file to save. It never opens inside the portal: what somebody uploaded must not run under its origin.
 * The name goes both ways of RFC 6266, for browsers old and new.
 */
export function download(file: StoredDocument): Response {
  const plain = file.filename.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  const encoded = encodeURIComponent(file.filename).replaceAll(/['()*]/g, (each) => `%${hexOf(each)}`)
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    },
  })
}

const hexOf = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase()
