import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Provider } from 'oidc-provider'

/** How somebody proves who they are at the provider, as its ID tokens say it (RFC 8176). */
export type Proof = { readonly amr?: readonly string[] }

/** A real OpenID provider (oidc-provider) with a page of its own, on which people of contoh.test say who they are. */
export async function startProvider(client: { id: string; secret: string; redirect: string }) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: { proof: Proof } = { proof: {} }
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirect] }],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@contoh.test`, email_verified: true }),
    }),
    cookies: { keys: ['only for the test'] },
  })
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    void interact(provider, state, request, response)
  })
  const close = () =>
    new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())))
  return { issuer, state, close }
}

async function interact(
  provider: Provider,
  state: { readonly proof: Proof },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params, prompt, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login' && request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      '<!doctype html><title>Provider</title><form method="post"><input name="who"><button>OK</button></form>',
    )
    return
  }
  if (prompt.name === 'login') {
    const accountId = new URLSearchParams(await text(request)).get('who')!
    const login = { accountId, amr: [...(state.proof.amr ?? [])] }
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  }
  const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) })
  grant.addOIDCScope('openid email profile')
  const consent = { grantId: await grant.save() }
  return provider.interactionFinished(request, response, { consent })
}
