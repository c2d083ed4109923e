import type { FieldIssue } from '../refused.ts'
import type { Contact as PseContact, PseData } from '../pse/pse-data.ts'
import { emptyPseData, pseData } from '../pse/pse-data.ts'
import { issuesOf } from '../text/issues.ts'
import type { ApplicationDraft } from './application.ts'

/** The longest list of addresses or kinds that is looked at. */
const maxListLength = 20

/** The record of the electronic system as an application states it, and what of it could not be read. */
export type PseRecord = { readonly data: PseData; readonly unreadable: readonly FieldIssue[] }

/**
 * Reads the record of the electronic system out of an application. Its contacts are the application's own and its
 * owner the applying agency; a field that makes no sense counts as empty and is named.
 */
export function pseRecordOf(draft: ApplicationDraft, agency: string): PseRecord {
  const empty = emptyPseData()
  const given = fitted(empty, draft.system ?? {}) as PseData
  const whole: PseData = {
    ...given,
    ownerAgency: given.ownerAgency ?? agency,
    contacts: {
      administrative: contactOf(draft.administrative),
      technical: contactOf(draft.technical),
    },
  }
  const parsed = pseData.safeParse(whole)
  if (parsed.success) return { data: parsed.data, unreadable: [] }
  const unreadable = issuesOf(parsed.error)
  let data: unknown = whole
  for (const issue of parsed.error.issues) data = emptied(data, empty, issue.path)
  return { data: pseData.parse(data), unreadable }
}

/** Takes the known fields over, so that nothing unknown gets in; what is missing stays empty. */
function fitted(shape: unknown, value: unknown): unknown {
  if (Array.isArray(shape)) {
    const list = Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
    return list.filter((each) => each !== '').slice(0, maxListLength)
  }
  if (typeof shape === 'object' && shape !== null) {
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    return Object.fromEntries(
      Object.entries(shape).map(([key, inner]) => [
        key,
        fitted(inner, Object.hasOwn(given, key) ? given[key] : null),
      ]),
    )
  }
  return value === '' || value === undefined ? null : value
}

function contactOf(given: Readonly<Record<string, string>> | undefined): PseContact {
  const field = (name: string): string | null => given?.[name]?.trim().slice(0, 200) || null
  return {
    name: field('name'),
    nip: field('nip'),
    rank: field('rank'),
    post: field('post'),
    phone: field('phone'),
    email: field('email'),
  }
}

/** The value with the field at this path as it is in the empty record. */
function emptied(value: unknown, empty: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof empty !== 'object' || empty === null || Array.isArray(empty)) return empty
  const inner = (from: unknown): unknown => (from as Record<PropertyKey, unknown>)[key]
  return { ...(value as object), [key]: emptied(inner(value), inner(empty), rest) }
}
