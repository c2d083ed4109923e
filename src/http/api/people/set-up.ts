import { createRoute, z } from '@hono/zod-openapi'
import { notFound } from '../../../actions/act.ts'
import { createOffice } from '../../../actions/people/create-office.ts'
import { requireSetupCode, setUpInstallation } from '../../../actions/people/set-up-installation.ts'
import { listOffices } from '../../../db/people.ts'
import { officeInput, personEmail, personName } from '../../../domain/access/people.ts'
import { namesOfOffice, requireStrongPassword } from '../../auth/own-password.ts'
import { limitTries } from '../../auth/limit-tries.ts'
import { invitationLinks } from '../../links.ts'
import { chosenSop, firstSops, officeOfSop } from '../../pages/people/office-fields.tsx'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, publicRoute } from '../api.ts'

const sopFile = z.string().max(200).openapi({ description: 'File in `sops/`; see GET /sops.' })
const officeBody = z
  .strictObject({
    slug: z.string(),
    zone: z.string(),
    government: z.string(),
    name: z.string(),
    unit: z.string(),
    region: z.string(),
    place: z.string(),
    timezone: z.string(),
  })
  .partial()
  .required({ slug: true, zone: true })
  .openapi('NewOffice', { description: 'What is left out is taken from the SOP.' })
const created = z.object({ office: z.string() })
const shipped = z.object({ file: z.string(), name: z.string(), region: z.string(), timezone: z.string() })

/** First run over the API, and further offices. */
export function registerSetUpApi(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'get',
      path: '/sops',
      summary: 'SOPs that come with the program and with which an office can begin',
      responses: { 200: jsonOf('SOPs that come with the program.', z.array(shipped)) },
    }),
    async (c) => {
      const sops = await firstSops(deps)
      return c.json(
        sops.map(({ file, document }) => ({
          file,
          name: document.identity.name,
          region: document.office.region,
          timezone: document.office.timezone,
        })),
        200,
      )
    },
  )
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/setup',
      summary: 'Create the first office and its administrator',
      request: {
        body: jsonOf(
          'The first office and its administrator; needs the code printed at start.',
          z.strictObject({
            code: z.string().max(200),
            sop: sopFile,
            office: officeBody,
            administrator: z.strictObject({
              name: z.string(),
              email: z.string(),
              password: z.string().max(1000),
            }),
          }),
        ),
      },
      responses: { 201: jsonOf('The office that was created.', created) },
    }),
    async (c) => {
      if ((await listOffices(deps.db)).length > 0) throw notFound()
      const body = c.req.valid('json')
      await limitTries(deps, 'setup-code', c.get('visitor').address)
      requireSetupCode(body.code, deps.config.setupCode)
      const sop = await chosenSop(deps, body.sop)
      const office = officeInput.parse({ ...officeOfSop(sop), ...body.office })
      const person = z.object({ name: personName, email: personEmail }).parse(body.administrator)
      const places = namesOfOffice(office)
      await requireStrongPassword(body.administrator.password, { ...person, places })
      const passwordHash = await deps.auth.hashPassword(body.administrator.password)
      await setUpInstallation(deps, { office, sop, administrator: { ...person, passwordHash } })
      return c.json({ office: office.slug }, 201)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'post',
      path: '/offices',
      summary: 'Add another office; its administrator is invited by mail',
      request: {
        params: officeParams({}),
        body: jsonOf(
          'Another office; its administrator is invited by mail.',
          z.strictObject({
            sop: sopFile,
            office: officeBody,
            administrator: z.strictObject({ name: z.string(), email: z.string() }),
          }),
        ),
      },
      responses: { 201: jsonOf('The office that was added.', created) },
    }),
    async (c) => {
      const body = c.req.valid('json')
      const sop = await chosenSop(deps, body.sop)
      const office = officeInput.parse({ ...officeOfSop(sop), ...body.office })
      const administrator = z.object({ name: personName, email: personEmail }).parse(body.administrator)
      await createOffice(deps, c.var.member, { office, sop, administrator }, invitationLinks(deps))
      return c.json({ office: office.slug }, 201)
    },
  )
}
