import { fileURLToPath } from 'node:url'

import { type RunningHost, runningHost } from '../../domain/hosting/control.ts'
import { launchNodeServer, stopNodeServer } from '../node-server.ts'
import type { SitesConfigInput } from './config.ts'

const ENTRY = fileURLToPath(new URL('./main.ts', import.meta.url))

export type LaunchedSites = RunningHost & {
  /** Whether it was already running, e.g. started by a parent that was killed. */
  readonly adopted: boolean
}

/**
 * Makes sure that the site host of this data directory runs as a process that outlives the caller: adopts
 * one that runs with the same configuration, otherwise (re)starts it. Its words go to `server.log` there.
 * @throws Refused `server-did-not-start`
 */
export async function launchSites(config: SitesConfigInput): Promise<LaunchedSites> {
  const server = await launchNodeServer({ name: 'situs', entry: ENTRY, directory: config.dataDir, config })
  const { webPort, sftpPort, controlPort, pid } = server.ready
  return { ...runningHost.parse({ webPort, sftpPort, controlPort, pid }), adopted: server.adopted }
}

/** Stops the site host of a data directory, if one runs; every answered command is already on disk. */
export async function stopSites({ dataDir }: Pick<SitesConfigInput, 'dataDir'>): Promise<void> {
  await stopNodeServer(ENTRY, dataDir)
}
