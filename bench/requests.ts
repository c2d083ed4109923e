import { Agent, get } from 'node:http'
import { Hono } from 'hono'
import { attachDocument } from '../src/actions/requests/attach-document.ts'
import { createDraft } from '../src/actions/requests/save-draft.ts'
import { submitRequest } from '../src/actions/requests/submit-request.ts'
import { listenHttp } from '../src/http/listen.ts'
import type { TestApp } from '../test/support/app.ts'
import { createTestApp, testOrigin } from '../test/support/app.ts'
import type { TestOffice } from '../test/support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../test/support/office.ts'
import { signedIn } from '../test/support/session.ts'
import type { Row } from './report.ts'
import { pairs, percentile } from './report.ts'

/** Browsers that ask at once, each waiting for its answer before it asks again. */
const clients = 16
/** Requests that the list page shows. */
const requestsInList = 30
const samplePaper = {
  filename: 'surat.pdf',
  mediaType: 'application/pdf',
  content: { pages: 1, carries: [] },
  bytes: samplePdf,
} as const

/**
 * Pages and API answers per second for a signed-in operator, over real sockets, against a bare Hono server that
 * answers as many bytes without doing anything. The asking is done by the same process for both sides.
 */
export async function requests(): Promise<readonly Row[]> {
  const ours = await openPages()
  const bare = await listenHttp('127.0.0.1', 0)
  try {
    bare.serve(bytes().fetch)
    const rows: Row[] = []
    for (const [name, path] of ours.paths) {
      const size = await ours.ask(path)
      const baseline = () => ask(ours.agent, bare.port, `/${size}`, {})
      rows.push(await compare(name, () => ours.ask(path), baseline))
    }
    return rows
  } finally {
    await Promise.all([ours.close(), bare.close()])
  }
}

export type Pages = {
  readonly portal: TestApp
  readonly agent: Agent
  readonly paths: readonly (readonly [name: string, path: string])[]
  readonly ask: (path: string) => Promise<number>
  readonly close: () => Promise<void>
}

/** A portal on a real socket with an office, its requests, and an operator who asks for pages. */
export async function openPages(): Promise<Pages> {
  const portal = await createTestApp()
  const server = await listenHttp('127.0.0.1', 0)
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const office = await createTestOffice(portal.deps, 'bench', sop)
  const tickets = await fill(portal, office)
  server.serve(portal.app.fetch)
  const operator = await signedIn(portal, office.member('operator'))
  const cookie = [...operator.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { host: new URL(testOrigin).host, cookie }
  return {
    portal,
    agent,
    paths: pathsOf(office, tickets[0]!),
    ask: (path: string) => ask(agent, server.port, path, headers),
    close: async () => {
      agent.destroy()
      await server.close()
      await portal.close()
    },
  }
}

const pathsOf = (office: TestOffice, ticket: string) =>
  [
    ['page with the list of requests', `/o/${office.slug}/permohonan`],
    ['page of one request', `/o/${office.slug}/permohonan/${ticket}`],
    ['API answer about one request', `/api/v1/offices/${office.slug}/requests/${ticket}`],
  ] as const

async function fill({ deps }: TestApp, office: TestOffice): Promise<readonly string[]> {
  const applicant = office.member('applicant')
  const tickets: string[] = []
  for (let number = 0; number < requestsInList; number += 1) {
    const { ticket } = await createDraft(deps, applicant, {
      kind: 'subdomain-hosting',
      agencyId: office.agencyId,
      zoneId: office.zoneId,
      application: sampleApplication(`bench-${number}`),
    })
    for (const kind of ['application-letter', 'application-form'])
      await attachDocument(deps, applicant, ticket, { ...samplePaper, kind })
    await submitRequest(deps, applicant, ticket)
    tickets.push(ticket)
  }
  return tickets
}

/** Answers `/N` with N bytes. */
function bytes(): Hono {
  const app = new Hono()
  app.get('/:size', (context) => context.body('x'.repeat(Number(context.req.param('size')))))
  return app
}

async function compare(
  name: string,
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<Row> {
  const times = { ours: [] as number[], bare: [] as number[] }
  const timed = (ask: () => Promise<unknown>, into: number[]) => async () => {
    const started = performance.now()
    await ask()
    into.push(performance.now() - started)
  }
  const row = await pairs(name, clients, timed(ours, times.ours), timed(bare, times.bare), null)
  return {
    ...row,
    ours: `${row.ours}, p99 ${percentile(times.ours, 0.99).toFixed(0)} ms`,
    baseline: `${row.baseline}, p99 ${percentile(times.bare, 0.99).toFixed(0)} ms`,
  }
}

/** @returns how many bytes the body had */
function ask(
  agent: Agent,
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
      let size = 0
      response.on('data', (chunk: Buffer) => void (size += chunk.length))
      response.on('end', () =>
        response.statusCode === 200 ? resolve(size) : reject(new Error(`${path}: ${response.statusCode}`)),
      )
    }).on('error', reject)
  })
}
