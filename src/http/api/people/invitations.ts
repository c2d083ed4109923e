import { createRoute, z } from '@hono/zod-openapi'
import { noteListRead } from '../../../actions/oversight/note-reading.ts'
import { acceptInvitation } from '../../../actions/people/accept-invitation.ts'
import { decideRegistration } from '../../../actions/people/decide-registration.ts'
import { invitePerson } from '../../../actions/people/invite-person.ts'
import { registerSelf } from '../../../actions/people/register-self.ts'
import { renewInvitation } from '../../../actions/people/renew-invitation.ts'
import { revokeInvitation } from '../../../actions/people/revoke-invitation.ts'
import { inScope } from '../../../db/database.ts'
import { openInvitations } from '../../../db/invitations.ts'
import { pendingRegistrations } from '../../../db/people.ts'
import { optionalPaper } from '../../../domain/access/appointments.ts'
import {
  invitationInput,
  personName,
  registrationDecision,
  registrationInput,
} from '../../../domain/access/people.ts'
import { roles } from '../../../domain/access/roles.ts'
import { namesOfOffice, requireStrongPassword } from '../../auth/own-password.ts'
import { limitTries } from '../../auth/limit-tries.ts'
import { invitationLinks } from '../../links.ts'
import { openedInvitation } from '../../pages/people/accept.tsx'
import { requireOffice } from '../../visitor.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, publicRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from '../paging.ts'
import { invitationSheet, registrationSheet } from '../../sheets/people.ts'

const done = { 204: { description: 'Done.' } }
const invitation = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    agency: z.string().nullable(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('Invitation')
/** The paper behind the role, where it is known already; until then the role counts for nothing. */
const paper = optionalPaper.shape
const invitationBody = z
  .strictObject({
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    agency: z.string().optional(),
    ...paper,
  })
  .openapi('NewInvitation')

/** Invitations: sent, listed, revoked, accepted. */
export function registerInvitationsApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    createRoute({
      method: 'get',
      path: '/invitations',
      summary: 'Open invitations, newest first',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('Open invitations, newest first.', pageOf(invitation)) },
    }),
    async (c) => {
      const { member } = c.var
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      await noteListRead(deps, member, 'undangan')
      const rows = await inScope(deps.db, member, (tx) =>
        openInvitations(tx, member.officeId, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.createdAt, row.id))
      const items = page.rows.map(({ id, name, email, role, agency, expiresAt }) => ({
        id,
        name,
        email,
        role,
        agency,
        expiresAt: expiresAt.toISOString(),
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader) => invitationSheet(reader) },
  )
  officeRoute(
    api,
    createRoute({
      method: 'post',
      path: '/invitations',
      summary: 'Invite a person; the link goes by mail',
      request: { params: officeParams({}), body: jsonOf('Who is invited as what.', invitationBody) },
      responses: { 201: jsonOf('The invitation; its link goes by mail.', z.object({ id: z.string() })) },
    }),
    async (c) => {
      const input = invitationInput.parse(c.req.valid('json'))
      return c.json({ id: await invitePerson(deps, c.var.member, input, invitationLinks(deps)) }, 201)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'post',
      path: '/invitations/{invitation}/renewal',
      summary: 'Send an open invitation again',
      request: { params: officeParams({ invitation: z.uuid() }) },
      responses: done,
    }),
    async (c) => {
      await renewInvitation(deps, c.var.member, c.req.valid('param').invitation, invitationLinks(deps))
      return c.body(null, 204)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/invitations/{invitation}',
      summary: 'Revoke an invitation',
      request: { params: officeParams({ invitation: z.uuid() }) },
      responses: done,
    }),
    async (c) => {
      await revokeInvitation(deps, c.var.member, c.req.valid('param').invitation)
      return c.body(null, 204)
    },
  )
  registerAcceptanceApi(api)
  registerRegistrationsApi(api)
}

/** An invitation accepted over the API. */
function registerAcceptanceApi(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'get',
      path: '/invitations/{token}',
      summary: 'Who is invited by this token, as what and until when',
      request: { params: z.object({ token: z.string().max(100) }) },
      responses: { 200: jsonOf('The invitation.', invitation.extend({ office: z.string() })) },
    }),
    async (c) => {
      const { invitation, office } = await openedInvitation(deps, c.req.valid('param').token)
      const { id, name, email, role, agency, expiresAt } = invitation
      const answer = { id, name, email, role, agency, expiresAt: expiresAt.toISOString() }
      return c.json({ ...answer, office: office.slug }, 200)
    },
  )
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/invitations/{token}/acceptance',
      summary: 'Accept an invitation',
      request: {
        params: z.object({ token: z.string().max(100) }),
        body: jsonOf(
          'Name and password of the new account; neither when signed in under the invited address.',
          z.strictObject({ name: z.string(), password: z.string().max(1000) }).partial(),
        ),
      },
      responses: { 201: jsonOf('Joined.', z.object({ office: z.string() })) },
    }),
    async (c) => {
      const { invitation, office, token } = await openedInvitation(deps, c.req.valid('param').token)
      const { person } = c.get('visitor')
      const body = c.req.valid('json')
      if (person?.email === invitation.email) {
        await acceptInvitation(deps, office.id, token, { kind: 'signed-in', personId: person.id })
      } else {
        const fields = z.object({ name: personName, password: z.string().min(1) }).parse(body)
        const places = [...namesOfOffice(office), invitation.agency ?? '']
        await requireStrongPassword(fields.password, { name: fields.name, email: invitation.email, places })
        const passwordHash = await deps.auth.hashPassword(fields.password)
        await acceptInvitation(deps, office.id, token, { kind: 'new', name: fields.name, passwordHash })
      }
      return c.json({ office: office.slug }, 201)
    },
  )
}

const registration = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    post: z.string(),
    agency: z.string(),
    reason: z.string(),
    createdAt: z.iso.datetime(),
  })
  .openapi('Registration')
const registrationBody = z
  .strictObject({
    name: z.string(),
    email: z.string(),
    post: z.string(),
    agency: z.string(),
    reason: z.string(),
  })
  .openapi('NewRegistration')

function registerRegistrationsApi(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/offices/{office}/registrations',
      summary: 'Ask for an account as an applicant',
      request: { params: officeParams({}), body: jsonOf('Who asks for an account.', registrationBody) },
      responses: { 202: { description: 'Received; the answer comes by mail.' } },
    }),
    async (c) => {
      const office = await requireOffice(deps, c.req.valid('param').office)
      const input = registrationInput.parse(c.req.valid('json'))
      await limitTries(deps, 'register', c.get('visitor').address)
      await registerSelf(deps, office.id, input)
      return c.body(null, 202)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'get',
      path: '/registrations',
      summary: 'Who waits for an account, oldest first',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('Who waits for a decision, oldest first.', pageOf(registration)) },
    }),
    async (c) => {
      const { member } = c.var
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      await noteListRead(deps, member, 'pendaftaran')
      const rows = await inScope(deps.db, member, (tx) =>
        pendingRegistrations(tx, member.officeId, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.createdAt, row.id))
      const items = page.rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader) => registrationSheet(reader) },
  )
  officeRoute(
    api,
    createRoute({
      method: 'post',
      path: '/registrations/{registration}/decision',
      summary: 'Approve or refuse an account',
      request: {
        params: officeParams({ registration: z.uuid() }),
        body: jsonOf(
          'Approve, or refuse with the reason.',
          z.strictObject({ approve: z.boolean(), text: z.string().max(2000).optional(), ...paper }),
        ),
      },
      responses: done,
    }),
    async (c) => {
      const decision = registrationDecision.parse(c.req.valid('json'))
      const id = c.req.valid('param').registration
      await decideRegistration(deps, c.var.member, id, decision, invitationLinks(deps))
      return c.body(null, 204)
    },
  )
}
