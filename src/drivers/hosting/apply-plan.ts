import type { Verb, VerbAnswer, VerbInput } from '../../domain/hosting/control.ts'
import type { HostingChange, HostingPlan } from '../../domain/hosting/plan.ts'

/** Asks one verb of a site host that speaks the verbs of `domain/hosting/control.ts`. */
export type AskHost = <V extends Verb>(verb: V, request: VerbInput<V>) => Promise<VerbAnswer<V>>

type SiteVerb = 'ensure-site' | 'remove-site' | 'restore-site'
/** The part of it that a plan needs. */
export type AskSite = <V extends SiteVerb>(verb: V, request: VerbInput<V>) => Promise<unknown>

/** Makes a plan so; twice is as good as once. */
export async function applyPlan(ask: AskSite, plan: HostingPlan): Promise<void> {
  for (const change of plan.changes) await applyChange(ask, plan, change)
}

/** Takes back exactly what a plan did. */
export async function undoPlan(ask: AskSite, plan: HostingPlan): Promise<void> {
  for (const change of [...plan.changes].reverse()) await undoChange(ask, plan, change)
}

async function applyChange(ask: AskSite, { token }: HostingPlan, change: HostingChange): Promise<void> {
  if (change.do === 'remove') await ask('remove-site', { fqdn: change.site.fqdn, token })
  else if (change.do === 'create') await ask('ensure-site', { ...change.site, token })
  else await ask('ensure-site', { ...change.after, token })
}

async function undoChange(ask: AskSite, { token }: HostingPlan, change: HostingChange): Promise<void> {
  if (change.do === 'update') {
    await ask('ensure-site', { ...change.before, token })
    return
  }
  const { fqdn } = change.site
  if (change.do === 'remove') await ask('restore-site', { fqdn, token })
  else await ask('remove-site', { fqdn, token, onlyCreatedWith: token })
}
