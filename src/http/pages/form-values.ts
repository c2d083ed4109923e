import type * as z from 'zod'
import type { Refused } from '../../domain/refused.ts'
import type { Locale } from '../../domain/refused.ts'
import type { FormIssue } from '../ui/form.tsx'

/** What a form sent. Nothing in it is trusted: `parse` it with a schema. */
export type FormValues = {
  /** The first value of a field, trimmed; empty when it was not sent. */
  readonly text: (name: string) => string
  readonly list: (name: string) => string[]
  /** A file that was really chosen. */
  readonly file: (name: string) => File | undefined
  /**
   * Checks all text fields. One value comes as a string, several as a list, an empty one as undefined.
   * @throws ZodError, which the page answers with the form and what is wrong with it
   */
  readonly parse: <Schema extends z.ZodType>(schema: Schema) => z.output<Schema>
}

export function formValues(data: FormData): FormValues {
  const list = (name: string): string[] =>
    data.getAll(name).filter((value): value is string => typeof value === 'string')
  return {
    list,
    text: (name) => clean(name, list(name)[0] ?? ''),
    file: (name) => {
      const value = data.get(name)
      return value instanceof File && value.size > 0 ? value : undefined
    },
    parse: (schema) => schema.parse(plainValues(data)),
  }
}

/** Spaces around what people type are slips, except in a password. */
const passwordFields = ['password', 'current', 'repeat', 'passphrase']
const clean = (name: string, value: string): string => (passwordFields.includes(name) ? value : value.trim())

function plainValues(data: FormData): Record<string, unknown> {
  const names = new Set([...data.keys()].filter((name) => name !== '__proto__'))
  return Object.fromEntries(
    [...names].flatMap((name): [string, unknown][] => {
      const texts = data
        .getAll(name)
        .flatMap((value) => (typeof value === 'string' ? [clean(name, value)] : []))
      if (texts.length > 1) return [[name, texts]]
      return texts[0] ? [[name, texts[0]]] : []
    }),
  )
}

/** A form as it was sent and refused; on a first visit nothing was sent. Pages fill their fields from it. */
export type Attempt = {
  readonly sent: boolean
  /** What was entered, or the fallback on a first visit. Passwords are never given back. */
  readonly value: (name: string, fallback?: string) => string | undefined
  readonly values: (name: string, fallback?: readonly string[]) => readonly string[]
  /** The sentence for a field. */
  readonly error: (name: string) => string | undefined
  readonly issues: readonly FormIssue[]
  /** The sentence of the refusal, when no single field is to blame. */
  readonly lead?: string
}

export const noAttempt: Attempt = {
  sent: false,
  value: (_name, fallback) => fallback,
  values: (_name, fallback = []) => fallback,
  error: () => undefined,
  issues: [],
}

export function refusedAttempt(form: FormValues, refused: Refused, locale: Locale): Attempt {
  const issues = refused.issues.map(({ field, text }) => ({ field, text: text[locale] }))
  return {
    sent: true,
    value: (name) => form.list(name)[0],
    values: (name) => form.list(name),
    error: (name) => issues.find((issue) => issue.field === name)?.text,
    issues,
    lead: issues.length === 0 ? refused.text[locale] : undefined,
  }
}
