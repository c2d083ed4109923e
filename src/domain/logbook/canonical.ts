/** What an entry may hold: JSON without fractions, so that there is exactly one way to write it down. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const KEY = /^[a-z][A-Za-z0-9-]{0,63}$/

/** Deeper nesting than this is refused, in levels. */
const MAX_DEPTH = 8

/**
 * Writes a value as canonical JSON, the subset of RFC 8785 given in docs/logbook-format.md: keys sorted, no
 * white space, whole numbers only. Lone surrogates become U+FFFD, as UTF-8 would make them anyway.
 *
 * @throws TypeError for a value that has no canonical form; that is a mistake of the caller, not of a person
 */
export function canonical(value: Json, depth = 0): string {
  if (depth > MAX_DEPTH) throw new TypeError(`canonical: nested deeper than ${MAX_DEPTH} levels`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value === 'number') return wholeNumber(value)
  if (isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`
  return canonicalObject(value, depth)
}

function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new TypeError(`canonical: ${value} is not a whole number within 2^53`)
  return String(value)
}

function canonicalObject(value: { readonly [key: string]: Json }, depth: number): string {
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      if (!KEY.test(key)) throw new TypeError(`canonical: key ${JSON.stringify(key)} is not allowed`)
      const member = value[key]
      if (member === undefined)
        throw new TypeError(`canonical: ${key} is undefined; leave it out or use null`)
      return `"${key}":${canonical(member, depth + 1)}`
    })
  return `{${members.join(',')}}`
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
