import { z } from '@hono/zod-openapi'
import { askKeyRenewal } from '../../../actions/oversight/ask-key-renewal.ts'
import { addWitness } from '../../../actions/oversight/add-witness.ts'
import { endWitness } from '../../../actions/oversight/end-witness.ts'
import { recordCosignature } from '../../../actions/oversight/record-cosignature.ts'
import { notFound } from '../../../actions/act.ts'
import { inScope } from '../../../db/database.ts'
import { listHandovers } from '../../../db/logbook-tree/checkpoints.ts'
import { listWitnesses } from '../../../db/logbook-tree/witnesses.ts'
import { cosignatureInput, witnessInput } from '../../../domain/access/witnesses.ts'
import {
  checkpointNote,
  consistencyFile,
  entryReceipt,
  letterReceipt,
  orSoon,
  readCheckpoint,
} from '../../checkpoints.ts'
import { findLetter } from '../../public-facts.ts'
import { requireOffice } from '../../visitor.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, publicRoute } from '../api.ts'

const witnessAnswer = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    vkey: z.string(),
    since: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    last: z.object({ size: z.int(), at: z.iso.datetime() }).nullable(),
  })
  .openapi('Witness')

const nameAnswer = z
  .object({
    origin: z.string(),
    vkey: z.string(),
    since: z.iso.datetime(),
    entries: z.int().openapi({ description: 'Entries of the logbook when the name began.' }),
    endedAt: z.iso.datetime().nullable(),
    why: z.enum(['restored', 'entries-lost', 'renewed']).nullable(),
    handover: z
      .string()
      .nullable()
      .openapi({ description: 'The note by which the key before handed over to this one.' }),
  })
  .openapi('SigningName')

const office = z.object({ office: z.string() })
const textFile = (description: string) => ({
  description,
  content: { 'text/plain': { schema: z.string() } },
})
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Checkpoints, proofs, receipts and witnesses over the API (docs/logbook-format.md, sections 7 to 10). */
export function registerCheckpointsApi(api: Api): void {
  registerPublished(api)
  registerHandovers(api)
  registerPublicProofs(api)
  registerReceipts(api)
  registerWitnesses(api)
}

function registerPublished(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/offices/{office}/logbook/checkpoint',
      summary: 'The newest checkpoint of the logbook with its cosignatures (C2SP tlog-checkpoint)',
      request: { params: office },
      responses: { 200: textFile('The checkpoint, a signed note.') },
    },
    async (c) => {
      const { id } = await requireOffice(deps, c.req.valid('param').office)
      return c.text(await checkpointNote(deps.db, id), 200)
    },
  )
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/offices/{office}/logbook/keys',
      summary:
        'Under which name and key the office signs its logbook, which it used before, and its witnesses',
      request: { params: office },
      responses: {
        200: jsonOf(
          'The names, the one in use first, and the witnesses.',
          z.object({
            names: z.array(nameAnswer),
            witnesses: z.array(witnessAnswer.pick({ organisation: true, vkey: true, last: true })),
          }),
        ),
      },
    },
    async (c) => {
      const { id } = await requireOffice(deps, c.req.valid('param').office)
      const { names } = await readCheckpoint(deps.db, id)
      const witnesses = await inScope(deps.db, { officeId: id }, listWitnesses)
      return c.json(
        {
          names: names.map(({ origin, vkey, since, entries, endedAt, endReason, handover }) => ({
            origin,
            vkey,
            since: since.toISOString(),
            entries,
            endedAt: endedAt?.toISOString() ?? null,
            why: endReason,
            handover,
          })),
          witnesses: witnesses
            .filter(({ endedAt }) => endedAt === null)
            .map(({ organisation, vkey, last }) => ({ organisation, vkey, last: lastOf(last) })),
        },
        200,
      )
    },
  )
}

function registerHandovers(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/offices/{office}/logbook/handovers',
      summary: 'The notes by which one signing key handed over to the next, the oldest first',
      request: { params: office },
      responses: { 200: textFile('Signed notes (docs/logbook-format.md, section 8); empty without any.') },
    },
    async (c) => {
      const { id } = await requireOffice(deps, c.req.valid('param').office)
      return c.text((await inScope(deps.db, { officeId: id }, listHandovers)).join(''), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/logbook/key-renewal',
      summary: 'Replace the key that signs the logbook; the new one is in use within a minute',
      request: { params: officeParams({}) },
      responses: { 201: jsonOf('Asked for.', z.object({ origin: z.string() })) },
    },
    async (c) => c.json(await askKeyRenewal(deps, c.get('member')), 201),
  )
}

const lastOf = (last: { size: number; at: Date } | null) =>
  last && { size: last.size, at: last.at.toISOString() }

function registerPublicProofs(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/offices/{office}/logbook/consistency',
      summary: 'The proof that a checkpoint, or the newest one, continues an older one',
      request: {
        params: office,
        query: z.object({
          from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
          to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
        }),
      },
      responses: {
        200: textFile('The proof with the newer checkpoint (docs/logbook-format.md, section 10).'),
      },
    },
    async (c) => {
      const { id } = await requireOffice(deps, c.req.valid('param').office)
      return c.text(await consistencyFile(deps.db, id, c.req.valid('query')), 200)
    },
  )
  publicRoute(
    api,
    {
      method: 'post',
      path: '/public/offices/{office}/logbook/cosignatures',
      summary:
        'Send back the cosignature of a witness that the office knows; its signature is the permission',
      request: { params: office, body: json(cosignatureInput) },
      responses: { 201: jsonOf('Taken.', z.object({ taken: z.boolean() })) },
    },
    async (c) => {
      const { id } = await requireOffice(deps, c.req.valid('param').office)
      await recordCosignature(deps, id, c.req.valid('json'))
      return c.json({ taken: true }, 201)
    },
  )
}

function registerReceipts(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    {
      method: 'get',
      path: '/public/letters/{code}/receipt',
      summary: 'The receipt of the entry that issued a letter, to check offline (C2SP tlog-proof)',
      request: { params: z.object({ code: z.string().max(60) }) },
      responses: { 200: textFile('The receipt.') },
    },
    async (c) => {
      const found = await findLetter(deps.db, c.req.valid('param').code)
      if (found?.letter.sha256 == null) throw notFound()
      return c.text(orSoon(await letterReceipt(deps.db, found)).file, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/{seq}/receipt',
      summary: 'The receipt of an entry of the logbook, to check offline (C2SP tlog-proof)',
      request: { params: officeParams({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }) },
      responses: { 200: textFile('The receipt.') },
    },
    async (c) => {
      const { file } = await entryReceipt(deps.db, c.get('member').officeId, c.req.valid('param').seq)
      return c.text(file, 200)
    },
  )
}

function registerWitnesses(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/logbook/witnesses',
      summary: 'Who cosigns the checkpoints of the logbook',
      request: { params: officeParams({}) },
      responses: { 200: jsonOf('The witnesses.', z.object({ items: z.array(witnessAnswer) })) },
    },
    async (c) => {
      const rows = await inScope(deps.db, c.get('member'), listWitnesses)
      const items = rows.map(({ since, endedAt, last, ...row }) => ({
        ...row,
        since: since.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        last: lastOf(last),
      }))
      return c.json({ items }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/logbook/witnesses',
      summary: 'Begin to take the cosignatures of a witness',
      request: { params: officeParams({}), body: json(witnessInput) },
      responses: { 201: jsonOf('Added.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await addWitness(deps, c.get('member'), c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/logbook/witnesses/{witness}/end',
      summary: 'Take no more cosignatures of a witness',
      request: { params: officeParams({ witness: z.uuid() }) },
      responses: { 200: jsonOf('Ended.', z.object({ ended: z.boolean() })) },
    },
    async (c) => {
      await endWitness(deps, c.get('member'), c.req.valid('param').witness)
      return c.json({ ended: true }, 200)
    },
  )
}
