import type { Member } from '../../src/actions/act.ts'
import { acceptInvitation } from '../../src/actions/people/accept-invitation.ts'
import { createOffice } from '../../src/actions/people/create-office.ts'
import { invitePerson } from '../../src/actions/people/invite-person.ts'
import { setUpInstallation } from '../../src/actions/people/set-up-installation.ts'
import type { Role } from '../../src/domain/access/roles.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import type { TestApp } from './app.ts'
import { asOwner, createTestApp } from './app.ts'
import type { Browser } from './browse.ts'

/** The paper behind every role of a test: it names no end. */
export const testPaper = {
  basis: 'sk',
  number: '800/12/2026',
  dated: '2026-01-02',
  fromDay: '2026-01-02',
} as const

export const testPassword = 'tujuh kerbau menyeberang'

export const kukarSop = 'kutai-kartanegara-hosting-subdomain.yaml'

/** One office of a test installation, with somebody for every role as soon as they are asked for. */
export type TestOffice = {
  readonly id: string
  readonly slug: string
  readonly zone: string
  /** The person with that role, as actions take them. */
  readonly member: (role: Role) => Promise<Member>
  /** A browser in which that person signed in with a password. */
  readonly as: (role: Role) => Promise<Browser>
}

/** A running installation with one office, set up through the same actions as a real one. */
export type TestPortal = TestApp & TestOffice & { readonly addOffice: (slug: string) => Promise<TestOffice> }

/**
 * @param sopFile file in `sops/` that the office works by
 * @param extra lookups or configuration that a suite wants otherwise
 */
export async function createTestPortal(
  sopFile = kukarSop,
  extra: Partial<HttpDeps> = {},
): Promise<TestPortal> {
  const base = await createTestApp(extra)
  const { deps } = base
  const passwordHash = await deps.auth.hashPassword(testPassword)
  const sop = (await deps.lookups.shippedSops()).find((each) => each.file === sopFile)!
  const facts = (slug: string) => ({
    slug,
    government: 'PEMERINTAH KABUPATEN CONTOH',
    name: `Dinas Contoh ${slug}`,
    unit: undefined,
    region: 'Contoh',
    place: 'Contoh',
    timezone: sop.document.office.timezone,
    zone: `${slug}kab.go.id`,
  })
  const administrator = await setUpInstallation(deps, {
    office: facts('contoh'),
    sop,
    administrator: { name: 'Adi Contoh', email: 'administrator@contoh.test', passwordHash },
  })
  await giveEndless(base, administrator)
  const office = officeOf(base, passwordHash, facts('contoh'), administrator)
  const addOffice = async (slug: string): Promise<TestOffice> => {
    let token = ''
    const person = { name: `Ani ${slug}`, email: `administrator@${slug}.test` }
    const input = { office: facts(slug), sop, administrator: person }
    const id = await createOffice(deps, administrator, input, (each) => (token = each))
    const accepting = { kind: 'new', name: person.name, passwordHash } as const
    const joined = await acceptInvitation(deps, id, token, accepting)
    await giveEndless(base, joined)
    return officeOf(base, passwordHash, facts(slug), joined)
  }
  return { ...base, ...office, addOffice }
}

/** The first administrator of an office has 90 days to have their paper recorded; in tests it is there. */
async function giveEndless({ database }: TestApp, { personId }: Member): Promise<void> {
  await asOwner(
    database,
    `update appointments set basis = 'sk', number = '800/1/2026', dated = '2026-01-02',
       from_day = '2026-01-02', until_day = null
     where person_id = $1`,
    [personId],
  )
}

function officeOf(
  { deps, visit }: TestApp,
  passwordHash: string,
  { slug, zone }: { slug: string; zone: string },
  administrator: Member,
): TestOffice {
  const people = new Map<Role, Promise<Member>>([['administrator', Promise.resolve(administrator)]])
  const joined = async (role: Role): Promise<Member> => {
    let token = ''
    const agency = role === 'applicant' ? 'Badan Contoh' : undefined
    const invitation = { name: `Orang ${role}`, email: `${role}@${slug}.test`, role, agency, ...testPaper }
    await invitePerson(deps, administrator, invitation, (each) => (token = each))
    const accepting = { kind: 'new', name: invitation.name, passwordHash } as const
    return acceptInvitation(deps, administrator.officeId, token, accepting)
  }
  const member = (role: Role): Promise<Member> => {
    const found = people.get(role) ?? joined(role)
    people.set(role, found)
    return found
  }
  const as = async (role: Role): Promise<Browser> => {
    const { email } = await member(role)
    const browser = visit()
    const answer = await browser.post('/masuk', { email, password: testPassword })
    if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
    return browser
  }
  return { id: administrator.officeId, slug, zone, member, as }
}
