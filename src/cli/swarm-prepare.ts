import { argumentTexts as about } from '../domain/text/commands.ts'
import { swarmText } from '../domain/text/swarm.ts'
import type { Command } from './command.ts'
import { makeChanges } from './make-changes.ts'
import { readGiven } from './read-given.ts'

/** `ranah swarm prepare`: makes an existing Docker Swarm carry sites and prints every change before it does. */
export const swarmPrepare: Command = {
  options: {
    node: { about: about.swarmNode, value: 'NODE', many: true, required: true },
    identity: { about: about.swarmIdentity, value: 'FILE', required: true },
    image: { about: about.swarmImage, value: 'ID', required: true },
    'web-port': { about: about.webPort, value: 'PORT' },
    yes: { about: about.yes },
  },
  run: async (call, deps) => {
    const { changes, notes, close } = await deps.openSwarmPreparation({
      nodes: call.all('node'),
      privateKey: await readGiven(call.one('identity')!),
      image: call.one('image')!,
      webPort: Number(call.one('web-port') ?? 80),
    })
    try {
      for (const note of notes) console.log(call.say(note))
      if (changes.length === 0) console.log(call.say(swarmText.nothing))
      else if (!(await makeChanges(call, changes))) return 1
      console.log(call.say(swarmText.ready))
      return 0
    } finally {
      close()
    }
  },
}
