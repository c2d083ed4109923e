import { Refused } from '../refused.ts'
import { dnsRecordText as text } from '../text/dns-records.ts'
import type { DnsPlan } from './plan.ts'

/** Holds back a plan that would change or remove much of a zone, until somebody has seen the number. */

export type PlanLimits = {
  /** part of the zone's record sets, between 0 and 1, that a plan may change or remove */
  readonly share: number
  /** so many may always change, however small the zone is */
  readonly sets: number
}

export const usualPlanLimits: PlanLimits = { share: 0.1, sets: 5 }

export type PlanImpact = {
  /** record sets that the plan changes or removes; what it adds harms nobody */
  readonly touched: number
  /** record sets of the zone now, the SOA aside */
  readonly total: number
}

export function impactOf(plan: DnsPlan, setsInZone: number): PlanImpact {
  const touched = plan.changes.filter(({ before }) => before !== null).length
  // somebody may have removed sets since they were counted
  return { touched, total: Math.max(setsInZone, touched) }
}

export function isUnsafe({ touched, total }: PlanImpact, limits: PlanLimits = usualPlanLimits): boolean {
  return touched > limits.sets && touched > total * limits.share
}

/**
 * Lets a plan pass that is safe, or whose number somebody has read and signed.
 * @param approvedNumber the number the override names; one that is not that of this plan counts for nothing
 * @throws Refused `dns-plan-unsafe`, 409, with the number
 */
export function guardPlan(
  impact: PlanImpact,
  options: { readonly limits?: PlanLimits; readonly approvedNumber?: number | undefined } = {},
): void {
  if (!isUnsafe(impact, options.limits) || options.approvedNumber === impact.touched) return
  const percent = Math.floor((100 * impact.touched) / impact.total)
  throw new Refused('dns-plan-unsafe', text.planUnsafe(impact.touched, impact.total, percent), {
    status: 409,
  })
}
