import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { Refused } from '../../domain/refused.ts'
import { apiAccessTexts as say } from '../../domain/text/api-commands.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import type { Call } from '../arguments.ts'
import { wrongCall } from '../arguments.ts'
import { givenPath } from '../given-path.ts'

/** The value of an option that takes JSON, `@FILE`, or `-` for standard input; undefined when not given. */
export async function jsonOption(call: Call, name: string): Promise<unknown> {
  const given = call.one(name)
  if (given === undefined) return undefined
  const source = await sourceOf(given)
  try {
    return JSON.parse(source)
  } catch {
    throw wrongCall(say.notJson(`--${name}`))
  }
}

function sourceOf(given: string): Promise<string> {
  if (given === '-') return readStream(process.stdin)
  if (given.startsWith('@')) return readFileOf(given.slice(1)).then((bytes) => bytes.toString('utf8'))
  return Promise.resolve(given)
}

/** @throws Refused `file-unreadable` */
export async function readFileOf(path: string): Promise<Buffer> {
  try {
    return await readFile(givenPath(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refused('file-unreadable', cliTexts.unreadableFile(path, code ?? ''), { cause: error })
  }
}

/** The value of an option that takes a whole number. */
export function numberOption(call: Call, name: string): number | undefined {
  const given = call.one(name)
  return given === undefined ? undefined : wholeNumber(`--${name}`, given)
}

export function wholeNumber(name: string, given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw wrongCall(say.notNumber(name))
  return Number(given)
}

/** `--ground CODE:text`, as often as given. */
export function groundsOf(call: Call): readonly { readonly code: string; readonly text: string }[] {
  return call.all('ground').map((given) => {
    const at = given.indexOf(':')
    if (at < 1) throw wrongCall(say.notGround(given))
    return { code: given.slice(0, at).trim(), text: given.slice(at + 1).trim() }
  })
}
