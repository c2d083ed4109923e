import { z } from '@hono/zod-openapi'
import { notFound } from '../../../actions/act.ts'
import { noteReading } from '../../../actions/oversight/note-reading.ts'
import { voidLetter } from '../../../actions/letters/void-letter.ts'
import { inScope } from '../../../db/database.ts'
import { readDocument } from '../../../db/documents.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { listIncoming, listRegister, readRegistered } from '../../../db/letters/register.ts'
import type { Locale } from '../../../domain/refused.ts'
import { download } from '../../download.ts'
import { voidForm } from '../../pages/oversight/letters.tsx'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, pdfAnswer } from '../api.ts'
import { registerBooksApi } from './register-books.ts'
import { cutPage, pageOf, pageQuery, readNumbers, readRegisterPlace, registerPlaceOf } from '../paging.ts'
import { incomingSheet, letterSheet } from '../../sheets/papers.ts'

export const certificateAnswer = z
  .object({
    commonName: z.string(),
    issuer: z.string(),
    serial: z.string(),
    notBefore: z.iso.datetime(),
    notAfter: z.iso.datetime(),
  })
  .openapi('SignerCertificate')

/** What stamps the time of a signature. */
export const timeStampAnswer = z
  .union([
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('bad'), why: z.string() }),
    z.object({
      kind: z.literal('good'),
      at: z.iso.datetime(),
      authority: z.string(),
      issuer: z.string(),
      policy: z.string(),
    }),
  ])
  .openapi('TimeStamp')

const letterAnswer = z
  .object({
    id: z.uuid(),
    register: z.enum(['incoming', 'outgoing', 'hand-over']),
    number: z.string(),
    dated: z.iso.date(),
    kind: z.string(),
    status: z.enum(['numbered', 'awaiting', 'issued', 'voided']),
    code: z.string(),
    sha256: z.string().nullable(),
    request: z.string().nullable(),
    agency: z.string().nullable(),
    voidReason: z.string().nullable(),
    trouble: z.string().nullable().openapi({ description: 'Why it could not be set or issued yet.' }),
    signatory: z.string().nullable(),
    signedAt: z.iso.datetime().nullable(),
    certificate: certificateAnswer.nullable(),
    timeStamp: timeStampAnswer.nullable(),
    replacedBy: z.string().nullable(),
    destroyed: z.object({ on: z.iso.date(), number: z.string() }).nullable(),
    archive: z.object({
      number: z.string().nullable(),
      date: z.iso.date().nullable(),
      link: z.string().nullable(),
    }),
  })
  .openapi('RegisteredLetter')

const incomingAnswer = z
  .object({
    number: z.string(),
    receivedAt: z.iso.datetime(),
    theirNumber: z.string().nullable(),
    theirDate: z.string().nullable(),
    request: z.string(),
    agency: z.string(),
  })
  .openapi('IncomingLetter')

const letterParams = officeParams({ letter: z.uuid() })

/** The registers of letters over the API. */
export function registerLettersApi(api: Api): void {
  registerLists(api)
  registerLetter(api)
  registerBooksApi(api)
}

function registerLists(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/letters',
      summary: 'Register of outgoing letters or of hand-over notes, newest first',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({ register: z.enum(['outgoing', 'hand-over']).default('outgoing') }),
      },
      responses: { 200: jsonOf('A page of letters.', pageOf(letterAnswer)) },
    },
    async (c) => {
      const { limit, cursor, register } = c.req.valid('query')
      const before = readRegisterPlace(cursor)
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listRegister(tx, register, { limit: limit + 1, before }),
      )
      const page = cutPage(rows, limit, registerPlaceOf)
      return c.json(
        { items: page.rows.map((row) => answerOf(row, c.get('visitor').locale)), next: page.next },
        200,
      )
    },
    { sheet: (reader, c) => letterSheet(reader, c.req.valid('query').register) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/incoming-letters',
      summary: 'Register of incoming letters, newest first',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('A page of letters.', pageOf(incomingAnswer)) },
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const before = readNumbers(cursor, 1)?.[0]
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listIncoming(tx, { limit: limit + 1, before }),
      )
      const page = cutPage(rows, limit, (row) => [String(row.event)])
      const items = page.rows.map((row) => ({
        number: row.number,
        receivedAt: row.receivedAt.toISOString(),
        theirNumber: row.theirNumber,
        theirDate: row.theirDate,
        request: row.ticket,
        agency: row.agency,
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader) => incomingSheet(reader) },
  )
}

function registerLetter(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/letters/{letter}',
      summary: 'One letter of the register',
      request: { params: letterParams },
      responses: { 200: jsonOf('The letter.', letterAnswer) },
    },
    async (c) => {
      const { letter: id } = c.req.valid('param')
      const letter = await inScope(deps.db, c.get('member'), (tx) => readRegistered(tx, id))
      if (!letter) throw notFound()
      return c.json(answerOf(letter, c.get('visitor').locale), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/letters/{letter}/file',
      summary: 'The PDF of an issued letter',
      request: { params: letterParams },
      responses: {
        200: pdfAnswer,
      },
    },
    async (c) => {
      const file = await inScope(deps.db, c.get('member'), async (tx) => {
        const letter = await readRegistered(tx, c.req.valid('param').letter)
        return letter?.documentId ? readDocument(tx, letter.documentId) : undefined
      })
      if (!file) throw notFound()
      await noteReading(deps, c.get('member'), file.id)
      return download(file)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/letters/{letter}/void',
      summary: 'Void a letter; its number stays used',
      request: {
        params: letterParams,
        body: { required: true, content: { 'application/json': { schema: voidForm } } },
      },
      responses: { 200: jsonOf('The voided letter.', letterAnswer) },
    },
    async (c) => {
      const { letter: id } = c.req.valid('param')
      const member = c.get('member')
      await voidLetter(deps, member, id, c.req.valid('json').reason)
      const letter = await inScope(deps.db, member, (tx) => readRegistered(tx, id))
      return c.json(answerOf(letter!, c.get('visitor').locale), 200)
    },
  )
}

const answerOf = (row: RegisteredLetter, locale: Locale): z.infer<typeof letterAnswer> => ({
  id: row.id,
  register: row.register,
  number: row.number,
  dated: row.dated,
  kind: row.kind,
  status: row.status,
  code: row.code,
  sha256: row.sha256,
  request: row.ticket,
  agency: row.agency,
  voidReason: row.voidReason,
  trouble: row.trouble?.text[locale] ?? null,
  signatory: row.signatory,
  signedAt: row.signedAt?.toISOString() ?? null,
  certificate: row.certificate,
  timeStamp: row.timeStamp,
  replacedBy: row.replacedBy,
  destroyed: row.destroyed,
  archive: { number: row.archiveNumber, date: row.archiveDate, link: row.archiveLink },
})
