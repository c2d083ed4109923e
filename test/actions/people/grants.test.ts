/**
 * Nobody grants more than they hold. Random sequences of invitations that are accepted, appointments, substitutions for
 * holders and for vacant posts, endings, tokens and roles taken back, by everybody in two offices and across them, against a model of a page: what each person is must always be
 * what the model says, and nobody ever gets what no administrator gave.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import type { Member } from '../../../src/actions/act.ts'
import { notFound } from '../../../src/actions/act.ts'
import { endAppointment } from '../../../src/actions/appointments/end-appointment.ts'
import { recordAppointment } from '../../../src/actions/appointments/record-appointment.ts'
import { acceptInvitation } from '../../../src/actions/people/accept-invitation.ts'
import { changeRoles } from '../../../src/actions/people/change-roles.ts'
import { createApiToken } from '../../../src/actions/people/create-api-token.ts'
import { invitePerson } from '../../../src/actions/people/invite-person.ts'
import { setMembershipActive } from '../../../src/actions/people/set-membership-active.ts'
import { inScope } from '../../../src/db/database.ts'
import { membershipsOf, standingsAt } from '../../../src/db/people.ts'
import { daysBeforeRecording } from '../../../src/domain/access/appointments.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { roles } from '../../../src/domain/access/roles.ts'
import { Refused } from '../../../src/domain/refused.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { TestDeps, TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../../support/office.ts'

const seed = 20_261_126
const runs = 30
const staff = roles.filter((role) => role !== 'applicant')
type Staff = (typeof staff)[number]
const startDay = Date.parse('2026-03-02T02:00:00Z')
const dayMs = 86_400_000
const dayAt = (days: number): string => new Date(startDay + days * dayMs).toISOString().slice(0, 10)

let database: TestDatabase
let deps: TestDeps
before(async () => {
  database = await createTestDatabase()
  deps = testDeps(database.appUrl)
})
after(async () => {
  await deps.database.close()
  await database.drop()
})

/** Who acts, in whose office, on whom. People 0 to 5 are of the first office in the order of `roles`, 6 to 11 of the second. */
type Who = { readonly actor: number; readonly office: 0 | 1; readonly target: number }
type Command = Who &
  (
    | { readonly kind: 'appoint'; readonly role: Role; readonly length: number }
    | {
        readonly kind: 'substitute'
        readonly role: Staff
        /** Nobody where the post is vacant. */
        readonly principal: number | null
        readonly acting: 'Plt.' | 'Plh.' | 'a.n.'
        readonly length: number
      }
    | { readonly kind: 'end'; readonly pick: number }
    | { readonly kind: 'keep'; readonly keep: readonly Staff[] }
    | { readonly kind: 'active'; readonly active: boolean }
    | { readonly kind: 'invite'; readonly role: Role; readonly withPaper: boolean }
    | { readonly kind: 'token'; readonly byToken: boolean }
    | { readonly kind: 'wait'; readonly days: number }
  )

// administrators act half of the time, so that something happens
const actorOf = fc.oneof(fc.constantFrom(5, 11), fc.nat(11))
const who = { actor: actorOf, office: fc.constantFrom<0 | 1>(0, 1), target: fc.nat(11) }
const length = fc.integer({ min: 0, max: 40 })
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ ...who, kind: fc.constant('appoint' as const), role: fc.constantFrom(...roles), length }),
  fc.record({
    ...who,
    kind: fc.constant('substitute' as const),
    role: fc.constantFrom(...staff),
    acting: fc.constantFrom('Plh.' as const, 'a.n.' as const),
    principal: fc.nat(11),
    length,
  }),
  fc.record({
    ...who,
    kind: fc.constant('substitute' as const),
    role: fc.constantFrom(...staff),
    acting: fc.constant('Plt.' as const),
    principal: fc.constant(null),
    length,
  }),
  fc.record({ ...who, kind: fc.constant('end' as const), pick: fc.nat(30) }),
  fc.record({ ...who, kind: fc.constant('keep' as const), keep: fc.subarray([...staff]) }),
  fc.record({ ...who, kind: fc.constant('active' as const), active: fc.boolean() }),
  fc.record({
    ...who,
    kind: fc.constant('invite' as const),
    role: fc.constantFrom(...roles),
    withPaper: fc.boolean(),
  }),
  // an own address among those that are invited
  fc
    .record({
      ...who,
      kind: fc.constant('invite' as const),
      role: fc.constantFrom(...roles),
      withPaper: fc.constant(true),
    })
    .map((each) => ({ ...each, target: each.actor })),
  fc.record({ ...who, kind: fc.constant('token' as const), byToken: fc.boolean() }),
  fc
    .record({ ...who, kind: fc.constant('token' as const), byToken: fc.boolean() })
    .map((each) => ({ ...each, target: each.actor })),
  fc.record({ ...who, kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 15 }) }),
)

type Paper = {
  readonly id: string
  readonly office: number
  readonly person: number
  readonly role: Role
  readonly acting: boolean
  readonly principal: number | null
  readonly from: number
  until: number | null
  revoked: boolean
}
type Place = { readonly person: number; readonly office: number; readonly roles: Set<Role>; active: boolean }

/** What somebody would write on a blackboard. */
class Model {
  day = 0
  papers: Paper[] = []
  readonly places: Place[]
  constructor(firstPapers: ReadonlyMap<string, string>, idOf: (person: number) => string) {
    this.places = [...Array(12).keys()].map((person) => ({
      person,
      office: person < 6 ? 0 : 1,
      roles: new Set([roles[person % 6]!]),
      active: true,
    }))
    for (const { person, office } of this.places)
      this.papers.push({
        id: firstPapers.get(idOf(person))!,
        office,
        person,
        role: roles[person % 6]!,
        acting: false,
        principal: null,
        from: -60,
        until: null,
        revoked: false,
      })
  }
  placeOf = (person: number, office: number): Place | undefined =>
    this.places.find((each) => each.person === person && each.office === office)
  covers = ({ from, until, revoked }: Paper): boolean =>
    !revoked && from <= this.day && (until === null || this.day <= until)
  own(person: number, office: number): Role[] {
    const place = this.placeOf(person, office)
    if (!place?.active) return []
    return [...place.roles].filter((role) =>
      this.papers.some(
        (each) => each.person === person && each.role === role && !each.acting && this.covers(each),
      ),
    )
  }
  roles(person: number, office: number): Role[] {
    const place = this.placeOf(person, office)
    const isStaff = place?.active && [...place.roles].some((role) => role !== 'applicant')
    const acting = this.papers.filter(
      (each) =>
        isStaff &&
        each.person === person &&
        each.acting &&
        this.covers(each) &&
        (each.principal === null || this.own(each.principal, office).includes(each.role)),
    )
    return [...new Set([...this.own(person, office), ...acting.map(({ role }) => role)])].sort()
  }
  hasOtherAdministrator = (person: number, office: number): boolean =>
    this.places.some(
      (each) => each.person !== person && this.own(each.person, office).includes('administrator'),
    )
  join(person: number, office: number, role: Role): void {
    const place = this.placeOf(person, office)
    if (place) place.roles.add(role)
    else this.places.push({ person, office, roles: new Set([role]), active: true })
  }
  /** The rule itself, in words of its own. */
  mayGive(actor: number, office: number, target: number, role: Role): boolean {
    if (actor === target) {
      const wasAdministrator = this.placeOf(actor, office)?.roles.has('administrator')
      const others = this.hasOtherAdministrator(actor, office)
      return role === 'administrator' && wasAdministrator === true && !others
    }
    const held = this.roles(actor, office)
    if (role === 'applicant') return held.includes('operator') || held.includes('administrator')
    if (role === 'administrator') return this.own(actor, office).includes('administrator')
    return held.includes('administrator')
  }
}

async function run(commands: readonly Command[]): Promise<{ done: number; refused: number }> {
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const suffix = deps.newId().slice(0, 6)
  deps.clock.now = new Date(startDay)
  const offices: TestOffice[] = [
    await createTestOffice(deps, `a${suffix}`, sop),
    await createTestOffice(deps, `b${suffix}`, sop),
  ]
  const idOf = (person: number): string => offices[person < 6 ? 0 : 1]!.member(roles[person % 6]!).personId
  const firstPapers = new Map((await Promise.all(offices.map(papersOf))).flat())
  const model = new Model(firstPapers, idOf)
  const standingOf = async (person: number) => {
    const id = idOf(person)
    const list = await inScope(deps.db, { personId: id }, (tx) => membershipsOf(tx, id, deps.now()))
    return (office: number) => list.find((each) => each.office.id === offices[office]!.id)
  }
  /** The actor as a request of theirs would have them: by their own memberships, now. */
  async function memberOf(person: number, office: number): Promise<Member> {
    const standing = (await standingOf(person))(office)
    if (!standing) throw notFound()
    return {
      kind: 'person',
      officeId: offices[office]!.id,
      personId: idOf(person),
      name: '',
      email: '',
      roles: standing.roles,
      ownRoles: standing.ownRoles,
      acting: standing.acting,
      lapsed: standing.lapsed,
      agencyIds: standing.agencyIds,
    }
  }
  let [done, refused] = [0, 0]
  for (const each of commands) {
    const isFine = await obey(each)
    if (isFine) done += 1
    else refused += 1
    for (const office of [0, 1]) {
      const held = await heldIn(office)
      for (let person = 0; person < 12; person += 1)
        assert.deepEqual(
          held.get(idOf(person)) ?? [],
          model.roles(person, office),
          `person ${person} in office ${office} after ${JSON.stringify(each)}`,
        )
    }
  }
  // and as their own sessions see it
  for (let person = 0; person < 12; person += 1)
    for (const office of [0, 1])
      assert.deepEqual(
        [...((await standingOf(person))(office)?.roles ?? [])].sort(),
        model.roles(person, office),
      )
  return { done, refused }

  /** The papers that an office begins with, by person. */
  function papersOf(office: TestOffice): Promise<[string, string][]> {
    return inScope(deps.db, { officeId: office.id }, async (tx) =>
      (await tx.selectFrom('appointments').select(['person_id', 'id']).execute()).map(({ person_id, id }) => [
        person_id,
        id,
      ]),
    )
  }

  /** What everybody is in an office today, as its desk sees it. */
  async function heldIn(office: number): Promise<ReadonlyMap<string, string[]>> {
    const rows = await inScope(deps.db, { officeId: offices[office]!.id }, (tx) =>
      tx
        .selectFrom(standingsAt(deps.now()).as('s'))
        .select(['s.person_id', 's.role'])
        .where('s.holds', '=', true)
        .execute(),
    )
    const byPerson = Map.groupBy(rows, (row) => row.person_id)
    return new Map([...byPerson].map(([id, of]) => [id, [...new Set(of.map(({ role }) => role))].sort()]))
  }

  /** Whether it was carried out; by the model it is what must happen. */
  async function obey(each: Command): Promise<boolean> {
    if (each.kind === 'wait') {
      model.day += each.days
      deps.clock.advance(each.days * dayMs)
      return true
    }
    const expected = apply(each)
    let answer: unknown
    const actual = await succeeds(async () => (answer = await act(each)))
    assert.equal(actual, expected !== undefined, JSON.stringify(each))
    expected?.((answer as { id?: string } | undefined)?.id ?? '')
    return actual
  }

  async function succeeds(what: () => Promise<unknown>): Promise<boolean> {
    try {
      await what()
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return false
    }
  }

  async function act(each: Exclude<Command, { kind: 'wait' }>): Promise<unknown> {
    const { office, target } = each
    const member = await memberOf(each.actor, office)
    const paper = {
      ...({ basis: 'sk', number: '1', dated: '2026-01-01', fromDay: dayAt(model.day) } as const),
      personId: idOf(target),
    }
    switch (each.kind) {
      case 'appoint':
        return recordAppointment(deps, member, {
          ...paper,
          role: each.role,
          untilDay: dayAt(model.day + each.length),
        })
      case 'substitute':
        return recordAppointment(deps, member, {
          ...paper,
          role: each.role,
          acting: each.acting,
          ...(each.principal !== null && { principalId: idOf(each.principal) }),
          untilDay: dayAt(model.day + each.length),
        })
      case 'end':
        return endAppointment(deps, member, pickOf(each).id)
      case 'keep':
        return changeRoles(deps, member, idOf(target), each.keep)
      case 'active':
        return setMembershipActive(deps, member, idOf(target), each.active)
      case 'invite': {
        let token = ''
        const invitation = {
          name: 'Baru',
          email: `${idOf(target)}@contoh.example`,
          role: each.role,
          ...(each.role === 'applicant' && { agency: 'Dinas Contoh' }),
          ...(each.withPaper && { ...paper, personId: undefined }),
        }
        const id = await invitePerson(deps, member, invitation, (made) => (token = made))
        if (isAwake(target, office))
          await acceptInvitation(deps, member.officeId, token, { kind: 'signed-in', personId: idOf(target) })
        return { id }
      }
      case 'token': {
        const limits = { id: deps.newId(), scopes: null, names: null, recordTypes: null }
        const by = each.byToken ? { ...member, token: limits } : member
        const owner = { personId: idOf(target), provenBy: null }
        return createApiToken(deps, by, { name: 'skrip', days: 1 }, owner)
      }
    }
  }

  /** Whoever was put to rest in an office stays so; the others are there, or come. */
  function isAwake(person: number, office: number): boolean {
    return model.placeOf(person, office)?.active !== false
  }

  /** The paper that is to be ended: one of the office, whoever's. */
  function pickOf(each: Extract<Command, { kind: 'end' }>): Paper {
    const papers = model.papers.filter(({ office }) => office === each.office)
    return papers[each.pick % papers.length]!
  }

  /** What the command changes on the blackboard; undefined where it must be refused. */
  function apply(each: Exclude<Command, { kind: 'wait' }>): ((id: string) => void) | undefined {
    const { actor, office, target } = each
    const place = model.placeOf(target, office)
    switch (each.kind) {
      case 'appoint': {
        const fits = place?.active && (each.role !== 'applicant' || place.roles.has('applicant'))
        if (!fits || !model.mayGive(actor, office, target, each.role)) return undefined
        return (id) => {
          place.roles.add(each.role)
          model.papers.push({
            id,
            office,
            person: target,
            role: each.role,
            acting: false,
            principal: null,
            revoked: false,
            from: model.day,
            until: model.day + each.length,
          })
        }
      }
      case 'substitute': {
        const isStaff = place?.active && [...place.roles].some((role) => role !== 'applicant')
        const principal = each.principal === null ? undefined : model.placeOf(each.principal, office)
        const isHeld =
          each.principal === null ||
          (principal?.active === true &&
            principal.roles.has(each.role) &&
            model.papers.some(
              (paper) =>
                paper.person === each.principal &&
                paper.role === each.role &&
                !paper.acting &&
                !paper.revoked &&
                paper.from <= model.day &&
                (paper.until === null || paper.until >= model.day + each.length),
            ))
        if (!isStaff || !isHeld || each.principal === target) return undefined
        if (!model.mayGive(actor, office, target, each.role)) return undefined
        return (id) =>
          void model.papers.push({
            id,
            office,
            person: target,
            role: each.role,
            acting: true,
            principal: each.principal,
            from: model.day,
            until: model.day + each.length,
            revoked: false,
          })
      }
      case 'keep': {
        const had = [...(place?.roles ?? [])].filter((role): role is Staff => role !== 'applicant')
        const removed = had.filter((role) => !each.keep.includes(role))
        const isAdministrator = model.roles(actor, office).includes('administrator')
        const leaves = each.keep.length > 0 || had.length < (place?.roles.size ?? 0)
        const fits = place && leaves && each.keep.every((role) => had.includes(role))
        if (!isAdministrator || actor === target || !fits) return undefined
        if (!removed.every((role) => model.mayGive(actor, office, target, role))) return undefined
        return () => {
          for (const role of removed) place.roles.delete(role)
          for (const paper of model.papers)
            if (paper.person === target && removed.includes(paper.role as Staff)) paper.revoked = true
        }
      }
      case 'active':
        if (!model.roles(actor, office).includes('administrator') || actor === target) return undefined
        if (!place || place.active === each.active) return undefined
        return () => void (place.active = each.active)
      case 'invite': {
        if (actor === target || !model.mayGive(actor, office, target, each.role)) return undefined
        if (!isAwake(target, office)) return () => {}
        const begins = each.role === 'administrator' && !model.hasOtherAdministrator(target, office)
        return (id) => {
          model.join(target, office, each.role)
          const until = each.withPaper ? null : model.day + daysBeforeRecording
          if (each.withPaper || begins)
            model.papers.push({
              id,
              office,
              person: target,
              role: each.role,
              acting: false,
              principal: null,
              from: model.day,
              until,
              revoked: false,
            })
        }
      }
      case 'token':
        return place?.active === true && actor === target && !each.byToken ? () => {} : undefined
      case 'end': {
        const paper = pickOf(each)
        const isOver = paper.revoked || (paper.until !== null && paper.until < model.day)
        if (isOver || !model.mayGive(actor, office, paper.person, paper.role)) return undefined
        return () => void (paper.revoked = true)
      }
    }
  }
}

test('what everybody is stays what the model says, whatever is tried', async (t) => {
  let [done, refused] = [0, 0]
  const sequences = fc.array(command, { minLength: 12, maxLength: 24 })
  await fc.assert(
    fc.asyncProperty(sequences, async (commands) => {
      const counts = await run(commands)
      done += counts.done
      refused += counts.refused
    }),
    { seed, numRuns: runs },
  )
  t.diagnostic(`${runs} sequences: ${done} acts carried out, ${refused} refused`)
  assert.ok(done > runs * 3 && refused > runs * 3)
})

test('an invitation is for somebody else, whatever address the account has by then', async () => {
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  deps.clock.now = new Date(startDay)
  const office = await createTestOffice(deps, `c${deps.newId().slice(0, 6)}`, sop)
  const member = office.member('administrator')
  const paper = { basis: 'sk', number: '1', dated: '2026-01-01', fromDay: dayAt(0) } as const
  const invite = async (email: string): Promise<string> => {
    let token = ''
    const invitation = { name: 'Lain', email, role: 'head-of-division' as const, ...paper }
    await invitePerson(deps, member, invitation, (made) => (token = made))
    return token
  }
  const isOwn = (error: unknown): boolean => error instanceof Refused && error.reason === 'own-roles'
  await assert.rejects(invite(member.email), isOwn)
  const email = `lain-${deps.newId()}@contoh.example`
  const token = await invite(email)
  await inScope(deps.db, {}, (tx) =>
    tx.updateTable('auth_user').set({ email }).where('id', '=', member.personId).execute(),
  )
  const accepting = { kind: 'signed-in', personId: member.personId } as const
  await assert.rejects(acceptInvitation(deps, office.id, token, accepting), isOwn)
  const rows = await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('memberships').select('role').where('person_id', '=', member.personId).execute(),
  )
  assert.deepEqual(rows, [{ role: 'administrator' }])
})
