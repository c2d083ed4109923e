import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { totp, untilNextCode } from '../../src/cli/demo/totp.ts'
import { sampleLetter } from '../../src/cli/demo/sample-letter.ts'
import { startClamd } from '../../src/servers/debian/clamd.ts'
import { eicar, writeSignatures } from '../support/eicar.ts'
import { dataDirectory, startDemo } from '../support/installation.ts'

/** A whole installation in a process of its own, with Debian's clamd beside it: every upload of the demo is scanned. */

let directory: string
let clamd: Awaited<ReturnType<typeof startClamd>>
let data: Awaited<ReturnType<typeof dataDirectory>>
let demo: Awaited<ReturnType<typeof startDemo>>
const start = () => startClamd(directory, join(directory, 'signatures'))
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ranah-scanner-'))
  await chmod(directory, 0o755)
  await mkdir(join(directory, 'signatures'))
  await writeSignatures(join(directory, 'signatures'))
  clamd = await start()
  data = await dataDirectory()
  demo = await startDemo(data.path, { RANAH_CLAMD: `unix:${join(directory, 'clamd.sock')}` })
})
after(async () => {
  await demo.stop()
  await clamd.stop()
  await data.remove()
  await rm(directory, { recursive: true })
})

type Call = (method: string, path: string, body?: unknown, type?: string) => Promise<Response>

/** The API as one of the demo's people, with a session. */
async function as(role: string): Promise<Call> {
  const { url, accounts } = demo.report
  const account = accounts.find((each) => each.role === role && each.office === 'kukar')!
  const cookies = new Map<string, string>()
  const call: Call = async (method, path, body, type = 'application/json') => {
    const sent = body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body)
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      ...(sent !== undefined && { body: sent as string }),
      headers: {
        origin: url,
        cookie: [...cookies].map((each) => each.join('=')).join('; '),
        ...(sent !== undefined && { 'content-type': type }),
      },
    })
    for (const each of answer.headers.getSetCookie()) {
      const [name = '', ...value] = each.split(';')[0]!.split('=')
      cookies.set(name, value.join('='))
    }
    return answer
  }
  await call('POST', '/session', { email: account.login, password: account.secret })
  const code = () => call('POST', '/session/code', { code: totp(account.totp, new Date()) })
  if ((await code()).ok) return call
  await new Promise((resolve) => setTimeout(resolve, untilNextCode(new Date()) + 500))
  assert.ok((await code()).ok)
  return call
}

/** Asks until the answer has the status: a scan takes its time. */
async function until(status: number, ask: () => Promise<Response>): Promise<Response> {
  let answer = await ask()
  for (let tries = 0; tries < 120 && answer.status !== status; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    answer = await ask()
  }
  assert.equal(answer.status, status, await answer.clone().text())
  return answer
}

test('uploads of a running installation are scanned, held back, and wait while the scanner is away', async () => {
  const operator = await as('operator')
  const { items } = (await (await operator('GET', '/offices/kukar/requests?view=all')).json()) as {
    items: { ticket: string }[]
  }
  const ticket = items[0]!.ticket
  const whole = (await (await operator('GET', `/offices/kukar/requests/${ticket}`)).json()) as {
    documents: { id: string; scan: string }[]
  }
  const uploads = whole.documents.filter(({ scan }) => scan !== 'off')
  assert.ok(
    uploads.length > 0 && uploads.every(({ scan }) => scan === 'clean'),
    JSON.stringify(whole.documents),
  )

  const applicant = await as('applicant')
  const options = (await (await applicant('GET', '/offices/kukar/request-options')).json()) as {
    agencies: { id: string }[]
    zones: { id: string }[]
    kinds: { id: string }[]
  }
  const made = await applicant('POST', '/offices/kukar/requests', {
    kind: options.kinds[0]!.id,
    agencyId: options.agencies[0]!.id,
    zoneId: options.zones[0]!.id,
    application: {},
  })
  assert.equal(made.status, 201, await made.clone().text())
  const { ticket: draft } = (await made.json()) as { ticket: string }
  const attach = async (bytes: Uint8Array): Promise<() => Promise<Response>> => {
    const path = `/offices/kukar/requests/${draft}/documents`
    const answer = await applicant('POST', `${path}?kind=attachment&filename=a.pdf`, bytes, 'application/pdf')
    assert.equal(answer.status, 201, await answer.clone().text())
    const { id } = (await answer.json()) as { id: string }
    return () => applicant('GET', `${path}/${id}`)
  }
  const letter = sampleLetter(['Contoh'])
  const infected = Buffer.concat([letter.subarray(0, 9), Buffer.from('%'), eicar, letter.subarray(8)])
  await until(200, await attach(letter))
  const held = await until(403, await attach(infected))
  assert.match(await held.text(), /Contoh\.Eicar/)

  await clamd.stop()
  const waiting = await attach(letter)
  assert.equal((await waiting()).status, 409)
  clamd = await start()
  await until(200, waiting)
})
