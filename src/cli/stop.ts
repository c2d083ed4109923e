import { loadConfig } from '../config.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import type { Command } from './command.ts'

/** `ranah stop`: ends the servers that go on answering after the portal was stopped by SIGTERM. */
export const stop: Command = {
  options: { json: { about: about.json } },
  run: async (call, { servers }) => {
    const { dataDirectory } = await loadConfig(process.env, process.cwd())
    const stopped = await servers.stop(dataDirectory)
    if (call.has('json')) console.log(JSON.stringify({ stopped }))
    else
      console.log(call.say(stopped.length > 0 ? cliTexts.stopped(stopped.join(', ')) : cliTexts.nothingRan))
    return 0
  },
}
