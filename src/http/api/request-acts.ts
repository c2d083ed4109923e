import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Member } from '../../actions/act.ts'
import { cancelProvisioning } from '../../actions/fulfilment/cancel-provisioning.ts'
import { checkNow } from '../../actions/fulfilment/check-now.ts'
import { appealRequest } from '../../actions/requests/appeal-request.ts'
import { giveBackStep } from '../../actions/requests/give-back-step.ts'
import { reverseChange } from '../../actions/requests/reverse-change.ts'
import { refuseRequest } from '../../actions/requests/refuse-request.ts'
import { submitRequest } from '../../actions/requests/submit-request.ts'
import { takeStep } from '../../actions/requests/take-step.ts'
import { waiveRequirement } from '../../actions/requests/waive-requirement.ts'
import { withdrawRequest } from '../../actions/requests/withdraw-request.ts'
import { openCase } from '../requests/open-case.ts'
import { allowPlanNow, finishStep } from '../requests/seen-plan.ts'
import { confirmContactsLeft, leftReason } from '../../actions/takeovers/confirm-contacts-left.ts'
import { objectionText, objectToTakeover } from '../../actions/takeovers/object-to-takeover.ts'
import { limitTries } from '../auth/limit-tries.ts'
import { objectionLinks } from '../links.ts'
import { paths } from '../paths.ts'
import { requireOffice } from '../visitor.ts'
import type { HttpDeps } from '../deps.ts'
import type { PortalEnv } from '../visitor.ts'
import type { Api, PathUnder } from './api.ts'
import { jsonOf, officeParams, officeRoute, publicRoute } from './api.ts'
import { standingNow, ticketParams } from './requests.ts'
import {
  allowanceBody,
  appealBody,
  reasonBody,
  refusalBody,
  standingAnswer,
  stepBody,
  visitBody,
  waiverBody,
} from './requests-schema.ts'

type ActSpec<Body extends z.ZodType> = {
  readonly path: PathUnder<'/api/v1/offices/{office}/requests/{ticket}'>
  readonly summary: string
  readonly body: Body
  readonly run: (deps: HttpDeps, member: Member, ticket: string, body: z.output<Body>) => Promise<void>
}

/** Everything that moves a request; each answers with where it stands now. */
export function registerRequestActs(api: Api): void {
  act(api, {
    path: '/submission',
    summary: 'Send a draft, or send a corrected application back',
    body: visitBody,
    run: (deps, member, ticket, body) =>
      submitRequest(deps, member, ticket, { ...body, objectionLinks: objectionLinks(deps) }),
  })
  act(api, {
    path: '/take',
    summary: 'Take the current step',
    body: visitBody,
    run: (deps, member, ticket, body) => takeStep(deps, member, ticket, body.visit),
  })
  act(api, {
    path: '/give-back',
    summary: 'Give the current step back',
    body: visitBody,
    run: (deps, member, ticket) => giveBackStep(deps, member, ticket),
  })
  act(api, {
    path: '/refusal',
    summary: 'Refuse the request for good, where the SOP allows it',
    body: refusalBody,
    run: (deps, member, ticket, body) => refuseRequest(deps, member, ticket, body),
  })
  act(api, {
    path: '/waivers',
    summary: 'Waive a requirement with a reason',
    body: waiverBody,
    run: (deps, member, ticket, body) => waiveRequirement(deps, member, ticket, body),
  })
  act(api, {
    path: '/withdrawal',
    summary: 'Withdraw the request',
    body: reasonBody,
    run: (deps, member, ticket, body) => withdrawRequest(deps, member, ticket, body.reason),
  })
  act(api, {
    path: '/call-off',
    summary: 'Call off a provisioning that does not come to its end; what it changed is taken back',
    body: z.strictObject({}),
    run: (deps, member, ticket) => cancelProvisioning(deps, member, ticket),
  })
  act(api, {
    path: '/check',
    summary: 'Look at once whether what a provisioning waits for is there',
    body: z.strictObject({}),
    run: (deps, member, ticket) => checkNow(deps, member, ticket),
  })
  act(api, {
    path: '/appeal',
    summary: 'Appeal against a refusal; it re-opens the step that refused',
    body: appealBody,
    run: (deps, member, ticket, body) => appealRequest(deps, member, ticket, body.reason),
  })
  act(api, {
    path: '/plan-allowance',
    summary: 'Let a plan run that touches much of the zone; heads of division and office only',
    body: allowanceBody,
    run: (deps, member, ticket, { plan, touched, reason }) =>
      allowPlanNow(deps, member, ticket, { seen: plan, touched, reason }),
  })
  act(api, {
    path: '/contacts-left',
    summary: 'Confirm that the old contacts of a service that is taken over have left; operators only',
    body: z.strictObject({ reason: leftReason }),
    run: (deps, member, ticket, { reason }) => confirmContactsLeft(deps, member, ticket, reason),
  })
  registerObjection(api)
  registerStep(api)
  registerReversal(api)
}

/** By whoever holds the link of a warning; it names no ticket. */
function registerObjection(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/offices/{office}/takeover-objections/{token}',
      summary: 'Object to the take-over of a service, as one of its old contacts',
      request: {
        params: officeParams({ token: z.string().max(100) }),
        body: jsonOf('Why you object.', z.strictObject({ text: objectionText })),
      },
      responses: { 204: { description: 'The desk was told.' } },
    }),
    async (c) => {
      const { office: slug, token } = c.req.valid('param')
      const office = await requireOffice(deps, slug)
      await limitTries(deps, 'objection', c.get('visitor').address)
      const urlOf = (ticket: string) => `${deps.config.publicUrl}${paths.request(office.slug, ticket)}`
      const { text } = c.req.valid('json')
      await objectToTakeover(deps, { kind: 'system', officeId: office.id }, { token, text, urlOf })
      return c.body(null, 204)
    },
  )
}

function act<Body extends z.ZodType>(api: Api, spec: ActSpec<Body>): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: `/requests/{ticket}${spec.path}`,
      summary: spec.summary,
      request: { params: ticketParams, body: { ...jsonOf('How.', spec.body), required: false } },
      responses: { 200: jsonOf('Done; where the request stands now.', standingAnswer) },
    },
    async (c) => {
      const ticket = c.req.param('ticket') ?? ''
      await spec.run(api.deps, c.get('member'), ticket, spec.body.parse(await bodyOf(c)))
      return c.json(await standingNow(api.deps, c, ticket), 200)
    },
  )
}

/** A body may be left out where every field may; one that is sent was found to be JSON before. */
async function bodyOf(c: Context<PortalEnv>): Promise<unknown> {
  return c.req.header('content-type')?.startsWith('application/json') ? await c.req.json<unknown>() : {}
}

const stepParams = officeParams({
  ticket: z.string().max(60),
  no: z.coerce.number().int().min(1).max(999),
})

function registerStep(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/steps/{no}',
      summary: 'Finish the current step with its form, and its outcome where the SOP asks for a decision',
      request: { params: stepParams, body: { ...jsonOf('The form.', stepBody), required: true } },
      responses: { 200: jsonOf('Done; where the request stands now.', standingAnswer) },
    },
    async (c) => {
      const { ticket, no } = c.req.valid('param')
      const view = await openCase(api.deps, c.get('member'), c.get('office').timezone, ticket)
      await finishStep(api.deps, c.get('member'), view, { ...c.req.valid('json'), step: no })
      return c.json(await standingNow(api.deps, c, ticket), 200)
    },
  )
}

function registerReversal(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/reversal',
      summary: 'Make the reverse of a finished change of records a new draft; while one is open, that one',
      request: { params: ticketParams },
      responses: { 201: jsonOf('Where the draft stands.', standingAnswer) },
    },
    async (c) => {
      const { ticket } = await reverseChange(api.deps, c.get('member'), c.req.valid('param').ticket)
      return c.json(await standingNow(api.deps, c, ticket), 201)
    },
  )
}
