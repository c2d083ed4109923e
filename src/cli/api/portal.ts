import * as z from 'zod'
import { officeOfApiToken } from '../../domain/access/tokens.ts'
import type { Locale } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { apiAccessTexts as say } from '../../domain/text/api-commands.ts'

/** One call of the API. `{office}` in the path stands for the office. */
export type ApiRequest = {
  readonly method: string
  /** under /api/v1 */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly json?: unknown
  readonly bytes?: { readonly content: Buffer; readonly type: string }
  readonly idempotencyKey?: string | undefined
}

/** Where the portal is and as whom: the two variables that only the CLI reads. */
export type Access = { readonly url: string; readonly token: string; readonly office: string | undefined }

const defaultUrl = 'http://127.0.0.1:8080'
const answerTimeoutMs = 120_000

/**
 * Reads RANAH_URL and RANAH_TOKEN.
 * @param office said on the command line; the token names its own otherwise
 * @throws Refused; a token never goes over a network in clear
 */
export function readAccess(
  env: Readonly<Record<string, string | undefined>>,
  office: string | undefined,
): Access {
  const given = env.RANAH_URL || defaultUrl
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isBare = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username
  if (!isBare) throw new Refused('bad-url', say.badUrl(given), { status: 400 })
  const isLocal = /^(127\.[\d.]+|localhost|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !isLocal)
    throw new Refused('token-in-clear', say.tokenInClear(url.hostname), { status: 400 })
  const token = env.RANAH_TOKEN
  if (!token) throw new Refused('no-token', say.noToken, { status: 401 })
  const ownOffice = officeOfApiToken(token)
  if (ownOffice === undefined) throw new Refused('no-token', say.notToken, { status: 401 })
  return { url: url.origin, token, office: office ?? ownOffice }
}

/** Calls the API. @throws Refused with the portal's own sentence for every "no" */
export async function callPortal(access: Access, request: ApiRequest, locale: Locale): Promise<Response> {
  const path = request.path.replace('{office}', encodeURIComponent(access.office ?? ''))
  const url = new URL(`/api/v1${path.startsWith('/') ? path : `/${path}`}`, access.url)
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) url.searchParams.set(name, value)
  const answer = await send(url, access, request, locale)
  if (!answer.ok) throw await refusalOf(answer)
  return answer
}

async function send(url: URL, { token }: Access, request: ApiRequest, locale: Locale): Promise<Response> {
  const type = request.bytes?.type ?? (request.json === undefined ? undefined : 'application/json')
  const body = request.bytes
    ? new Uint8Array(request.bytes.content)
    : request.json === undefined
      ? undefined
      : JSON.stringify(request.json)
  try {
    return await fetch(url, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeoutMs),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json, application/problem+json;q=0.9, */*;q=0.5',
        'accept-language': locale,
        ...(type ? { 'content-type': type } : {}),
        ...(request.idempotencyKey ? { 'idempotency-key': request.idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body }),
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('portal-unreachable', say.unreachable(url.origin, reason), {
      status: 503,
      cause: error,
    })
  }
}

const problem = z.object({
  reason: z.string().default('refused'),
  detail: z.string(),
  issues: z.array(z.object({ field: z.string(), detail: z.string() })).default([]),
})

/** The portal speaks in the language that was asked for, so its sentence stands for both. */
async function refusalOf(answer: Response): Promise<Refused> {
  const text = await answer.text()
  const parsed = problem.safeParse(parseOrNull(text))
  const both = (detail: string) => ({ id: detail, en: detail })
  if (!parsed.success) return new Refused('refused', both(`HTTP ${answer.status} ${text.slice(0, 300)}`))
  const { reason, detail, issues } = parsed.data
  return new Refused(reason, both(detail), {
    issues: issues.map((issue) => ({ field: issue.field, text: both(issue.detail) })),
  })
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
