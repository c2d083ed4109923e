import type { Role } from '../../domain/access/roles.ts'
import { Refused } from '../../domain/refused.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import type { Installation } from '../installation.ts'
import type { Client } from './client.ts'
import { openClient } from './client.ts'
import type { Account, DemoOffice, DemoState, SignedIn } from './people.ts'
import { acceptInvitation, enrol, newSecret } from './people.ts'

/** The two offices of the demo: the SOPs are real, the zones are reserved for examples (RFC 2606). */
export const plans: readonly (DemoOffice & { readonly file: string })[] = [
  {
    slug: 'kukar',
    sop: 'kutai-kartanegara-hosting-subdomain',
    zone: 'kukarkab.example',
    file: 'kutai-kartanegara-hosting-subdomain.yaml',
  },
  {
    slug: 'katingan',
    sop: 'katingan-subdomain-hosting',
    zone: 'katingankab.example',
    file: 'katingan-subdomain-hosting.yaml',
  },
]

const agency = 'Dinas Perpustakaan dan Arsip Contoh'
const staff: readonly { readonly role: Role; readonly name: string }[] = [
  { role: 'applicant', name: 'Pemohon Contoh' },
  { role: 'operator', name: 'Operator Contoh' },
  { role: 'head-of-division', name: 'Kepala Bidang Contoh' },
  { role: 'head-of-office', name: 'Kepala Dinas Contoh' },
  { role: 'auditor', name: 'Auditor Contoh' },
]

/** The paper behind every role of the demo. */
export const paper = {
  basis: 'sk',
  number: '800/17/CONTOH/2026',
  dated: '2026-01-02',
  fromDay: '2026-01-02',
} as const

const loginOf = (role: Role, office: string): string => `${role}@${office}.example`

/**
 * Sets up the installation as its people would: the first run creates one office, its administrator adds the
 * second, and everybody joins by the invitation in their mail.
 */
export async function setUpOffices(
  installation: Installation,
  outbox: string,
  onProgress: (what: string) => void,
): Promise<{ readonly state: DemoState; readonly signedIn: readonly SignedIn[] }> {
  if (!installation.setupCode) throw new Refused('not-a-demo', cliTexts.notADemo)
  const since = new Date(Date.now() - 1000)
  const [first, second] = plans as [(typeof plans)[number], (typeof plans)[number]]
  onProgress(`menyiapkan kantor ${first.slug}`)
  const admin = await setUpFirst(installation, first)
  onProgress(`menyiapkan kantor ${second.slug}`)
  const login = loginOf('administrator', second.slug)
  await admin.client.send('POST', `/api/v1/offices/${first.slug}/offices`, {
    sop: second.file,
    office: { slug: second.slug, zone: second.zone },
    administrator: { name: 'Administrator Contoh', email: login },
  })
  const person = { office: second.slug, role: 'administrator' as const, login, name: 'Administrator Contoh' }
  const other = await acceptInvitation(installation.url, outbox, since, person)
  const joined: SignedIn[] = [admin, other]
  for (const [office, { client }] of [
    [first.slug, admin],
    [second.slug, other],
  ] as const) {
    onProgress(`mengundang pegawai kantor ${office}`)
    joined.push(...(await inviteStaff(installation.url, outbox, since, office, client)))
  }
  const offices = plans.map(({ slug, sop, zone }) => ({ slug, sop, zone }))
  return { state: { offices, accounts: joined.map((each) => each.account) }, signedIn: joined }
}

async function setUpFirst(installation: Installation, plan: (typeof plans)[number]) {
  const login = loginOf('administrator', plan.slug)
  const secret = newSecret()
  const client = openClient(installation.url)
  await client.send('POST', '/api/v1/setup', {
    code: installation.setupCode ?? '',
    sop: plan.file,
    office: { slug: plan.slug, zone: plan.zone },
    administrator: { name: 'Administrator Contoh', email: login, password: secret },
  })
  await client.send('POST', '/api/v1/session', { email: login, password: secret })
  const account: Account = {
    office: plan.slug,
    role: 'administrator',
    login,
    secret,
    totp: await enrol(client, secret),
  }
  return { account, client }
}

async function inviteStaff(
  base: string,
  outbox: string,
  since: Date,
  office: string,
  admin: Client,
): Promise<SignedIn[]> {
  for (const { role, name } of staff)
    await admin.send('POST', `/api/v1/offices/${office}/invitations`, {
      name,
      email: loginOf(role, office),
      role,
      ...(role === 'applicant' ? { agency } : {}),
      ...paper,
    })
  return Promise.all(
    staff.map(({ role, name }) =>
      acceptInvitation(base, outbox, since, { office, role, name, login: loginOf(role, office) }),
    ),
  )
}
