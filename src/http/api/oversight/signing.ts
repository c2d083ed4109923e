import { z } from '@hono/zod-openapi'
import { declineSigning } from '../../../actions/letters/decline-signing.ts'
import { askStamp } from '../../../actions/letters/ask-stamp.ts'
import { reassignLetter } from '../../../actions/letters/reassign-letter.ts'
import { archiveReference, setArchiveReference } from '../../../actions/letters/set-archive-reference.ts'
import { notFound } from '../../../actions/act.ts'
import { inScope } from '../../../db/database.ts'
import { readLetter } from '../../../db/letters/letters.ts'
import { listWaiting, readSigning } from '../../../db/letters/signings.ts'
import { settlement } from '../../../domain/letters/signing.ts'
import { download } from '../../download.ts'
import { declineForm } from '../../pages/oversight/sign-letter.tsx'
import { signForMember } from '../../signing.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, pdfAnswer } from '../api.ts'
import { waitingSheet } from '../../sheets/papers.ts'

const letterParams = officeParams({ letter: z.uuid() })
const done = { 200: jsonOf('Done.', z.object({ done: z.boolean() })) }
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const waitingAnswer = z
  .object({
    id: z.uuid(),
    number: z.string(),
    kind: z.string(),
    dated: z.iso.date(),
    request: z.string().nullable(),
    agency: z.string().nullable(),
    since: z.iso.datetime(),
  })
  .openapi('WaitingLetter')
const signBody = z.strictObject({
  passphrase: z.string().max(200).default(''),
  settle: settlement.optional(),
})

/** Letters that wait for a signature, over the API. */
export function registerSigningApi(api: Api): void {
  registerWaiting(api)
  registerSign(api)
  registerOtherActs(api)
}

function registerWaiting(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/signatures',
      summary: 'Letters that wait for the signature of whoever asks, the oldest first',
      request: { params: officeParams({}) },
      responses: { 200: jsonOf('The letters.', z.object({ items: z.array(waitingAnswer) })) },
    },
    async (c) => {
      const member = c.get('member')
      const rows = await inScope(deps.db, member, (tx) => listWaiting(tx, member.personId))
      const items = rows.map(({ ticket, since, ...row }) => ({
        ...row,
        request: ticket,
        since: since.toISOString(),
      }))
      return c.json({ items }, 200)
    },
    { sheet: (reader) => waitingSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/letters/{letter}/unsigned-file',
      summary: 'The PDF that waits for a signature, exactly as it will be signed',
      request: { params: letterParams },
      responses: {
        200: pdfAnswer,
      },
    },
    async (c) => {
      const { letter: id } = c.req.valid('param')
      const found = await inScope(deps.db, c.get('member'), async (tx) => ({
        signing: await readSigning(tx, id),
        letter: await readLetter(tx, id),
      }))
      if (!found.signing || !found.letter) throw notFound()
      const filename = `${found.letter.verification_code}.pdf`
      return download({ filename, mediaType: 'application/pdf', bytes: found.signing.pdf })
    },
  )
}

function registerSign(api: Api): void {
  officeRoute(
    api,
    {
      // PUT: done once by its nature, so that no digest of a body with a passphrase is kept for an Idempotency-Key
      method: 'put',
      path: '/letters/{letter}/signature',
      summary: 'Sign a letter as the person who holds the office; the passphrase is kept nowhere',
      request: { params: letterParams, body: json(signBody) },
      responses: {
        200: jsonOf(
          'Signed, and issued or waiting for its time stamp.',
          z.object({ done: z.boolean(), letter: z.enum(['issued', 'awaits-stamp']) }),
        ),
      },
    },
    async (c) => {
      const { letter: id } = c.req.valid('param')
      const letter = await signForMember(api.deps, c.get('member'), id, c.req.valid('json'))
      return c.json({ done: true, letter }, 200)
    },
  )
}

function registerOtherActs(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/letters/{letter}/decline',
      summary: 'Give a letter back unsigned; its number stays used',
      request: { params: letterParams, body: json(z.strictObject(declineForm.shape)) },
      responses: done,
    },
    async (c) => {
      await declineSigning(deps, c.get('member'), c.req.valid('param').letter, c.req.valid('json').reason)
      return c.json({ done: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/letters/{letter}/reassign',
      summary: 'Set a letter that waits anew for whoever holds the office today',
      request: { params: letterParams },
      responses: done,
    },
    async (c) => {
      await reassignLetter(deps, c.get('member'), c.req.valid('param').letter)
      return c.json({ done: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/letters/{letter}/time-stamp',
      summary: 'Ask now for the time stamp that a signed letter waits for',
      request: { params: letterParams },
      responses: done,
    },
    async (c) => {
      await askStamp(deps, c.get('member'), c.req.valid('param').letter)
      return c.json({ done: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/letters/{letter}/archive-reference',
      summary: 'Note number, date and link of a letter in the national archive (SRIKANDI)',
      request: { params: letterParams, body: json(z.strictObject(archiveReference.shape)) },
      responses: done,
    },
    async (c) => {
      await setArchiveReference(deps, c.get('member'), c.req.valid('param').letter, c.req.valid('json'))
      return c.json({ done: true }, 200)
    },
  )
}
