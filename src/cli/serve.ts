import { loadConfig, redacted, warnings } from '../config.ts'
import { cliTexts } from '../domain/text/cli.ts'
import type { Command } from './command.ts'
import type { CommandDeps } from './installation.ts'
import { terminalLog, untilAskedToEnd } from './terminal.ts'

/** `ranah serve` (npm start): serves the installation until it is asked to end. */
export const serve: Command = { run: (_call, deps) => keepServing(deps) }

async function keepServing(deps: CommandDeps): Promise<number> {
  const log = terminalLog(process.stdout)
  const config = await loadConfig(process.env, process.cwd())
  for (const line of redacted(config)) console.log(line)
  for (const warning of await warnings(config)) log.event(warning)
  const asking = untilAskedToEnd()
  const installation = await deps.start({ config, log })
  log.event(cliTexts.serving(installation.url))
  if (installation.setupCode)
    log.event(cliTexts.setUp(`${installation.url}/siapkan?kode=${installation.setupCode}`))
  const asked = await asking
  log.event(asked.servers ? cliTexts.stopping : cliTexts.stoppingPortal)
  await installation.stop(asked)
  return 0
}
