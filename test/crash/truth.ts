/** What is there when a story has ended: read from the database, the zone, the web, SFTP and the outbox. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { Client as SshClient } from 'ssh2'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { probeSite } from '../../src/drivers/hosting/probe.ts'
import { unseal } from '../../src/domain/fulfilment/seal.ts'
import { verifyChain } from '../../src/domain/logbook/chain.ts'
import type { StoredEntry } from '../../src/domain/logbook/chain.ts'
import { dig } from '../support/dns-server.ts'
import type { Run } from './lane.ts'
import '../support/own-networks.ts'

/** Entries that say "this was done already": a repeated job may write them, and they have no effect. */
export const repeats: readonly string[] = [
  'service.plan-kept',
  'service.already-recorded',
  'service.undo-kept',
  'service.called-off',
  'letter.number-kept',
  'letter.already-issued',
  'letter.already-prepared',
  'letter.already-signed',
  'request.trouble',
  'letter.trouble',
  'service.reminder-kept',
  'appointment.warning-kept',
  'step.warning-kept',
  'site.deployment-kept',
  'credentials.rotation-kept',
]

/**
 * A job of the clock gives the logbook its signing name: whether it came before a short run was over is chance. How often
 * it may have come is judged by itself, below.
 */
const byTheClock: readonly string[] = ['logbook.name-begun', 'archive.marked-due']

/** Everything that a run left behind, with names, tickets and times of the run taken out. */
export type Traces = Readonly<Record<string, readonly string[]>>

const tables = {
  requests: `select kind, phase, state->>'ending' as ending, service_id is not null as has_service, trouble from requests`,
  timeline: `select r.kind, e.type, e.step, e.visit from request_events e join requests r on r.id = e.request_id`,
  services: `select fqdn, status, has_record, has_site, records::text from services`,
  names: `select fqdn, released_at is null as held, service_id is not null as on_service from held_names`,
  provisionings: `select r.kind, p.visit, p.status from provisionings p join requests r on r.id = p.request_id`,
  letters: `select register, seq, kind, status, sha256 is not null as filed from letters`,
  registers: `select code, class, last_seq from register_years`,
  documents: `select r.kind as of, d.kind from documents d join requests r on r.id = d.request_id`,
  reveals: `select status, request_id is not null as first from credential_reveals`,
  deployments: `select status, bytes is null as forgotten from site_deployments`,
  reminders: `select days_before from registration_reminders`,
  warnings: `select percent, visit from time_warnings`,
  systems: `select name from electronic_systems`,
  logbook: `select act, subject from logbook_entries where act <> all($1)`,
} as const

/** @returns the traces of a run, to be compared with those of a run that nobody disturbed */
export async function tracesOf(run: Run): Promise<Traces> {
  const client = new Client({ connectionString: run.ownerUrl })
  await client.connect()
  try {
    const found: Record<string, readonly string[]> = {}
    for (const [name, text] of Object.entries(tables)) {
      const { rows } = await client.query<Record<string, unknown>>(
        text,
        text.includes('$1') ? [[...repeats, ...byTheClock]] : [],
      )
      found[name] = rows.map((row) => plain(run, JSON.stringify(row))).toSorted()
    }
    await assertHonest(client, run)
    return { ...found, mails: await mailsOf(run), ...(await outsideOf(run)) }
  } finally {
    await client.end()
  }
}

/** Takes out what differs from run to run. */
function plain(run: Run, text: string): string {
  return text
    .replaceAll(run.order.story.office.zone, 'ZONE')
    .replaceAll(/-[0-9a-f]{8}@/g, '@')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'ID')
    .replaceAll(/[A-Z0-9]+-\d{4,}-[0-9A-Z]+/g, 'TICKET')
}

/** What must hold by itself, without a run to compare with. */
async function assertHonest(client: Client, run: Run): Promise<void> {
  const rows = async <T extends object>(text: string): Promise<T[]> => (await client.query<T>(text)).rows
  const entries = await rows<StoredEntry & { act: string }>(
    'select seq::int, prev, hash, text, act from logbook_entries order by seq',
  )
  const verdict = verifyChain(run.order.story.office.id, entries)
  assert.ok(verdict.ok, `logbook: ${JSON.stringify(verdict)}`)
  const count = (act: string): number => entries.filter((entry) => entry.act === act).length
  const letters = await rows<{ register: string; seq: number; status: string }>(
    `select register || ' ' || year as register, seq, status from letters order by year, seq`,
  )
  for (const register of new Set(letters.map((letter) => letter.register))) {
    const numbers = letters.filter((letter) => letter.register === register).map((letter) => letter.seq)
    const wanted = numbers.map((_, index) => index + 1)
    assert.deepEqual(numbers, wanted, `register ${register} has a gap or a double`)
  }
  assert.equal(letters.filter((letter) => letter.status === 'issued').length, count('letter.issued'))
  assert.equal(letters.length, count('letter.numbered'))
  const services = await rows<{ status: string }>('select status from services')
  assert.equal(services.length, count('service.live'))
  assert.equal(services.filter((each) => each.status === 'closed').length, count('service.closed'))
  const plans = await rows('select id from provisionings')
  assert.equal(plans.length, count('service.planned'))
  const ended = await rows<{ phase: string; ending: string }>(
    `select phase, state->>'ending' as ending from requests`,
  )
  for (const each of ended) assert.deepEqual(each, { phase: 'ended', ending: 'completed' })
  assert.deepEqual(await rows('select end_reason from logbook_keys where ended_at is not null'), [])
  assert.equal((await rows('select origin from logbook_keys')).length, count('logbook.name-begun'))
  await assertPasswords(client, run)
}

/** The credentials that wait on the one-time page work, and no others that were ever made. */
async function assertPasswords(client: Client, run: Run): Promise<void> {
  const { rows } = await client.query<{ id: string; sealed: Buffer }>(
    `select id, sealed from credential_reveals where status = 'ready'`,
  )
  assert.ok(rows.length <= 1, 'more than one page waits to be opened')
  const [page] = rows
  if (page === undefined) return
  const key = Buffer.from(run.order.sealingKey, 'base64')
  const secret = JSON.parse(unseal(key, page.id, page.sealed)) as { username: string; password: string }
  assert.ok(await signIn(run, secret.username, secret.password), 'the credentials handed over do not work')
  for (const password of run.passwords)
    if (password !== secret.password)
      assert.equal(
        await signIn(run, secret.username, password),
        false,
        'credentials that nobody has still work',
      )
}

function signIn(run: Run, username: string, password: string): Promise<boolean> {
  const client = new SshClient()
  return new Promise<boolean>((resolve) => {
    client.once('ready', () => resolve(true))
    client.once('error', () => resolve(false))
    client.connect({
      host: '127.0.0.1',
      port: run.order.ports.sftp,
      username,
      password,
      readyTimeout: 20_000,
    })
  }).finally(() => client.end())
}

async function mailsOf(run: Run): Promise<readonly string[]> {
  const names = await readdir(run.order.outbox).catch(() => [])
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFile(join(run.order.outbox, name), 'utf8')),
  )
  return texts
    .map((text) => plain(run, ['To', 'Subject'].map((name) => headerOf(text, name)).join(' | ')))
    .toSorted()
}

const headerOf = (mail: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'm').exec(mail)?.[1]?.replaceAll(/\s+/g, ' ') ?? ''

/** The zone record by record, the name as dig sees it, and the site as a visitor sees it. */
async function outsideOf(run: Run): Promise<Traces> {
  const { ports, tsigSecret, story } = run.order
  const key = { name: 'ranah-desk', algorithm: 'hmac-sha256', secret: tsigSecret } as const
  const place = { host: '127.0.0.1', port: ports.dns }
  const dns = openDnsDriver('embedded', { ...place, key, nameServers: [{ name: '*', ...place }] })
  const sets = (await dns.transfer(story.office.zone)).filter((set) => set.type !== 'SOA')
  const fqdn = `${story.label}.${story.office.zone}`
  const answer = await dig(ports.dns, [fqdn, 'A'])
  const site = await probeSite(fqdn, async () => ({ address: '127.0.0.1', port: ports.sites }))
  return {
    zone: sets.map((set) => plain(run, `${set.name} ${set.type} ${set.values.join(' ')}`)).toSorted(),
    dig: [answer.status, ...answer.answer.map((line) => plain(run, line.replaceAll(/\s+/g, ' ')))],
    site: site.kind === 'seen' ? [String(site.status), plain(run, site.title ?? '')] : ['unknown'],
  }
}
