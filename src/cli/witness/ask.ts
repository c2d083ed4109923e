import { Refused } from '../../domain/refused.ts'
import { witnessTexts as say } from '../../domain/text/witness.ts'

/** How long a portal may take to answer, in milliseconds, and how much it may say, in octets. */
const answerTimeoutMs = 30_000
const maxAnswer = 100_000

/** @throws Refused `bad-url` */
export function portalUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search)
    throw new Refused('bad-url', say.badUrl(given), { status: 400 })
  return url
}

/** Asks a portal that may lie or never end. @throws Refused `unreachable`, also for every answer that is no 2xx */
export async function ask(url: URL, body?: unknown): Promise<string> {
  try {
    const answer = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(answerTimeoutMs),
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    const text = await shortText(answer)
    if (answer.ok) return text
    throw new Error(`HTTP ${answer.status} ${detailOf(text)}`)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Refused('unreachable', say.unreachable(url.href, why), { status: 503, cause: error })
  }
}

async function shortText(answer: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    parts.push(part)
    length += part.length
    if (length > maxAnswer) throw new Error(`more than ${maxAnswer} octets`)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The sentence of a problem document, without control characters: it goes to a terminal. */
function detailOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown }
    return typeof detail === 'string' ? detail.replaceAll(/\p{Cc}/gu, ' ').slice(0, 500) : ''
  } catch {
    return ''
  }
}
