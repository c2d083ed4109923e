import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Claims = Record<string, unknown>
export type Lie = {
  /** Changes what the ID token says. */
  readonly claims?: (right: Claims) => Claims
  /** `none`, or a signature by another key. */
  readonly signature?: 'none' | 'forged'
  /** Changes what discovery says. */
  readonly metadata?: (right: Claims) => Claims
  /** Answers what starts so with this text, or never. */
  readonly garbage?: { readonly path: string; readonly text: string | undefined }
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A provider that says whatever a test wants; `lie` is read at each answer. It gives every code once. */
export async function startLyingProvider(about: { readonly clientId: string; readonly subject: Claims }) {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const state = { lie: {} as Lie, asked: [] as string[], nonces: new Map<string, string>() }
  let issuer = ''

  function idToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1000)
    const right = { iss: issuer, aud: about.clientId, iat: now, exp: now + 300, nonce, ...about.subject }
    const claims = state.lie.claims?.(right) ?? right
    const { signature } = state.lie
    const head = base64url(signature === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: 'a' })
    const text = `${head}.${base64url(claims)}`
    if (signature === 'none') return `${text}.`
    const by = signature === 'forged' ? other.privateKey : key.privateKey
    return `${text}.${sign('sha256', Buffer.from(text), by).toString('base64url')}`
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      state.asked.push(path)
      const json = (body: unknown, status = 200): void => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      }
      const { garbage } = state.lie
      if (garbage && path.startsWith(garbage.path)) {
        if (garbage.text !== undefined) response.end(garbage.text)
        return
      }
      if (path.startsWith('/.well-known/')) {
        const right = {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
        }
        return json(state.lie.metadata?.(right) ?? right)
      }
      if (path === '/jwks') {
        const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'RS256', use: 'sig' }
        return json({ keys: [jwk] })
      }
      const code = new URLSearchParams(Buffer.concat(parts).toString()).get('code') ?? ''
      const nonce = state.nonces.get(code)
      state.nonces.delete(code)
      if (path !== '/token' || nonce === undefined) return json({ error: 'invalid_grant' }, 400)
      return json({ access_token: 'a', token_type: 'Bearer', id_token: idToken(nonce) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    state,
    close: () =>
      new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
