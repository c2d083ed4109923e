/**
 * What the jobs may do, read from their source: the driver methods they call and the logbook entries of the actions
 * they run. What no run has passed is named, so that a new call cannot escape the crash tests.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

/** `dns.apply(`, `deps.dnsOf(zone!).apply(`, `deps.hosting.plan(`, `outside.dns.readRrsets(` ... */
const driverCall = /\b(?:(dns)Of\((?:[^()]|\([^()]*\))*\)|(dns|hosting|pdf|mail))\s*\.\s*(\w+)\s*\(/g
const act = /\bact(?::|\s*=)[^\n]*(?:\n\s*[?:][^\n]*)*/g
const importLine = /from '(\.[^']+)'/g

async function filesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(source, folder), { recursive: true })
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(source, folder, name))
}

/** @returns every `driver.method` that a job calls, itself or through what drivers put together */
export async function driverCalls(): Promise<ReadonlySet<string>> {
  const files = [...(await filesOf('jobs')), join(source, 'drivers', 'plan-service.ts')]
  const found = new Set<string>()
  for (const file of files)
    for (const [, of, named, method] of (await readFile(file, 'utf8')).matchAll(driverCall))
      found.add(`${of ?? named}.${method}`)
  return found
}

/** @returns every logbook entry that an action may write which a job runs */
export async function actsOfJobs(): Promise<ReadonlySet<string>> {
  const actions = new Set<string>()
  const waiting = [...(await filesOf('jobs'))]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
    for (const [, path] of (await readFile(file, 'utf8')).matchAll(importLine)) {
      const imported = resolve(file, '..', path!)
      if (!imported.startsWith(join(source, 'actions')) || actions.has(imported)) continue
      actions.add(imported)
      waiting.push(imported)
    }
  const found = new Set<string>()
  for (const file of actions)
    for (const [text] of (await readFile(file, 'utf8')).matchAll(act))
      for (const [, name] of text.matchAll(/'([a-z-]+\.[a-z-]+)'/g)) found.add(name!)
  return found
}
