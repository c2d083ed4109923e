/** Where a paper stands; the order is that of its life. */
export const standings = [
  'active',
  'inactive',
  'due',
  'proposed',
  'permanent',
  'held',
  'destroyed',
  'unclassed',
] as const
export type Standing = (typeof standings)[number]

/** Why a paper is in use, whatever its years say. */
export type Use = 'request-running' | 'service-live' | 'appointment-valid'

/** Papers of one proposal at the most: a list that a person can read. */
export const maxProposed = 200

/** From this many years on the consent is that of the national archive (PP 28/2012). */
export const nationalConsentYears = 10

/** How far a proposal of destruction is. */
export type DisposalStatus = 'proposed' | 'approved' | 'destroyed' | 'dropped'
