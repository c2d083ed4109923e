import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about, commandTexts as text } from '../domain/text/commands.ts'
import type { Locale } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { anyCall } from './api/any.ts'
import { apiCommands } from './api/commands.ts'
import { readCall } from './arguments.ts'
import { backup } from './backup/backup.ts'
import { restore } from './backup/restore.ts'
import type { Command } from './command.ts'
import { demo } from './demo/demo.ts'
import { commandHelp, overview, usage } from './help.ts'
import type { CommandDeps } from './installation.ts'
import { hostPrepare } from './host-prepare.ts'
import { keyRotate } from './key-rotate.ts'
import { letterCheck } from './letter-check.ts'
import { letterPrint } from './letter-print.ts'
import { letterVerify } from './letter-verify.ts'
import { logbookExport } from './logbook-export.ts'
import { logbookProve } from './logbook-prove.ts'
import { logbookVerify } from './logbook-verify.ts'
import { personReset } from './person-reset.ts'
import { secretsRotate } from './secrets-rotate.ts'
import { serve } from './serve.ts'
import { sopBpmn } from './sop-bpmn.ts'
import { sopCheck } from './sop-check.ts'
import { sopPrint } from './sop-print.ts'
import { tokenCreate, tokenList, tokenRevoke } from './tokens.ts'
import { swarmPrepare } from './swarm-prepare.ts'
import { status } from './status.ts'
import { stop } from './stop.ts'
import { logbookWitness } from './witness/witness.ts'
import { describe } from './terminal.ts'

const json = { about: about.json }

/** Every command of `ranah`, by its words. */
const commands: Readonly<Record<string, Command>> = {
  serve: { summary: text.serve, run: serve },
  demo: {
    summary: text.demo,
    options: { json, exit: { about: about.exit }, with: { about: about.with, value: 'real' } },
    run: demo,
  },
  status,
  stop,
  backup,
  restore,
  'key rotate': keyRotate,
  'secrets rotate': secretsRotate,
  'person reset-second-factor': personReset,
  'host prepare': hostPrepare,
  'swarm prepare': swarmPrepare,
  'sop check': sopCheck,
  'letter print': letterPrint,
  'letter check': letterCheck,
  'letter verify': letterVerify,
  'sop print': sopPrint,
  'sop bpmn': sopBpmn,
  'logbook export': logbookExport,
  'logbook verify': logbookVerify,
  'logbook prove': logbookProve,
  'logbook witness': logbookWitness,
  ...apiCommands,
  'token create': tokenCreate,
  'token list': tokenList(apiCommands['token list']!),
  'token revoke': tokenRevoke(apiCommands['token revoke']!),
  api: anyCall,
}

/** Runs the command that the arguments name; a refusal is a sentence on standard error and exit code 1. */
export async function runCommand(args: readonly string[], deps: CommandDeps): Promise<number> {
  const found = Object.keys(commands)
    .toSorted((a, b) => b.length - a.length)
    .find((name) => name.split(' ').every((word, index) => args[index] === word))
  if (found !== undefined) return runOne(found, commands[found]!, args.slice(found.split(' ').length), deps)
  const locale = languageAsked(args)
  if (args.length === 0 || ['--help', '-h', 'help', '--lang'].includes(args[0]!)) {
    console.log(overview(commands, (each) => each[locale]))
    return 0
  }
  const words = args.filter((each) => !each.startsWith('-')).slice(0, 2)
  console.error(cliTexts.unknownCommand((words.length > 0 ? words : args).join(' '))[locale])
  return 2
}

async function runOne(
  name: string,
  command: Command,
  args: readonly string[],
  deps: CommandDeps,
): Promise<number> {
  const locale = languageAsked(args)
  try {
    const call = readCall(command, args)
    if (!call.has('help')) return await command.run(call, deps)
    console.log(commandHelp(name, command, call.say))
    return 0
  } catch (error) {
    console.error(describe(error, locale))
    if (!(error instanceof Refused) || error.reason !== 'wrong-call') return 1
    console.error(`${cliTexts.headings.usage[locale]}: ${usage(name, command)}`)
    return 2
  }
}

/** The language is needed even where the call cannot be read. */
function languageAsked(args: readonly string[]): Locale {
  const at = args.indexOf('--lang')
  return args.includes('--lang=en') || (at >= 0 && args[at + 1] === 'en') ? 'en' : 'id'
}
