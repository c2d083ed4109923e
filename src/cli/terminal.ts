import type { Locale, Text } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
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
  const known = error instanceof Error && causeOutside(error)
  if (known) return `${known[locale]} (${error.message})`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** What only whoever keeps the machine can mend; `53100` is PostgreSQL's code for a full disk. */
function causeOutside({ code, path }: NodeJS.ErrnoException): Text | undefined {
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return cliTexts.diskFull
  if (path && ['EACCES', 'ENOTDIR', 'EPERM', 'EROFS'].includes(code ?? '')) return cliTexts.noAccess(path)
  return undefined
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
