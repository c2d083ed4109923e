import type { Text } from '../domain/refused.ts'
import type { Call, Signature } from './arguments.ts'
import type { CommandDeps } from './installation.ts'

/** One command of `ranah`: what it takes and what it does. What it is for stands in domain/text, by its words. */
export type Command = Signature & {
  /** what exit code 1 means, where it is not just a refusal */
  readonly exitOne?: Text
  /** @returns the exit code: 0 done, 1 no, 2 the call was wrong; throws Refused for a "no" with a sentence */
  readonly run: (call: Call, deps: CommandDeps) => Promise<number>
}
