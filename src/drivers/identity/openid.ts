import * as oidc from 'openid-client'
import * as z from 'zod'
import type { IdentityClaims, IdentityProvider, SignOnTicket } from '../../domain/access/sign-on.ts'
import { isPublicAddress, reachingFetch } from '../outgoing.ts'

const claimsShape = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  amr: z.array(z.string()).optional(),
  acr: z.string().optional(),
})

export type OpenidOptions = {
  /** Origins that may be asked beside https on the public internet. */
  readonly allowed: readonly string[]
  readonly redirectUrl: string
}

/**
 * A `fetch` that reaches what the operator allowed by its origin, and otherwise only https on the public internet: anybody
 * who opens the sign-in page makes it ask, so the networks of the office's own servers are closed to it.
 *
 * @param allowed origins, e.g. `https://sso.contohkab.go.id`
 */
export function providerFetch(
  allowed: readonly string[],
): (url: string, init?: RequestInit) => Promise<Response> {
  return async (address, init = {}) => {
    const { origin, protocol } = new URL(address)
    const isAllowed = allowed.includes(origin)
    if (!isAllowed && protocol !== 'https:') throw new Error(`${origin} is not https`)
    return reachingFetch(address, init, { may: isAllowed ? () => true : isPublicAddress })
  }
}

/** @throws when the provider cannot be reached, may not be asked, or calls itself otherwise */
async function connect(options: OpenidOptions, provider: IdentityProvider): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = provider
  const ask = providerFetch(options.allowed)
  const plain = options.allowed.includes(new URL(issuer).origin) && issuer.startsWith('http:')
  const config = await oidc.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: 'RS256' },
    oidc.ClientSecretBasic(clientSecret),
    {
      [oidc.customFetch]: (url, init) => ask(url, init),
      execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
    },
  )
  if (config.serverMetadata().issuer !== issuer) throw new Error('the provider calls itself otherwise')
  return config
}

/** @returns where the browser goes to sign in, with PKCE, state and nonce */
export async function beginSignOn(
  options: OpenidOptions,
  provider: IdentityProvider,
  ticket: SignOnTicket,
): Promise<string> {
  const config = await connect(options, provider)
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: options.redirectUrl,
    scope: 'openid email profile',
    response_type: 'code',
    code_challenge: await oidc.calculatePKCECodeChallenge(ticket.verifier),
    code_challenge_method: 'S256',
    state: ticket.state,
    nonce: ticket.nonce,
    ...(provider.secondFactor === 'said' && provider.strongAcr && { acr_values: provider.strongAcr }),
  })
  return url.href
}

/**
 * Changes the code for what the provider says of the person; issuer, audience, signature, nonce and state are checked.
 * @param query of the address that the browser came back with
 */
export async function finishSignOn(
  options: OpenidOptions,
  provider: IdentityProvider,
  ticket: SignOnTicket,
  query: string,
): Promise<IdentityClaims> {
  const config = await connect(options, provider)
  const tokens = await oidc.authorizationCodeGrant(config, new URL(`${options.redirectUrl}?${query}`), {
    pkceCodeVerifier: ticket.verifier,
    expectedState: ticket.state,
    expectedNonce: ticket.nonce,
    idTokenExpected: true,
  })
  const { sub, iss, ...claims } = claimsShape.parse(tokens.claims())
  const more = claims.email === undefined ? await oidc.fetchUserInfo(config, tokens.access_token, sub) : {}
  const { email, email_verified: isVerified } = { ...claims, ...claimsShape.partial().parse(more) }
  return {
    issuer: iss,
    subject: sub,
    email: isVerified === true ? email?.toLowerCase() : undefined,
    amr: claims.amr ?? [],
    acr: claims.acr,
  }
}
