import type { ZoneFinding } from './compare.ts'
import { isWithin } from './names.ts'
import { recordTypes } from './record-values.ts'
import type { Rrset } from './records.ts'

/** What becomes of a difference between a zone and the registry. */
export const findingStatuses = ['open', 'reverting', 'adopted', 'reverted', 'gone'] as const
export type FindingStatus = (typeof findingStatuses)[number]

/** What can be done about a difference: the registry follows the zone, or the zone is put back. */
export const findingProposals = ['adopt', 'revert'] as const
export type FindingProposal = (typeof findingProposals)[number]

/** Reverts of one zone within this time count together towards the share of it that they touch. */
export const revertWindowMs = 24 * 60 * 60 * 1000

/** Differences of one zone that are kept; a zone with more has to be taken over first. */
export const maxFindings = 1_000

/**
 * @param names of live services in the zone
 * @returns the service to which a new record set at a name belongs: the nearest one at it or above it
 */
export function ownerOf(set: { readonly name: string; readonly type: string }, names: readonly string[]) {
  if (!recordTypes.some((type) => type === set.type)) return undefined
  const above = names.filter((each) => isWithin(set.name, each))
  return above.sort((a, b) => b.length - a.length)[0]
}

const LEADING = ['A', 'AAAA', 'CNAME']

/**
 * @param sets record sets of the zone, or of the registry
 * @returns the name that leads nowhere any more once a difference was reverted; empty where it still does
 */
export function nameLeft(
  { name, type, registered }: Pick<ZoneFinding, 'name' | 'type' | 'registered'>,
  sets: readonly Rrset[],
): readonly string[] {
  if (registered || !LEADING.includes(type)) return []
  const isLedOn = sets.some((set) => set.name === name && set.type !== type && LEADING.includes(set.type))
  return isLedOn ? [] : [name]
}
