import { parseArgs } from 'node:util'
import type { Locale, Text } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { generalOptions } from '../domain/text/commands.ts'

/** An argument that stands by its place; the last one of a command may be left out or repeated. */
export type Operand = {
  readonly name: string
  readonly about: Text
  readonly optional?: true
}

/** An argument that stands by its name. With `value` it takes one, which the help calls so. */
export type Option = {
  readonly about: Text
  readonly value?: string
  readonly short?: string
  readonly many?: true
  readonly required?: true
}

/** What a command takes. */
export type Signature = {
  readonly operands?: readonly Operand[]
  readonly options?: Readonly<Record<string, Option>>
}

/** One call of a command, checked against its signature. */
export type Call = {
  /** operands by their names; one that was left out is missing */
  readonly operands: Readonly<Record<string, string>>
  readonly has: (option: string) => boolean
  readonly one: (option: string) => string | undefined
  readonly all: (option: string) => readonly string[]
  readonly locale: Locale
  readonly say: (text: Text) => string
}

/** Understood by every command. */
const general: Readonly<Record<string, Option>> = {
  help: { about: generalOptions.help, short: 'h' },
  lang: { about: generalOptions.lang, value: 'id|en' },
}

/** @returns every option of a command by its name, the general ones last */
export const optionsOf = (signature: Signature): readonly (readonly [string, Option])[] =>
  Object.entries({ ...signature.options, ...general })

/**
 * Reads the words after a command's name.
 * @throws Refused `wrong-call` with a sentence about the first word that does not fit
 */
export function readCall(signature: Signature, args: readonly string[]): Call {
  const options = { ...signature.options, ...general }
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, short }]) => [
        name,
        { type: value ? ('string' as const) : ('boolean' as const), ...(short ? { short } : {}) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = new Map<string, string[]>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind === 'option') keepOption(options, given, token)
  }
  const locale = localeOf(given.get('lang')?.[0])
  const asksHelp = given.has('help')
  if (!asksHelp) requireOptions(options, given)
  return {
    operands: asksHelp ? {} : operandsOf(signature.operands ?? [], words),
    has: (name) => given.has(name),
    one: (name) => given.get(name)?.at(-1),
    all: (name) => given.get(name) ?? [],
    locale,
    say: (text) => text[locale],
  }
}

/** @returns a refusal that ends the program with exit code 2 */
export const wrongCall = (text: Text): Refused => new Refused('wrong-call', text, { status: 400 })

type OptionToken = { readonly name: string; readonly rawName: string; readonly value?: string | undefined }

function keepOption(
  options: Readonly<Record<string, Option>>,
  given: Map<string, string[]>,
  { name, rawName, value }: OptionToken,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (!option) throw wrongCall(cliTexts.unknownOption(rawName))
  if (option.value && value === undefined) throw wrongCall(cliTexts.optionWithoutValue(rawName, option.value))
  if (!option.value && value !== undefined) throw wrongCall(cliTexts.optionWithValue(rawName))
  const before = given.get(name)
  if (before && !option.many) throw wrongCall(cliTexts.optionTwice(rawName))
  given.set(name, [...(before ?? []), value ?? ''])
}

function requireOptions(
  options: Readonly<Record<string, Option>>,
  given: ReadonlyMap<string, unknown>,
): void {
  for (const [name, option] of Object.entries(options))
    if (option.required && !given.has(name)) throw wrongCall(cliTexts.optionMissing(`--${name}`))
}

function operandsOf(wanted: readonly Operand[], words: readonly string[]): Record<string, string> {
  const extra = words[wanted.length]
  if (extra !== undefined) throw wrongCall(cliTexts.operandTooMany(extra))
  const missing = wanted.slice(words.length).find((operand) => !operand.optional)
  if (missing) throw wrongCall(cliTexts.operandMissing(missing.name))
  return Object.fromEntries(words.map((word, index) => [wanted[index]!.name, word]))
}

function localeOf(given: string | undefined): Locale {
  if (given === undefined || given === 'id') return 'id'
  if (given === 'en') return 'en'
  throw wrongCall(cliTexts.optionWithoutValue('--lang', 'id|en'))
}
