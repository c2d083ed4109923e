/**
 * The boundaries a desk passes: before and after every call to the outside, after every commit, and whenever
 * the queue gave a job out or took it back. They are seen where they happen, so a new call or a new
 * transaction is a new boundary without a line here.
 */
import { createHash } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { Client } from 'pg'
import type { JobDeps } from '../../src/jobs/deps.ts'

/**
 * Told the name of a boundary at the very moment it is passed, before anything else can happen.
 * @param key what tells it from others of the same name; the same boundary, passed again after a crash, has the same
 */
export type Pass = (name: string, key?: string) => void

export type Passed = { readonly name: string; readonly key: string; readonly boundary: string }

/**
 * Numbers boundaries of one name by their keys: `after mail.send #3` is the third message, however often a crash
 * made it be sent again.
 * @param earlier what the desks before this one passed
 */
export function numbered(earlier: readonly Passed[], tell: (passed: Passed) => void): Pass {
  const keysOf = new Map<string, string[]>()
  const keys = (name: string): string[] => {
    const known = keysOf.get(name) ?? []
    keysOf.set(name, known)
    return known
  }
  for (const { name, key } of earlier) if (!keys(name).includes(key)) keys(name).push(key)
  return (name, key) => {
    const known = keys(name)
    const own = key ?? `${known.length + 1}`
    if (!known.includes(own)) known.push(own)
    tell({ name, key: own, boundary: `${name} #${known.indexOf(own) + 1}` })
  }
}

type Outside = Pick<JobDeps, 'dnsOf' | 'hostingOf' | 'pdf' | 'mail'>

/** The drivers, with a boundary before and after each of their calls. */
export function watchDrivers(outside: Outside, pass: Pass): Outside {
  return {
    dnsOf: (zone) => watched('dns', outside.dnsOf(zone), pass),
    hostingOf: (host) => watched('hosting', outside.hostingOf(host), pass),
    pdf: watched('pdf', outside.pdf, pass),
    mail: watched('mail', outside.mail, pass),
  }
}

/** What an authority does for good when it is asked, by the beginning of the path where pebble is asked for it. */
const actsOfAuthority: Readonly<Record<string, string>> = {
  'order-plz': 'order made',
  chalZ: 'challenge told',
  'finalize-order': 'order finalised',
  certZ: 'certificate fetched',
  'revoke-cert': 'certificate revoked',
}

/** A boundary when the authority has answered: it is done there, and nobody here has read a word of it. */
export function watchAuthority(pass: Pass): void {
  subscribe('http.client.response.finish', (message) => {
    const { request } = message as { request: ClientRequest }
    const act = actsOfAuthority[request.path.split('/')[1] ?? '']
    if (act !== undefined) pass(`authority: ${act}`)
  })
}

/** A driver with a boundary before and after each of its calls. */
export function watched<T extends object>(driver: string, real: T, pass: Pass): T {
  return new Proxy(real, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (key === 'tls' && value) return watched(`${driver}.tls`, value, pass)
      if (typeof value !== 'function' || key === 'close') return value
      return async (...given: unknown[]) => {
        const call = createHash('sha256').update(JSON.stringify(given)).digest('hex').slice(0, 16)
        pass(`before ${driver}.${String(key)}`, call)
        const answer: unknown = await Reflect.apply(value, target, given)
        pass(`after ${driver}.${String(key)}`, call)
        return answer
      }
    },
  })
}

type Asked = { readonly text?: string; readonly values?: readonly unknown[] } | null

/** What a connection wrote since its `begin`; null outside of a transaction. */
type Written = { readonly acts: string[]; readonly jobs: string[]; readonly mails: string[]; changes: number }

/**
 * Watches every connection to PostgreSQL of this process. A commit is named after what was committed; one that
 * wrote nothing is no boundary.
 */
export function watchCommits(pass: Pass): void {
  const open = new WeakMap<Client, Written>()
  const query = Reflect.get(Client.prototype, 'query') as (...given: unknown[]) => unknown
  const watching = function (this: Client, ...given: unknown[]): unknown {
    const [first, second] = given
    const asked = (typeof first === 'string' ? { text: first, values: second } : first) as Asked
    const text = asked?.text ?? ''
    const values = Array.isArray(asked?.values) ? asked.values : []
    const after = whenDone(this, open, text, values, pass)
    if (after === undefined) return query.apply(this, given)
    const callback = given.at(-1)
    if (typeof callback === 'function') {
      const told = (error: unknown, result: unknown): void => {
        if (!error) after(result)
        ;(callback as (error: unknown, result: unknown) => void)(error, result)
      }
      return query.apply(this, [...given.slice(0, -1), told])
    }
    return (query.apply(this, given) as Promise<unknown>).then((result) => {
      after(result)
      return result
    })
  }
  Object.defineProperty(Client.prototype, 'query', { value: watching, writable: true, configurable: true })
}

/** @returns what to do once the statement has succeeded, if it is one that matters */
function whenDone(
  client: Client,
  open: WeakMap<Client, Written>,
  text: string,
  values: readonly unknown[],
  pass: Pass,
): ((result: unknown) => void) | undefined {
  const word = text.trim().toLowerCase()
  // the queue also sends whole transactions as one text: they are over when they return
  if (/^(begin|start transaction)[^;]*;?$/.test(word)) {
    open.set(client, { acts: [], jobs: [], mails: [], changes: 0 })
    return undefined
  }
  const written = open.get(client)
  if (word === 'rollback') {
    open.delete(client)
    return undefined
  }
  if (written === undefined) return queueBoundary(text, values, pass)
  if (word !== 'commit') {
    note(written, text, values)
    return undefined
  }
  open.delete(client)
  if (written.changes === 0) return undefined
  const what = [...written.acts, ...new Set(written.jobs.map((job) => `job ${job}`))]
  // acts are done once; mails may be enqueued again, and nothing comes of it
  const key = written.acts.length > 0 ? undefined : written.mails.toSorted().join(' ')
  // PostgreSQL answers the commit of a failed transaction with ROLLBACK
  return (result) => {
    if ((result as { command?: string }).command === 'COMMIT') pass(`commit: ${what.join(' + ')}`, key)
  }
}

function note(written: Written, text: string, values: readonly unknown[]): void {
  if (!/\b(insert\s+into|update\s+"?[a-z_.]+"?\s+set|delete\s+from)\b/i.test(text)) return
  written.changes += 1
  const strings = values.filter((value) => typeof value === 'string')
  if (text.includes('into logbook_entries'))
    written.acts.push(strings.find((value) => /^[a-z-]+\.[a-z-]+$/.test(value)) ?? 'entry')
  if (/insert into pgboss\./i.test(text)) {
    const name = /"name"\s*:\s*"([a-z-]+)"/.exec(strings.join(' '))?.[1]
    written.mails.push(...(strings.join(' ').match(/[0-9a-f]{32}@ranah\.invalid/g) ?? []))
    written.jobs.push(name ?? strings.find((value) => /^[a-z]+(-[a-z]+)+$/.test(value)) ?? 'unknown')
  }
}

type Rows = { readonly rows?: readonly Record<string, unknown>[] }

/** The queue's own statements commit by themselves. How often it asks is a matter of chance: one boundary for each job. */
function queueBoundary(
  text: string,
  values: readonly unknown[],
  pass: Pass,
): ((result: unknown) => void) | undefined {
  const verb = /set\s+state = 'active'/i.test(text)
    ? 'given out'
    : /state = 'completed',/i.test(text) && /^\s*with (input|results)|^\s*update/i.test(text)
      ? 'taken back'
      : undefined
  if (verb === undefined) return undefined
  return (result) => {
    const rows = (result as Rows).rows ?? []
    if (rows.length === 0 || Number(rows[0]!.count ?? 1) === 0) return
    const job = /name = '([a-z-]+)'/.exec(text)?.[1] ?? String(values[0])
    const name = `queue: ${job} ${verb}`
    if (!unasked.has(job) && !job.startsWith('__')) pass(name, 'any')
  }
}

/** Jobs that the clock starts: they run whenever it strikes, not because of what happens to a request. */
const unasked = new Set([
  'watch-times',
  'expire-reveals',
  'remind-registrations',
  'watch-appointments',
  'tend-hosts',
])
