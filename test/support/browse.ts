import type { App } from '../../src/http/app.ts'

type Fields = Readonly<Record<string, string | readonly string[] | File>>

/** What a browser does, without one: keeps cookies, sends Origin, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly app: App
  readonly origin: string
  readonly address: string

  constructor(app: App, origin: string, address: string) {
    this.app = app
    this.origin = origin
    this.address = address
  }

  /** Any request, with the cookies that were given so far. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const env = { incoming: { socket: { remoteAddress: this.address } } }
    const response = await this.app.request(new URL(path, this.origin).href, { ...init, headers }, env)
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  get(path: string): Promise<Response> {
    return this.send(path)
  }

  /** Sends a form as a page of the portal would: urlencoded, or multipart when it holds a file. */
  post(path: string, fields: Fields = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields))
      for (const each of Array.isArray(value) ? value : [value]) data.append(name, each as string | File)
    const hasFile = [...data.values()].some((value) => value instanceof File)
    const body = hasFile ? data : new URLSearchParams([...data] as [string, string][])
    return this.send(path, { method: 'POST', body, headers: { origin: this.origin, ...headers } })
  }

  /** Calls the API with the session, or with a token given as header. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return this.send(`/api/v1${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { origin: this.origin, ...json, ...headers },
    })
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const gone = value === '' || attributes.some((each) => /^max-age=0$/i.test(each))
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
