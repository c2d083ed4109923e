import { cliTexts } from '../domain/text/cli.ts'
import type { CommandDeps } from './installation.ts'
import { demo } from './demo/demo.ts'
import { serve } from './serve.ts'
import { describe } from './terminal.ts'

/** A command takes its arguments and resolves to an exit code: 0 done, 1 no, 2 the call was wrong. */
export type Command = {
  readonly summary: string
  readonly run: (args: readonly string[], deps: CommandDeps) => Promise<number>
}

/** Every command of `ranah`, by its words. */
const commands: Readonly<Record<string, Command>> = {
  demo: {
    summary: 'Menjalankan satu permohonan melalui tiap SOP (npm run demo) [--json] [--exit]',
    run: demo,
  },
  serve: { summary: 'Menjalankan portal beserta semua layanannya (npm start)', run: serve },
}

/** Runs the command that the arguments name; a refusal is a sentence on standard error and exit code 1. */
export async function runCommand(args: readonly string[], deps: CommandDeps): Promise<number> {
  const found = Object.keys(commands)
    .toSorted((a, b) => b.length - a.length)
    .find((name) => name.split(' ').every((word, index) => args[index] === word))
  if (found === undefined) {
    if (args.length === 0 || args[0] === '--help' || args[0] === 'help') return help()
    console.error(cliTexts.unknownCommand(args.slice(0, 2).join(' ')).id)
    return 2
  }
  try {
    return await commands[found]!.run(args.slice(found.split(' ').length), deps)
  } catch (error) {
    console.error(describe(error))
    return 1
  }
}

function help(): number {
  console.log('ranah PERINTAH [PILIHAN]\n')
  for (const [name, { summary }] of Object.entries(commands)) console.log(`  ${name.padEnd(18)} ${summary}`)
  return 0
}
