import { argumentTexts as about } from '../domain/text/commands.ts'
import { prepareText } from '../domain/text/host-prepare.ts'
import type { Call } from './arguments.ts'
import type { Command } from './command.ts'
import { agrees, makeChanges } from './make-changes.ts'
import { readGiven } from './read-given.ts'

/** `ranah host prepare ADDRESS`: turns a Debian host into a site host and prints every change before it does. */
export const hostPrepare: Command = {
  operands: [{ name: 'ADDRESS', about: about.hostAddress }],
  options: {
    identity: { about: about.identity, value: 'FILE', required: true },
    key: { about: about.ranahKey, value: 'FILE', required: true },
    'host-key': { about: about.hostKey, value: 'KEY' },
    port: { about: about.sshPort, value: 'PORT' },
    'no-php': { about: about.noPhp },
    database: { about: about.database, value: 'mariadb|postgresql', many: true },
    yes: { about: about.yes },
  },
  run: async (call, deps) => {
    const target = { host: call.operands.ADDRESS!, port: Number(call.one('port') ?? 22) }
    const hostKey = call.one('host-key') ?? (await pinnedKey(call, await deps.readHostKey(target)))
    if (hostKey === null) return 1
    const preparation = await deps.openPreparation({
      ...target,
      hostKey,
      privateKey: await readGiven(call.one('identity')!),
      publicKey: await readGiven(call.one('key')!),
      php: !call.has('no-php'),
      databases: call.all('database'),
    })
    try {
      const { changes, notes } = preparation
      for (const note of notes) console.log(call.say(note))
      if (changes.length === 0) {
        console.log(call.say(prepareText.nothing))
        return 0
      }
      if (!(await makeChanges(call, changes))) return 1
      console.log(call.say(prepareText.done(hostKey)))
      return 0
    } finally {
      preparation.close()
    }
  },
}

/** A host that was never met shows its key once, and a person says whether it is the right one. */
async function pinnedKey(
  call: Call,
  shown: { readonly line: string; readonly fingerprint: string },
): Promise<string | null> {
  console.log(call.say(prepareText.shownKey(shown.line, shown.fingerprint)))
  return (await agrees(call, prepareText.askKey)) ? shown.line : null
}
