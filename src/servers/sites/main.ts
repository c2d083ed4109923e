/** The embedded site host as a process of its own: `node --import tsx src/servers/sites/main.ts CONFIG.json`. */
import { readSitesConfig } from './config.ts'
import { startSiteHost } from './host.ts'

const [configPath] = process.argv.slice(2)

async function main(): Promise<void> {
  if (configPath === undefined) throw new Error('usage: main.ts CONFIG.json')
  const host = await startSiteHost(await readSitesConfig(configPath), () => new Date())
  const { pid, webPort, sftpPort, controlPort } = host.running
  process.stdout.write(`${JSON.stringify({ ready: true, webPort, sftpPort, controlPort, pid })}\n`)
  process.once('SIGTERM', () => void host.stop().then(() => process.exit(0)))
}

// Whoever started this process may be gone; its pipe and its terminal do not end the host.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('SIGHUP', () => undefined)
process.on('SIGINT', () => process.kill(process.pid, 'SIGTERM'))
main().catch((error: unknown) => {
  process.stderr.write(`site host: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
