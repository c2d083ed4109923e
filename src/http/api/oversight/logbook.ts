import { z } from '@hono/zod-openapi'
import { inScope } from '../../../db/database.ts'
import { readHead } from '../../../db/logbook.ts'
import { listEntries } from '../../../db/oversight/logbook.ts'
import { checkLogbook } from '../../../lookups/logbook.ts'
import { exportAnswer, filterOf, registerAnswer } from '../../logbook.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, pdfAnswer } from '../api.ts'
import { cutPage, pageOf, pageQuery, readNumbers } from '../paging.ts'
import { logbookSheet } from '../../sheets/papers.ts'

const entryAnswer = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    act: z.string(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    role: z.string(),
    person: z.string().nullable(),
    prev: z.string(),
    hash: z.string(),
    text: z.string().openapi({ description: 'The canonical text, exactly as it was hashed.' }),
  })
  .openapi('LogbookEntry')

export const headAnswer = z.object({ entries: z.int(), head: z.string() }).openapi('LogbookHead')

const verdictAnswer = z
  .object({
    ok: z.boolean(),
    entries: z.int().openapi({ description: 'Good entries from the first on.' }),
    head: z.string().optional(),
    firstBad: z.int().optional(),
    why: z.string().optional(),
  })
  .openapi('LogbookVerdict')

/** The logbook over the API: head, entries, check, export. */
export function registerLogbookApi(api: Api): void {
  registerEntries(api)
  registerProofs(api)
}

function registerEntries(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook',
      summary: 'Entries of the logbook, newest first',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({
          act: z
            .string()
            .max(100)
            .optional()
            .openapi({ description: 'One act, or `readings`: every reading of personal data.' }),
          whose: z
            .string()
            .max(254)
            .optional()
            .openapi({ description: 'Readings of the data of the person with this e-mail address.' }),
          subject: z.string().max(300).optional(),
          from: z.string().max(10).optional().openapi({ description: 'First day, in the office’s zone.' }),
          to: z.string().max(10).optional().openapi({ description: 'Last day, in the office’s zone.' }),
        }),
      },
      responses: { 200: jsonOf('A page of entries.', pageOf(entryAnswer)) },
    },
    async (c) => {
      const { limit, cursor, ...question } = c.req.valid('query')
      const filter = filterOf(question, c.get('office').timezone)
      const before = readNumbers(cursor, 1)?.[0]
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listEntries(tx, filter, { limit: limit + 1, before }),
      )
      const page = cutPage(rows, limit, (row) => [String(row.seq)])
      const items = page.rows.map((row) => ({
        seq: row.seq,
        at: row.at.toISOString(),
        act: row.act,
        subject: row.subject,
        role: row.role,
        person: row.person,
        prev: row.prev,
        hash: row.hash,
        text: row.text,
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader, c) => logbookSheet(reader, c.req.valid('query')) },
  )
}

function registerProofs(api: Api): void {
  const { deps } = api
  const request = { params: officeParams({}) }
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/head',
      summary: 'Head of the logbook',
      request,
      responses: { 200: jsonOf('The head.', headAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const { seq, hash } = await inScope(deps.db, member, (tx) => readHead(tx, member.officeId))
      return c.json({ entries: seq, head: hash }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/verdict',
      summary: 'Check of the whole chain against its head',
      request,
      responses: { 200: jsonOf('What was found.', verdictAnswer) },
    },
    async (c) => {
      const found = await checkLogbook(deps.db, c.get('member').officeId)
      if (found.ok) return c.json(found, 200)
      const why = found.text[c.get('visitor').locale]
      return c.json({ ok: false, entries: found.entries, firstBad: found.seq, why }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/export',
      summary: 'The whole logbook as an export file (docs/logbook-format.md)',
      request,
      responses: {
        200: { description: 'application/x-ndjson: one JSON document a line, as a download.' },
      },
    },
    (c) => exportAnswer(deps, c.get('member'), c.get('office')),
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/register',
      summary: 'The printable register of a period as a PDF',
      request: {
        ...request,
        query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
      },
      responses: {
        200: pdfAnswer,
      },
    },
    (c) => registerAnswer(deps, c.get('member'), c.get('office'), c.req.valid('query')),
  )
}
