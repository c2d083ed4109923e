import { resolve } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

/** One finished test, or something a file printed, as one line of JSON for test/support/suite.ts. */
export type Report =
  | {
      readonly kind: 'test'
      readonly file: string
      readonly name: string
      readonly state: TestState
      readonly why: string
    }
  | { readonly kind: 'output'; readonly file: string; readonly text: string }

export type TestState = 'passed' | 'failed' | 'skipped'

/** A reporter for node's test runner. Groups and the runner's own line per file are not tests. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    const one = toReport(event)
    if (one) yield `${JSON.stringify(one)}\n`
  }
}

function toReport(event: TestEvent): Report | undefined {
  if (event.type === 'test:stdout' || event.type === 'test:stderr') {
    return { kind: 'output', file: event.data.file, text: event.data.message }
  }
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return undefined
  const { data } = event
  const file = data.file ?? ''
  const isWholeFile = data.nesting === 0 && resolve(data.name) === file
  if (data.details.type === 'suite' || (isWholeFile && event.type === 'test:pass')) return undefined
  const skipped = data.skip !== undefined || data.todo !== undefined
  const state = skipped ? 'skipped' : event.type === 'test:pass' ? 'passed' : 'failed'
  return {
    kind: 'test',
    file,
    name: data.name,
    state,
    why: event.type === 'test:fail' ? describe(event.data.details.error) : '',
  }
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? String(cause)
}
