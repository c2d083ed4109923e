/** The composition root: what each command needs is put together here, and loaded when it is asked for. */
import { fileURLToPath } from 'node:url'
import { runCommand } from './cli/commands.ts'
import type { Servers } from './cli/installation.ts'
import type { PdfDriver } from './drivers/pdf/driver.ts'
import { enrolmentLink } from './http/links.ts'

const installed = () => import('./servers/installed.ts')

const servers: Servers = {
  find: async (...given) => (await installed()).findServers(...given),
  stop: async (...given) => (await installed()).stopServers(...given),
  databaseUrl: async (...given) => (await installed()).runningPostgresUrl(...given),
  openDatabase: async (...given) => (await installed()).openDatabaseServer(...given),
  destroyDatabase: async (...given) => (await installed()).destroyDatabase(...given),
  copyData: async (...given) => (await installed()).copyServerData(...given),
  claim: async (...given) => (await installed()).claimInstallation(...given),
  whileKeeping: async (...given) => (await installed()).whileKeeping(...given),
}

/** For a command that names its servers itself: the operator says where it goes. */
async function onCommand<T>(loading: Promise<T>): Promise<T> {
  const [loaded, { reachAnywhere }] = await Promise.all([loading, import('./drivers/outgoing.ts')])
  reachAnywhere()
  return loaded
}

/** For a command that prints once and ends. */
async function once<T>(print: (pdf: PdfDriver) => Promise<T>): Promise<T> {
  const pdf = (await import('./drivers/pdf/driver.ts')).createPdfDriver()
  try {
    return await print(pdf)
  } finally {
    await pdf.close()
  }
}

process.exitCode = await runCommand(process.argv.slice(2), {
  root: fileURLToPath(new URL('..', import.meta.url)),
  servers,
  enrolmentLink,
  start: async (options) => (await import('./start.ts')).start(options),
  printSop: (print) => once(async (pdf) => (await import('./lookups/print-sop.ts')).printSop({ pdf }, print)),
  checkTemplates: (folder, papers) =>
    once(async (pdf) => (await import('./lookups/check-templates.ts')).checkTemplates(pdf, folder, papers)),
  printPaper: (paper) =>
    once(async (pdf) => (await import('./lookups/render-paper.ts')).renderPaper({ pdf }, paper)),
  startDebianServers: async (directory, zones) =>
    (await onCommand(import('./throwaway-servers.ts'))).startDebianServers(directory, zones),
  readHostKey: async (at) =>
    (await onCommand(import('./drivers/hosting/linux-host/ssh.ts'))).readShownKey(at),
  openPreparation: async (wish) => {
    const { openPreparation } = await onCommand(import('./drivers/hosting/linux-host/open-preparation.ts'))
    return openPreparation(wish, (await import('./servers/site-helper/bundle.ts')).bundleSiteHelper)
  },
  openSwarmPreparation: async (wish) =>
    (await onCommand(import('./drivers/hosting/swarm/open-preparation.ts'))).openSwarmPreparation(wish),
})
