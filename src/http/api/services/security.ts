import { z } from '@hono/zod-openapi'
import { answerChecklist, waiveFunction } from '../../../actions/services/security-checklist.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import type { Zone } from '../../../domain/dates/zones.ts'
import type { Locale } from '../../../domain/refused.ts'
import type { Checklist } from '../../../domain/security-checklist/checklist.ts'
import { checklistAnswers, waiverInput } from '../../../domain/security-checklist/checklist.ts'
import { CHECKLIST_VERDICTS, SECURITY_FUNCTIONS } from '../../../domain/security-checklist/functions.ts'
import type { Member } from '../../../actions/act.ts'
import { lookNow, openChecklist, rowsOf } from '../../services/security.ts'
import { openService } from '../../services/view.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'
import { checklistSheet } from '../../sheets/checklist.ts'

const finding = z.object({ ok: z.boolean(), text: z.string() })
const checklistAnswer = z
  .object({
    lookedAt: z.iso.datetime().nullable(),
    functions: z.array(
      z.object({
        letter: z.string().openapi({ description: 'Of BSSN 4/2021 article 27, a to m.' }),
        function: z.enum(SECURITY_FUNCTIONS),
        state: z.enum(['met', 'not-applicable', 'waived', 'open', 'unanswered']),
        verdict: z.enum(CHECKLIST_VERDICTS).nullable(),
        remark: z.string().nullable(),
        seen: z.array(finding),
        waiver: z.object({ reason: z.string(), until: z.iso.date(), at: z.iso.datetime() }).nullable(),
      }),
    ),
  })
  .openapi('SecurityChecklist')

const params = officeParams({ service: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** The security checklist of the system behind a service. */
export function registerSecurityApi(api: Api): void {
  const { deps } = api
  const path = '/services/{service}/security-checklist' as const
  const now = async (member: Member, id: string, zone: Zone, locale: Locale) => {
    const checklist = await openChecklist(deps, member, await openService(deps, member, id))
    return shown(checklist, localDate(deps.now(), zone), locale)
  }
  officeRoute(
    api,
    {
      method: 'get',
      path,
      summary: 'The 13 functions of BSSN 4/2021 article 27 for one service',
      request: { params },
      responses: { 200: jsonOf('The checklist.', checklistAnswer) },
    },
    async (c) => {
      const { service } = c.req.valid('param')
      return c.json(
        await now(c.get('member'), service, c.get('office').timezone, c.get('visitor').locale),
        200,
      )
    },
    { sheet: (reader, c) => checklistSheet(reader, c.req.valid('param').service) },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path,
      summary: 'Answer some of the functions; the others stay as they are',
      request: { params, body: json(z.strictObject({ answers: checklistAnswers })) },
      responses: { 200: jsonOf('The checklist after it.', checklistAnswer) },
    },
    async (c) => {
      const service = await openService(deps, c.get('member'), c.req.valid('param').service)
      await answerChecklist(deps, c.get('member'), service.id, c.req.valid('json').answers)
      return c.json(
        await now(c.get('member'), service.id, c.get('office').timezone, c.get('visitor').locale),
        200,
      )
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: `${path}/looks`,
      summary: 'Look at the site from outside and keep what is seen',
      request: { params },
      responses: { 200: jsonOf('The checklist after it.', checklistAnswer) },
    },
    async (c) => {
      const service = await openService(deps, c.get('member'), c.req.valid('param').service)
      await lookNow(deps, c.get('member'), service)
      return c.json(
        await now(c.get('member'), service.id, c.get('office').timezone, c.get('visitor').locale),
        200,
      )
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: `${path}/waivers`,
      summary: 'Let the service run although a function is not met, until a day',
      request: { params, body: json(waiverInput) },
      responses: { 200: jsonOf('The checklist after it.', checklistAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const service = await openService(deps, member, c.req.valid('param').service)
      const zone = c.get('office').timezone
      await waiveFunction(deps, member, { ...c.req.valid('json'), serviceId: service.id, zone })
      return c.json(await now(member, service.id, zone, c.get('visitor').locale), 200)
    },
  )
}

function shown(checklist: Checklist, today: string, locale: Locale): z.output<typeof checklistAnswer> {
  return {
    lookedAt: checklist.lookedAt?.toISOString() ?? null,
    functions: rowsOf(checklist, today).map(({ id, letter, state, answer, findings, waiver }) => ({
      letter,
      function: id,
      state,
      verdict: answer?.verdict ?? null,
      remark: answer?.remark ?? null,
      seen: findings.map(({ ok, text }) => ({ ok, text: text[locale] })),
      waiver: waiver ? { reason: waiver.reason, until: waiver.until, at: waiver.at } : null,
    })),
  }
}
