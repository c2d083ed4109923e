import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Client } from '../../src/cli/demo/client.ts'
import { signIn } from '../../src/cli/demo/people.ts'
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

/** Loads the file, maps every actor of the office to the operator, and puts it into force. */
async function load(admin: Client, file: string): Promise<string> {
  const source = await readFile(new URL(`../fixtures/sops/${file}`, import.meta.url), 'utf8')
  const saved = await upload(admin, source)
  const review = await admin.get<{ document: { actors: { id: string; party: string }[] } }>(
    `${base}/sops/${saved.id}/versions/${saved.version}`,
  )
  const people = await admin.get<{ items: { id: string; roles: string[] }[] }>(`${base}/people`)
  const operator = people.items.find((each) => each.roles.includes('operator'))!
  const actors = review.document.actors.filter((actor) => actor.party !== 'applicant')
  await admin.send(
    'PUT',
    `${base}/sops/${saved.id}/actors`,
    Object.fromEntries(actors.map(({ id }) => [id, [operator.id]])),
  )
  await admin.send('POST', `${base}/sops/${saved.id}/versions/${saved.version}/publish`, {})
  return saved.id
}

test('an SOP of 40 steps and 12 actors, with loops and documents to wait for, runs to a live service', async () => {
  const [admin, operator, applicant] = await Promise.all([
    as('administrator'),
    as('operator'),
    as('applicant'),
  ])
  const id = await load(admin.client, 'besar-empat-puluh-langkah.yaml')
  const steps: WalkedStep[] = []
  const ticket = await apply('kukar', applicant, 'kukarkab.example', undefined, (step) => steps.push(step))
  const view = await walk(
    'kukar',
    ticket,
    [applicant, operator],
    (step) => steps.push(step),
    () => {},
  )
  assert.equal(view.ending, 'completed')
  const served = await operator.client.get<{ sop: { id: string } }>(`${base}/requests/${ticket}`)
  assert.equal(served.sop.id, id)
  assert.ok(steps.length >= 25, `only ${steps.length} steps were walked`)
  const answer = await operator.client.get<{ items: { name: string }[] }>(`${base}/services`)
  assert.ok(JSON.stringify(answer).includes(view.name!))
})
