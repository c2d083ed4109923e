import { z } from '@hono/zod-openapi'
import { appointSignatory } from '../../actions/letters/appoint-signatory.ts'
import { endSignatory } from '../../actions/letters/end-signatory.ts'
import { inScope } from '../../db/database.ts'
import { listSignatories } from '../../db/letters/signatories.ts'
import { signatoryInput } from '../../domain/letters/signing.ts'
import { endForm } from '../pages/office/signatories.tsx'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { signatorySheet } from '../sheets/office.ts'

const params = officeParams({})
const signatoryAnswer = z
  .object({
    id: z.uuid(),
    personId: z.string(),
    acting: z.enum(['Plt.', 'Plh.', 'a.n.']).nullable(),
    post: z.string(),
    name: z.string(),
    rank: z.string().nullable(),
    nip: z.string().nullable(),
    fromDay: z.iso.date(),
    untilDay: z.iso.date().nullable(),
    serverId: z.uuid().nullable(),
    certificateName: z.string().nullable(),
  })
  .openapi('Signatory', { description: 'Who signs for the office. The identity number is never answered.' })
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Who signs for the office, over the API. */
export function registerSignatoriesApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/signatories',
      summary: 'Who signs for the office, the latest appointment first',
      request: { params },
      responses: { 200: jsonOf('The signatories.', z.object({ items: z.array(signatoryAnswer) })) },
    },
    async (c) => {
      const rows = await inScope(deps.db, c.get('member'), (tx) => listSignatories(tx))
      const items = rows.map(({ sealedNik: _nik, serverName: _name, driver: _driver, ...row }) => row)
      return c.json({ items }, 200)
    },
    { sheet: (reader) => signatorySheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/signatories',
      summary: 'Appoint somebody who signs for the office, from one day on or for some days',
      request: { params, body: json(signatoryInput) },
      responses: { 201: jsonOf('Appointed.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await appointSignatory(deps, c.get('member'), c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/signatories/{signatory}/end',
      summary: 'End the term of a signatory with a day',
      request: {
        params: officeParams({ signatory: z.uuid() }),
        body: json(z.strictObject(endForm.shape)),
      },
      responses: { 200: jsonOf('Ended.', z.object({ ended: z.boolean() })) },
    },
    async (c) => {
      await endSignatory(deps, c.get('member'), c.req.valid('param').signatory, c.req.valid('json').untilDay)
      return c.json({ ended: true }, 200)
    },
  )
}
