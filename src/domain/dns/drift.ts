import { isWithin } from './names.ts'
import { recordTypes } from './record-input.ts'

/** What becomes of a difference between a zone and the registry. */
export const findingStatuses = ['open', 'reverting', 'adopted', 'reverted', 'gone'] as const
export type FindingStatus = (typeof findingStatuses)[number]

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
