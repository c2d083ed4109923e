import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/cli/demo/client.ts'
import { paper } from '../../src/cli/demo/offices.ts'
import { acceptInvitation, signIn } from '../../src/cli/demo/people.ts'
import type { WalkedStep, Walker } from '../../src/cli/demo/walk.ts'
import { apply, walk } from '../../src/cli/demo/walk.ts'
import { dataDirectory, startDemo } from '../support/installation.ts'

/** An office loads an SOP that nobody wrote code for and works by it, over the public interface alone. */
let demo: Awaited<ReturnType<typeof startDemo>>
let data: Awaited<ReturnType<typeof dataDirectory>>
const base = '/api/v1/offices/kukar'

before(async () => {
  data = await dataDirectory()
  demo = await startDemo(data.path)
})
after(async () => {
  await demo.stop()
  await data.remove()
})

async function as(role: string): Promise<Walker> {
  const account = demo.report.accounts.find((each) => each.role === role && each.office === 'kukar')!
  return { role, login: account.login, client: await signIn(demo.report.url, account, () => {}) }
}

/** Sends the file as a script would: with an API token. */
async function upload(admin: Client, source: string): Promise<{ id: string; version: number }> {
  const { token } = await admin.send<{ token: string }>('POST', `${base}/tokens`, {
    name: 'Uji SOP',
    days: 1,
  })
  const response = await fetch(`${demo.report.url}${base}/sops`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/yaml' },
    body: source,
  })
  assert.equal(response.status, 201, await response.clone().text())
  return (await response.json()) as { id: string; version: number }
}

type Document = {
  readonly actors: readonly { readonly id: string; readonly party: string }[]
  readonly steps: readonly { readonly actor: string; readonly decision?: unknown }[]
}

/** Loads the file and gives every column of the office to somebody: each one that decides to a person of its own. */
async function load(admin: Client, file: string): Promise<{ id: string; people: readonly Walker[] }> {
  const source = await readFile(new URL(`../fixtures/sops/${file}`, import.meta.url), 'utf8')
  const saved = await upload(admin, source)
  const { document } = await admin.get<{ document: Document }>(
    `${base}/sops/${saved.id}/versions/${saved.version}`,
  )
  const columns = document.actors.filter(({ party }) => party !== 'applicant').map(({ id }) => id)
  const decides = (column: string) => document.steps.some((step) => step.actor === column && step.decision)
  const deciding = columns.filter(decides)
  const logins = ['bersama', ...deciding].map((column) => `${column}@kukar.example`)
  const people = await Promise.all(logins.map((login) => join(admin, login)))
  const { items } = await admin.get<{ items: { id: string; email: string }[] }>(`${base}/people?limit=100`)
  const idOf = (login: string) => items.find(({ email }) => email === login)!.id
  await admin.send(
    'PUT',
    `${base}/sops/${saved.id}/actors`,
    Object.fromEntries(columns.map((id) => [id, [idOf(logins[deciding.indexOf(id) + 1]!)]])),
  )
  await admin.send('POST', `${base}/sops/${saved.id}/versions/${saved.version}/publish`, {})
  return { id: saved.id, people }
}

/** Another operator of the office, invited with the letter behind the role. */
async function join(admin: Client, login: string): Promise<Walker> {
  const since = new Date(Date.now() - 1_000)
  const person = { office: 'kukar', role: 'operator', login, name: 'Petugas Contoh' } as const
  await admin.send('POST', `${base}/invitations`, {
    name: person.name,
    email: login,
    role: 'operator',
    ...paper,
  })
  const { client } = await acceptInvitation(demo.report.url, `${data.path}/outbox`, since, person)
  return { role: 'operator', login, client }
}

test('an SOP of 40 steps and 12 actors, with loops and documents to wait for, runs to a live service', async () => {
  const [admin, applicant] = await Promise.all([as('administrator'), as('applicant')])
  const { id, people } = await load(admin.client, 'besar-empat-puluh-langkah.yaml')
  const steps: WalkedStep[] = []
  const ticket = await apply('kukar', applicant, 'kukarkab.example', undefined, (step) => steps.push(step))
  const view = await walk(
    'kukar',
    ticket,
    [applicant, ...people],
    (step) => steps.push(step),
    () => {},
  )
  assert.equal(view.ending, 'completed')
  const served = await people[0]!.client.get<{ sop: { id: string } }>(`${base}/requests/${ticket}`)
  assert.equal(served.sop.id, id)
  assert.ok(steps.length >= 25, `only ${steps.length} steps were walked`)
  const answer = await people[0]!.client.get<{ items: { name: string }[] }>(`${base}/services`)
  assert.ok(JSON.stringify(answer).includes(view.name!))
})
