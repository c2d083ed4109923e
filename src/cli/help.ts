import type { Text } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import type { Option, Signature } from './arguments.ts'
import { optionsOf } from './arguments.ts'
import type { Command } from './command.ts'

type Say = (text: Text) => string

/** The list of commands. */
export function overview(rows: readonly (readonly [string, string])[], say: Say): string {
  const { headings } = cliTexts
  return [
    `${say(headings.usage)}: ranah ${say(headings.commands).toUpperCase()} ...`,
    '',
    ...columns(rows),
    '',
    say(headings.more),
  ].join('\n')
}

/** Everything about one command. */
export function commandHelp(name: string, summary: Text, command: Command, say: Say): string {
  const { headings, exitCodes } = cliTexts
  const operands = (command.operands ?? []).map((each) => [each.name, say(each.about)] as const)
  const options = optionsOf(command).map(
    ([word, option]) => [spelt(word, option), say(option.about)] as const,
  )
  const codes = [
    ['0', say(exitCodes.done)],
    ['1', command.exitOne ? `${say(command.exitOne)}; ${say(exitCodes.no)}` : say(exitCodes.no)],
    ['2', say(exitCodes.wrongCall)],
  ] as const
  return [
    say(summary),
    '',
    `${say(headings.usage)}: ${usage(name, command)}`,
    ...section(say(headings.operands), operands),
    ...section(say(headings.options), options),
    ...section(say(headings.exitCodes), codes),
  ].join('\n')
}

/** One line: how the command is written. */
export function usage(name: string, { operands = [], options = {} }: Signature): string {
  const words = operands.map((each) => (each.optional ? `[${each.name}]` : each.name))
  const named = Object.entries(options).map(([word, option]) => {
    const text = `--${word}${option.value ? ` ${option.value}` : ''}`
    return `${option.required ? text : `[${text}]`}${option.many ? '...' : ''}`
  })
  return ['ranah', name, ...words, ...named].join(' ')
}

function spelt(word: string, { value, short }: Option): string {
  return `${short ? `-${short}, ` : ''}--${word}${value ? ` ${value}` : ''}`
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...columns(rows)]
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)
}
