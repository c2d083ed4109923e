import type { SiteReport } from '../../domain/hosting/control.ts'
import type { ControlVerbs } from './control.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingPlanText, siteKindText } from '../../domain/text/hosting.ts'
import { issueCredentials, revokeCredentials } from './credentials.ts'
import { deployArchive } from './deploy.ts'
import type { SiteRecord } from './site-record.ts'
import type { SiteStore } from './site-store.ts'
import type { UsageBook } from './usage.ts'

export type HostFacts = {
  readonly store: SiteStore
  readonly usage: UsageBook
  readonly quotaBytes: number
  readonly now: () => Date
  /** Known only once the ports are open. */
  readonly ports: () => { readonly webPort: number; readonly sftpPort: number }
  /** Public host key in OpenSSH's one-line form, for whoever wants to pin it. */
  readonly hostKey: string
}

/** Every verb of the control port, over the store. */
export function controlVerbs(facts: HostFacts): ControlVerbs {
  const { store, now } = facts
  return {
    ping: async () => ({
      pid: process.pid,
      ...facts.ports(),
      hostKey: facts.hostKey,
      kinds: ['static'],
      databases: [],
      diskLimit: 'enforced',
    }),
    'ensure-site': async ({ token, fqdn, title, agency, kind }) => {
      if (kind !== 'static') {
        throw new Refused('site-kind-not-offered', hostingPlanText.kindNotOffered(siteKindText[kind]))
      }
      return { done: await store.ensure({ fqdn, title, agency }, token) }
    },
    'remove-site': async ({ fqdn, token, onlyCreatedWith }) => ({
      done: await store.remove(fqdn, token, onlyCreatedWith),
    }),
    'restore-site': async ({ fqdn, token }) => ({ done: await store.restore(fqdn, token) }),
    'list-sites': async () => ({ sites: await reports(facts) }),
    'inspect-site': async ({ fqdn }) => {
      const record = store.findSound(fqdn)
      return { site: record && (await report(facts, record)) }
    },
    'issue-credentials': async ({ fqdn, token }) => ({
      ...(await issueCredentials(store, fqdn, token, now)),
      sftpPort: facts.ports().sftpPort,
      hostKey: facts.hostKey,
    }),
    'revoke-credentials': async ({ fqdn }) => ({ done: await revokeCredentials(store, fqdn) }),
    deploy: ({ fqdn, token }, body) => deployArchive(facts, fqdn, token, body),
  }
}

async function reports(facts: HostFacts): Promise<SiteReport[]> {
  const all: SiteReport[] = []
  for (const record of facts.store.list()) all.push(await report(facts, record))
  return all
}

async function report({ store, usage, quotaBytes }: HostFacts, record: SiteRecord): Promise<SiteReport> {
  const [live] = record.versions
  const { fqdn, title, agency, createdAt, createdWith, access } = record
  const { deployedAt, archiveSha256, origin } = live!
  return {
    fqdn,
    title,
    agency,
    kind: 'static',
    createdAt,
    createdWith,
    live: { version: live!.id, deployedAt, archiveSha256, origin },
    keptVersions: record.versions.length - 1,
    usedBytes: (await usage.of(store.liveDir(record))).bytes,
    quotaBytes,
    access: access && { username: access.username, issuedAt: access.issuedAt, generation: access.generation },
  }
}
