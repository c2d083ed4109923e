const KEY = /^[a-z][A-Za-z0-9-]{0,63}$/

export type Fields = Readonly<Record<string, unknown>>

/** The object that a canonical text [1] stands for; undefined when it is anything else. */
export function parseCanonical(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && isCanonical(value) && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a parsed value may stand in canonical JSON: key forms and order, whole numbers, no lone surrogates. White
 * space, doubled keys and other ways to write the same are found by writing the value again and comparing.
 */
function isCanonical(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (Array.isArray(value)) return value.every(isCanonical)
  if (!isObject(value)) return true
  const keys = Object.keys(value)
  return keys.every((key, i) => KEY.test(key) && (i === 0 || keys[i - 1]! < key) && isCanonical(value[key]))
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the object has these keys and no others. */
export function hasOnly(fields: Fields, keys: string): boolean {
  return Object.keys(fields).join(' ') === keys
}

export function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}
