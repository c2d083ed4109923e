import { canonicalName, isWithin, parentOf } from '../dns/names.ts'

/** Names of a certificate. A wildcard stands for exactly one label (RFC 9525 section 6.3). */

/** Names one certificate may carry at the public authorities. */
export const MAX_NAMES = 100

export const isWildcard = (name: string): boolean => name.startsWith('*.')

/** The names of a certificate in their one order and spelling, so that equal lists are equal texts. */
export function certificateNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(canonicalName))].sort()
}

/** Whether two certificates are duplicates in the eyes of an authority: exactly the same names. */
export function isSameNames(a: readonly string[], b: readonly string[]): boolean {
  return certificateNames(a).join(' ') === certificateNames(b).join(' ')
}

/** Whether a certificate for the names is good for this one. */
export function covers(names: readonly string[], name: string): boolean {
  const wanted = canonicalName(name)
  return names.some((each) => {
    const own = canonicalName(each)
    return own === wanted || (isWildcard(own) && !isWildcard(wanted) && parentOf(wanted) === own.slice(2))
  })
}

/** Where the proof of a name is looked for in the DNS (RFC 8555 section 8.4): a wildcard proves its parent. */
export function challengeName(name: string): string {
  return `_acme-challenge.${canonicalName(name).replace(/^\*\./, '')}`
}

/** Whether a zone can hold the proof of every name. */
export function isProvableIn(zone: string, names: readonly string[]): boolean {
  return names.every((name) => isWithin(challengeName(name), canonicalName(zone)))
}
