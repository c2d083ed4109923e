import { randomUUID } from 'node:crypto'
import { ZodError } from 'zod'
import type * as z from 'zod'
import type { FieldIssue, Locale, Text } from '../domain/refused.ts'
import { isSeparationViolation, isUnstorableText } from '../db/database.ts'
import { Refused } from '../domain/refused.ts'
import { fieldTexts, httpTexts } from '../domain/text/http.ts'
import { separationTexts } from '../domain/text/separation.ts'
import type { Fault } from './deps.ts'

/** A problem document (RFC 9457). `reason` is the stable code; `issues` name the fields that are wrong. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly reason: string
  readonly instance: string
  readonly issues?: readonly { readonly field: string; readonly detail: string }[]
}

/** The expected "no" that an error stands for, if it is one. Faults are none. */
export function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error
  if (error instanceof ZodError)
    return new Refused('bad-input', httpTexts.badInput, {
      issues: error.issues.map(fieldIssue),
      cause: error,
    })
  if (isBrokenOff(error)) return new Refused('broken-off', httpTexts.brokenOff, { status: 400, cause: error })
  if (isSeparationViolation(error))
    return new Refused('same-person', separationTexts.refused, { status: 403, cause: error })
  if (isUnstorableText(error)) return new Refused('bad-input', httpTexts.badInput, { cause: error })
  return undefined
}

/** Whoever sent the body went away before its end, or cut it into chunks that are none. */
const isBrokenOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'

/** Logs what is not an expected refusal. @returns the number under which it was logged */
export function logFault(
  log: (fault: Fault) => void,
  at: { method: string; path: string },
  error: unknown,
): string {
  const id = randomUUID().slice(0, 8)
  log({ id, method: at.method, path: at.path, error })
  return id
}

/** @returns the problem document of a refusal, in the reader's language */
export function problemOf(refused: Refused, locale: Locale, instance: string): Problem {
  return {
    type: `urn:ranah:problem:${refused.reason}`,
    title: titleOf(refused)[locale],
    status: refused.status,
    detail: refused.text[locale],
    reason: refused.reason,
    instance,
    ...(refused.issues.length > 0 && {
      issues: refused.issues.map(({ field, text }) => ({ field, detail: text[locale] })),
    }),
  }
}

/** @returns the problem document of a fault: its number, never its text */
export function faultProblem(id: string, locale: Locale, instance: string): Problem {
  return {
    type: 'urn:ranah:problem:fault',
    title: httpTexts.faultTitle[locale],
    status: 500,
    detail: `${httpTexts.fault[locale]} ${httpTexts.faultNumber(id)[locale]}`,
    reason: 'fault',
    instance,
  }
}

export function problemResponse(problem: Problem): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

/** A heading for the refusal's page. */
export function titleOf(refused: Refused): Text {
  if (refused.status === 404) return httpTexts.notFoundTitle
  if (refused.status === 403) return httpTexts.notAllowedTitle
  return httpTexts.problemTitle
}

type Issue = z.core.$ZodIssue

/** The schema's finding as a sentence for the person who filled in the field. */
function fieldIssue(issue: Issue): FieldIssue {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return { field: [...issue.path, ...keys].join('.'), text: issueText(issue) }
}

function issueText(issue: Issue): Text {
  switch (issue.code) {
    case 'custom':
      return (issue.params?.text as Text | undefined) ?? fieldTexts.format
    case 'too_big':
      return (issue.origin === 'string' ? fieldTexts.tooLong : fieldTexts.tooBig)(Number(issue.maximum))
    case 'too_small':
      if (issue.origin !== 'string') return fieldTexts.tooSmall(Number(issue.minimum))
      return Number(issue.minimum) <= 1 ? fieldTexts.missing : fieldTexts.tooShort(Number(issue.minimum))
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? fieldTexts.missing : fieldTexts.format
    case 'invalid_format':
      return issue.format === 'email' ? fieldTexts.email : fieldTexts.format
    case 'invalid_value':
      return fieldTexts.choice
    case 'unrecognized_keys':
      return fieldTexts.unknown
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return fieldTexts.format
  }
}
