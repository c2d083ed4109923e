import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { RUNNING_FILE, type RunningHost } from '../../domain/hosting/control.ts'
import type { SitesConfig } from './config.ts'
import { createControlServer } from './control.ts'
import { isDiskFull, writeWithoutRoom } from '../json-file.ts'
import { contentMadeOnce, replaceFile } from './durable.ts'
import { listenOn } from './listen.ts'
import { lockDataDirectory } from './lock.ts'
import { createSftpServer } from './sftp.ts'
import { readHostKey } from './host-key.ts'
import { SiteStore } from './site-store.ts'
import { UsageBook } from './usage.ts'
import { controlVerbs } from './verbs.ts'
import { createWebServer } from './web.ts'

/** Work in progress at a stop may take this long to end; then the process ends anyway, safely. */
const STOP_GRACE_MS = 5_000
const SECRET_MIN_CHARACTERS = 32
const LOOPBACK = '127.0.0.1'

export type SiteHost = { readonly running: RunningHost; readonly stop: () => Promise<void> }

/** Starts the site host: lock, store, web, SFTP, control; then tells in running.json where it listens. */
export async function startSiteHost(config: SitesConfig, now: () => Date): Promise<SiteHost> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  await lockDataDirectory(config.dataDir)
  const secret = await readSecret(config.controlSecretFile)
  const hostKey = await readHostKey(config.dataDir)
  const store = await SiteStore.open(config.dataDir, now)
  const usage = new UsageBook()
  const { quotaBytes } = config

  const web = createWebServer(store)
  const sftp = createSftpServer({ store, usage, quotaBytes, hostKey: hostKey.privateKey })
  const ports = { webPort: 0, sftpPort: 0 }
  const facts = { store, usage, quotaBytes, now, ports: () => ports, hostKey: hostKey.publicLine }
  const control = createControlServer(secret, controlVerbs(facts))

  ports.webPort = await listenOn(web, config.webPort, config.listen)
  ports.sftpPort = await listenOn(sftp.server, config.sftpPort, config.listen)
  const controlPort = await listenOn(control, config.controlPort, LOOPBACK)
  const running: RunningHost = { pid: process.pid, ...ports, controlPort }
  const runningFile = join(config.dataDir, RUNNING_FILE)
  await replaceFile(runningFile, JSON.stringify(running)).catch((error: unknown) => {
    if (!isDiskFull(error)) throw error
    return writeWithoutRoom(runningFile, JSON.stringify(running))
  })

  const stop = async () => {
    await rm(runningFile, { force: true })
    control.close()
    web.close()
    sftp.stop()
    control.closeIdleConnections()
    web.closeIdleConnections()
    await Promise.race([store.idle(), new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS).unref())])
    control.closeAllConnections()
    web.closeAllConnections()
  }
  return { running, stop }
}

async function readSecret(file: string): Promise<string> {
  const secret = (await contentMadeOnce(file, () => randomBytes(32).toString('hex'))).trim()
  // A file that was emptied by a full disk must not open the door to everybody.
  if (secret.length < SECRET_MIN_CHARACTERS) throw new Error(`${file}: the control secret is too short`)
  return secret
}
