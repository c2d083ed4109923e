import { readFile } from 'node:fs/promises'

import {
  controlRequests,
  type SiteReport,
  type Verb,
  type VerbAnswer,
  type VerbRequest,
} from '../../domain/hosting/control.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { issueCredentials, revokeCredentials } from './access.ts'
import { askForKey, hideProofs, installChain, showProof, signRequest } from './certificate.ts'
import { type Changed, ensureSite, removeSite, requireSite, restoreSite } from './changes.ts'
import { isAsLaid, refreshStartingPage, usedBytes } from './content.ts'
import { diskLimit } from './disk-limit.ts'
import { unixUserOf } from './places.ts'
import { liveSite, type NameRecord, readAllRecords, readRecord, saveRecord } from './record.ts'
import type { HostSettings } from './settings.ts'
import { settleName } from './settle.ts'

export type Run = {
  readonly settings: HostSettings
  readonly now: Date
  /** Names whose configuration has to be made so before they are answered for. */
  readonly pending: Set<string>
  /** Those among them that the host could not be made to agree with; they stay pending for the next run. */
  readonly unsettled: Set<string>
}

type VerbTable = { readonly [V in Verb]: (run: Run, request: VerbRequest<V>) => Promise<VerbAnswer<V>> }

const verbs: VerbTable = {
  ping: async ({ settings, now }) => ({
    pid: process.pid,
    webPort: settings.webPort,
    sftpPort: settings.sftpPort,
    hostKey: await hostKey(),
    kinds: [
      'static',
      ...(settings.php === null ? [] : (['php'] as const)),
      'proxy',
      'redirect',
      'maintenance',
    ],
    databases: [...settings.databases],
    diskLimit: await diskLimit(),
    now: now.toISOString(),
  }),
  'ensure-site': async (run, { token, ...site }) => {
    const record = await healed(run, site.fqdn)
    const changed = ensureSite(record, site, token, run.now)
    const [before, after] = [liveSite(record), liveSite(changed.record)]
    if (before && after && changed.done === 'updated') await refreshStartingPage(site.fqdn, before, after)
    return change(run, changed)
  },
  'remove-site': async (run, { fqdn, token, onlyCreatedWith }) => {
    const record = await healed(run, fqdn)
    const site = liveSite(record)
    const isUnused = site !== undefined && (await isAsLaid(fqdn, site))
    return change(run, removeSite(record, token, onlyCreatedWith, isUnused))
  },
  'restore-site': async (run, { fqdn, token }) => change(run, restoreSite(await healed(run, fqdn), token)),
  'list-sites': async ({ settings }) => {
    const sites: SiteReport[] = []
    for (const record of await readAllRecords()) {
      const report = await reportOf(settings, record)
      if (report) sites.push(report)
    }
    return { sites }
  },
  'inspect-site': async (run, { fqdn }) => ({ site: await reportOf(run.settings, await healed(run, fqdn)) }),
  'issue-credentials': async (run, { fqdn, token }) => ({
    ...(await issueCredentials(await healed(run, fqdn), token, run.now)),
    sftpPort: run.settings.sftpPort,
    hostKey: await hostKey(),
  }),
  'revoke-credentials': async (run, { fqdn }) => ({
    done: await revokeCredentials(await healed(run, fqdn)),
  }),
  'make-csr': async (run, { fqdn, names }) => {
    const asked = askForKey(await healed(run, fqdn))
    await change(run, asked)
    return { csr: await signRequest(requireSite(asked.record).tls.asked!, names) }
  },
  'install-certificate': async (run, { fqdn, chain, keyOf }) => {
    const lender = keyOf === undefined ? null : await readRecord(keyOf)
    return change(run, await installChain(await healed(run, fqdn), chain, run.now, lender))
  },
  'show-proof': async (run, { fqdn, token, content }) =>
    change(run, showProof(await healed(run, fqdn), token, content)),
  'hide-proofs': async (run, { fqdn }) => change(run, hideProofs(await healed(run, fqdn))),
}

const hostKey = async () =>
  (await readFile('/etc/ssh/ssh_host_ed25519_key.pub', 'utf8')).split(' ').slice(0, 2).join(' ').trim()

/** The record of a name; what a killed run began for it is taken up first. */
async function healed(run: Run, fqdn: string): Promise<NameRecord> {
  const record = await readRecord(fqdn)
  const isSettled = run.pending.has(fqdn) && !run.unsettled.has(fqdn)
  if (record.pending && !isSettled) await settle(run, record)
  return record
}

async function settle(run: Run, record: NameRecord): Promise<void> {
  run.pending.add(record.fqdn)
  run.unsettled.add(record.fqdn)
  await settleName(record)
  run.unsettled.delete(record.fqdn)
}

/** Writes the truth down, then makes the host agree; nginx and php-fpm follow once for the whole run. */
async function change<Done>(run: Run, { record, done }: Changed<Done>): Promise<{ done: Done }> {
  if (done === 'unchanged') return { done }
  const pending = { ...record, pending: true }
  await saveRecord(pending)
  await settle(run, pending)
  return { done }
}

async function reportOf(settings: HostSettings, record: NameRecord): Promise<SiteReport | null> {
  const site = liveSite(record)
  if (!site) return null
  const { title, agency, kind, target, database, createdAt, createdWith, access, versions } = site
  const { id: version, deployedAt, archiveSha256, origin } = versions[0]!
  return {
    fqdn: record.fqdn,
    title,
    agency,
    kind,
    createdAt,
    createdWith,
    ...(target && { target }),
    ...(database && { database }),
    live: { version, deployedAt, archiveSha256, origin },
    keptVersions: versions.length - 1,
    usedBytes: await usedBytes(site.id),
    quotaBytes: settings.quotaBytes,
    access: access && {
      username: unixUserOf(site.id),
      issuedAt: access.issuedAt,
      generation: access.generation,
    },
  }
}

const isVerb = (name: string): name is Verb => Object.hasOwn(controlRequests, name)

/** Checks the values again and carries out one verb. @returns its answer, and the name it speaks of */
export async function carryOut(
  run: Run,
  verb: string,
  request: unknown,
): Promise<{ readonly fqdn: string | null; readonly answer: unknown }> {
  if (!isVerb(verb)) throw new Refused('unknown-verb', hostingText.unknownVerb, { status: 404 })
  const parsed = controlRequests[verb].safeParse(request)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || '-'
    throw new Refused('not-understood', hostingText.notUnderstood(field), { status: 400 })
  }
  const act = verbs[verb] as (run: Run, request: unknown) => Promise<unknown>
  const fqdn = 'fqdn' in parsed.data ? parsed.data.fqdn : null
  return { fqdn, answer: await act(run, parsed.data) }
}
