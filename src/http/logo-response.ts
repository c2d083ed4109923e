import { notFound } from '../actions/act.ts'
import { logoTypeOf } from '../domain/office/logo.ts'

/**
 * The logo of an office as an answer; what it may do in a browser is nothing.
 * @throws Refused (404) when there is none
 */
export function logoResponse(bytes: Buffer | null | undefined): Response {
  const type = bytes && logoTypeOf(bytes)
  if (!bytes || !type) throw notFound()
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'cache-control': 'public, max-age=300',
    },
  })
}
