import { publicLimits, roomOf, turnOf, type CertificateLimits, type SignedCertificate } from './budget.ts'
import { gather } from './gather.ts'
import { certificateNames } from './names.ts'
import { registeredDomainOf } from './registered-domain.ts'

/** A wish of this office that waits to be signed and may be served together with others. Oldest first in every list. */
export type WaitingWish = {
  readonly id: string
  readonly name: string
  /** one certificate serves sites of one host and one zone: its key stays there, and its proofs go there */
  readonly place: string
}

/** What is known of all that counts under one registered domain. */
export type DomainUse = {
  readonly signed: readonly SignedCertificate[]
  /** wishes that wait to be signed, of every office, the one that asks included */
  readonly waiting: readonly { readonly id: string; readonly names: readonly string[] }[]
}

export type NextStep =
  /** ask for a certificate with these names; it serves these wishes, too */
  | { readonly kind: 'ask'; readonly names: readonly string[]; readonly others: readonly string[] }
  /** its turn comes then */
  | { readonly kind: 'queued'; readonly expectedAt: Date }

/**
 * What a wish does next. While every wish under the domain can have a certificate of its own it gets its own; only
 * when more wait than there is room go the names of one host together, or under a wildcard: they come when the oldest
 * of them does, and whichever looks first asks for all.
 *
 * @param wish among `shareable`, unless it must go by itself
 */
export function nextStepOf(
  wish: { readonly id: string; readonly name: string },
  shareable: readonly WaitingWish[],
  use: DomainUse,
  options: { readonly offersWildcard: boolean; readonly now: Date; readonly limits?: CertificateLimits },
): NextStep {
  const { now, offersWildcard, limits = publicLimits } = options
  const room = roomOf(registeredDomainOf(wish.name), use.signed, now, limits)
  const groups = use.waiting.length > room ? groupsOf(shareable, offersWildcard) : []
  const alone = { names: certificateNames([wish.name]), serves: [wish.id] }
  const own = groups.find(({ serves }) => serves.includes(wish.id)) ?? alone
  const ahead = aheadOf(own, groups, use)
  const turn = turnOf({ names: own.names, isExempt: false, ahead }, use.signed, now, limits)
  if (turn.kind === 'queued') return { kind: 'queued', expectedAt: turn.expectedAt }
  return { kind: 'ask', names: own.names, others: own.serves.filter((id) => id !== wish.id) }
}

type Group = { readonly names: readonly string[]; readonly serves: readonly string[] }

/** What goes together, each with its oldest wish first. */
function groupsOf(shareable: readonly WaitingWish[], offersWildcard: boolean): readonly Group[] {
  const waiting = shareable.map(({ name, place }) => ({ name, host: place }))
  return gather(waiting, { room: 0, offersWildcard }).map(({ names, serves, host }) => ({
    names,
    serves: shareable
      .filter(({ name, place }) => place === host && serves.includes(name))
      .map(({ id }) => id),
  }))
}

/** What comes before: each older wish that is not served together with another. */
function aheadOf(own: Group, groups: readonly Group[], use: DomainUse): readonly (readonly string[])[] {
  const place = use.waiting.findIndex(({ id }) => own.serves.includes(id))
  const followers = new Set(groups.flatMap(({ serves }) => serves.slice(1)))
  return use.waiting
    .slice(0, Math.max(0, place))
    .filter(({ id }) => !followers.has(id))
    .map(({ names }) => names)
}
