import { apiCommandTexts } from '../domain/text/api-commands.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { commandTexts } from '../domain/text/commands.ts'
import type { Locale } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { readCall } from './arguments.ts'
import type { Command } from './command.ts'
import { commandHelp, overview, usage } from './help.ts'
import type { CommandDeps } from './installation.ts'
import { describe } from './terminal.ts'

const summaries = { ...commandTexts, ...apiCommandTexts }
type Name = keyof typeof summaries

const overApi = async (name: keyof typeof apiCommandTexts): Promise<Command> =>
  (await import('./api/commands.ts')).apiCommands[name]

/** Every command of `ranah`, by its words. Its code is loaded when it is called: the help shall not wait for all of them. */
const commands: Readonly<Record<Name, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  demo: async () => (await import('./demo/demo.ts')).demo,
  status: async () => (await import('./status.ts')).status,
  stop: async () => (await import('./stop.ts')).stop,
  backup: async () => (await import('./backup/backup.ts')).backup,
  restore: async () => (await import('./backup/restore.ts')).restore,
  'key rotate': async () => (await import('./key-rotate.ts')).keyRotate,
  'secrets rotate': async () => (await import('./secrets-rotate.ts')).secretsRotate,
  'person reset-second-factor': async () => (await import('./person-reset.ts')).personReset,
  'host prepare': async () => (await import('./host-prepare.ts')).hostPrepare,
  'swarm prepare': async () => (await import('./swarm-prepare.ts')).swarmPrepare,
  'sop check': async () => (await import('./sop-check.ts')).sopCheck,
  'letter print': async () => (await import('./letter-print.ts')).letterPrint,
  'letter check': async () => (await import('./letter-check.ts')).letterCheck,
  'letter verify': async () => (await import('./letter-verify.ts')).letterVerify,
  'sop print': async () => (await import('./sop-print.ts')).sopPrint,
  'sop bpmn': async () => (await import('./sop-bpmn.ts')).sopBpmn,
  'logbook export': async () => (await import('./logbook-export.ts')).logbookExport,
  'logbook verify': async () => (await import('./logbook-verify.ts')).logbookVerify,
  'logbook prove': async () => (await import('./logbook-prove.ts')).logbookProve,
  'logbook witness': async () => (await import('./witness/witness.ts')).logbookWitness,
  'request list': () => overApi('request list'),
  'request show': () => overApi('request show'),
  'request contacts': () => overApi('request contacts'),
  'request draft': () => overApi('request draft'),
  'request attach': () => overApi('request attach'),
  'request submit': () => overApi('request submit'),
  'request take': () => overApi('request take'),
  'request give-back': () => overApi('request give-back'),
  'request complete': () => overApi('request complete'),
  'request refuse': () => overApi('request refuse'),
  'request waive': () => overApi('request waive'),
  'request withdraw': () => overApi('request withdraw'),
  'request appeal': () => overApi('request appeal'),
  'request message': () => overApi('request message'),
  'name check': () => overApi('name check'),
  'request disposition': () => overApi('request disposition'),
  'request case-file': () => overApi('request case-file'),
  'table save': () => overApi('table save'),
  'register print': () => overApi('register print'),
  'office list': () => overApi('office list'),
  'logbook renew-key': () => overApi('logbook renew-key'),
  'token create': async () => (await import('./tokens.ts')).tokenCreate,
  'token list': async () => (await import('./tokens.ts')).tokenList,
  'token revoke': async () => (await import('./tokens.ts')).tokenRevoke,
  api: () => overApi('api'),
}

/** Runs the command that the arguments name; a refusal is a sentence on standard error and exit code 1. */
export async function runCommand(args: readonly string[], deps: CommandDeps): Promise<number> {
  const names = Object.keys(commands) as Name[]
  const found = names
    .toSorted((a, b) => b.length - a.length)
    .find((name) => name.split(' ').every((word, index) => args[index] === word))
  if (found !== undefined) return runOne(found, args.slice(found.split(' ').length), deps)
  const locale = languageAsked(args)
  if (args.length === 0 || ['--help', '-h', 'help', '--lang'].includes(args[0]!)) {
    const rows = names.map((name) => [name, summaries[name][locale]] as const)
    console.log(overview(rows, (each) => each[locale]))
    return 0
  }
  const words = args.filter((each) => !each.startsWith('-')).slice(0, 2)
  console.error(cliTexts.unknownCommand((words.length > 0 ? words : args).join(' '))[locale])
  return 2
}

async function runOne(name: Name, args: readonly string[], deps: CommandDeps): Promise<number> {
  const locale = languageAsked(args)
  const command = await commands[name]()
  try {
    const call = readCall(command, args)
    if (!call.has('help')) return await command.run(call, deps)
    console.log(commandHelp(name, summaries[name], command, call.say))
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
