/** A plain client of the public HTTP interface, one for each person who is signed in. */
const requestTimeoutMs = 30_000

export class AnswerError extends Error {
  readonly status: number
  readonly reason: string
  constructor(what: string, status: number, reason: string, detail: string) {
    super(`${what}: ${status} ${reason} ${detail}`)
    this.name = 'AnswerError'
    this.status = status
    this.reason = reason
  }
}

export type Client = {
  readonly get: <T>(path: string) => Promise<T>
  readonly send: <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<T>
  readonly upload: <T>(path: string, file: { kind: string; filename: string; bytes: Buffer }) => Promise<T>
  /** Sends octets of another type as they are. */
  readonly put: <T>(path: string, type: string, bytes: Buffer) => Promise<T>
  readonly download: (path: string) => Promise<Buffer>
}

/** @param base origin of the portal; cookies are kept as a browser would keep them */
export function openClient(base: string): Client {
  const cookies = new Map<string, string>()
  const call = async (
    method: string,
    path: string,
    init: { body?: string | FormData | Uint8Array<ArrayBuffer>; type?: string },
  ) => {
    const response = await fetch(new URL(path, base), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
      headers: {
        origin: base,
        accept: 'application/json',
        'accept-language': 'id',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.type ? { 'content-type': init.type } : {}),
      },
      ...(init.body === undefined ? {} : { body: init.body }),
    })
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line)
    if (!response.ok) throw await problemOf(`${method} ${path}`, response)
    return response
  }
  const json = async <T>(response: Response): Promise<T> => {
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  return {
    get: async (path) => json(await call('GET', path, {})),
    send: async (method, path, body) =>
      json(
        await call(
          method,
          path,
          body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' },
        ),
      ),
    upload: async (path, { kind, filename, bytes }) => {
      const form = new FormData()
      form.set('kind', kind)
      form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), filename)
      return json(await call('POST', path, { body: form }))
    },
    put: async (path, type, bytes) => json(await call('POST', path, { body: new Uint8Array(bytes), type })),
    download: async (path) => Buffer.from(await (await call('GET', path, {})).arrayBuffer()),
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const at = pair.indexOf('=')
  const gone = attributes.some((each) => /^\s*max-age=0\s*$/i.test(each))
  if (gone) cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), pair.slice(at + 1))
}

async function problemOf(what: string, response: Response): Promise<AnswerError> {
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as { reason?: string; detail?: string; issues?: unknown }
    const issues = problem.issues ? ` ${JSON.stringify(problem.issues)}` : ''
    return new AnswerError(what, response.status, problem.reason ?? '', `${problem.detail ?? ''}${issues}`)
  } catch {
    return new AnswerError(what, response.status, '', text.slice(0, 200))
  }
}
