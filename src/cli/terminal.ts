import { Refused } from '../domain/refused.ts'
import type { Log } from './installation.ts'

/** Lines for people go to standard error where standard output carries a document. */
export function terminalLog(stream: NodeJS.WritableStream): Log {
  return {
    event: (text) => void stream.write(`${text.id}\n`),
    fault: (error, where) =>
      void stream.write(`${new Date().toISOString()} ${where ?? 'ranah'}: ${describe(error)}\n`),
  }
}

/** @returns an expected refusal as its sentences, anything else with its stack for whoever mends it */
export function describe(error: unknown): string {
  if (error instanceof Refused)
    return [error.text.id, ...error.issues.map((issue) => `  ${issue.field}: ${issue.text.id}`)].join('\n')
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Resolves when the terminal or the service manager asks the process to end. */
export function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
