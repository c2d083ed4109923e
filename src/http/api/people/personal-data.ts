import { z } from '@hono/zod-openapi'
import { erasePerson, readPersonalData } from '../../../actions/people/personal-data.ts'
import { erasureInput } from '../../../domain/access/personal-data.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'

const params = officeParams({ person: z.string().max(100) })
const heldAnswer = z
  .object({
    person: z.object({ id: z.string(), name: z.string(), email: z.string(), active: z.boolean() }),
    held: z.array(z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })),
    readers: z
      .array(
        z.object({
          at: z.iso.datetime(),
          act: z.string(),
          person: z.string().nullable(),
          role: z.string(),
          subject: z.object({ kind: z.string(), id: z.string() }),
        }),
      )
      .openapi({ description: 'Who saw their data, the newest first.' }),
  })
  .openapi('PersonalData', { description: 'Every row in which the person stands, without what is secret.' })

/** What is held on a person, and its erasure, over the API. */
export function registerPersonalDataApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/people/{person}/data',
      summary:
        'Everything that the office holds on a person; for themselves and administrators, and recorded',
      request: { params },
      responses: { 200: jsonOf('What is held.', heldAnswer) },
    },
    async (c) => {
      const found = await readPersonalData(deps, c.get('member'), c.req.valid('param').person)
      const held = found.held.map(({ table, rows }) => ({ table, rows: [...rows] }))
      const readers = found.readers.map((each) => ({ ...each, at: each.at.toISOString() }))
      return c.json({ person: found.person, held, readers }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/people/{person}/erasure',
      summary: 'Erase what the office holds on a person, at their request',
      request: {
        params,
        body: { required: true, content: { 'application/json': { schema: erasureInput } } },
      },
      responses: {
        200: jsonOf(
          'Erased; in how many rows of which table the address still stands, as archive.',
          z.object({ kept: z.record(z.string(), z.int()) }),
        ),
      },
    },
    async (c) => {
      const { reference } = c.req.valid('json')
      const { kept } = await erasePerson(deps, c.get('member'), c.req.valid('param').person, reference)
      return c.json({ kept: { ...kept } }, 200)
    },
  )
}
