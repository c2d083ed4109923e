import type { Locale } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import type { Log } from './installation.ts'

/** Lines for people go to standard error where standard output carries a document. */
export function terminalLog(stream: NodeJS.WritableStream, locale: Locale = 'id'): Log {
  return {
    event: (text) => void stream.write(`${text[locale]}\n`),
    fault: (error, where) =>
      void stream.write(`${new Date().toISOString()} ${where ?? 'ranah'}: ${describe(error)}\n`),
  }
}

/** @returns an expected refusal as its sentences, anything else with its stack for whoever mends it */
export function describe(error: unknown, locale: Locale = 'id'): string {
  if (error instanceof Refused) {
    const issues = error.issues.map((issue) => `  ${issue.field}: ${issue.text[locale]}`)
    return [error.text[locale], ...issues].join('\n')
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * Resolves when the process is asked to end: SIGINT comes from a terminal and means everything, SIGTERM comes from
 * a service manager, which restarts the portal while the servers go on answering.
 */
export function untilAskedToEnd(): Promise<{ readonly servers: boolean }> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve({ servers: true }))
    process.once('SIGTERM', () => resolve({ servers: false }))
  })
}
