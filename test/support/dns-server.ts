import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseZoneFile } from '../../src/domain/dns/master-file.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import type { DnsDriver, NewZone } from '../../src/drivers/dns/driver.ts'
import type { DnsServerConfigInput } from '../../src/servers/dns/config.ts'
import type { TsigKey } from '../../src/domain/dns/tsig.ts'
import './own-networks.ts'

/** Name servers for tests: our own as a real process, and Debian's tools to ask any (Debian's own: debian-dns.ts). */

/** A key for tests only. */
export const testKey: TsigKey = {
  name: 'desk.contoh',
  algorithm: 'hmac-sha256',
  secret: '33J1rJ4VKEewvdjWmvjdVizDTzzXbzsoxdYzMyk6YkM=',
}
const KEY_ARGUMENT = `${testKey.algorithm}:${testKey.name}:${testKey.secret}`
export const testZone = 'contohkab.go.id'

const START_TIMEOUT_MS = 20_000
const TOOL_TIMEOUT_MS = 20_000

export const mainFile = fileURLToPath(new URL('../../src/servers/dns/main.ts', import.meta.url))

/**
 * A directory that goes away with the test. What ends a test runs in the order in which it was registered, so the
 * server in the directory may still be writing: a new file between the look and the removal is met by trying again.
 */
export async function temporaryDirectory(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'ranah-dns-'))
  t.after(() => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  return dir
}

export type DnsServerProcess = {
  readonly port: number
  readonly dataDir: string
  readonly child: ChildProcess
  /** milliseconds that reading the zones took, as the server measured it */
  readonly loadMs: number
}

function configFor(dataDir: string, more: Partial<DnsServerConfigInput>): DnsServerConfigInput {
  const key = { ...testKey, update: ['*'], transfer: ['*'], createZones: true }
  return { dataDir, listen: '127.0.0.1', port: 0, keys: [key], ...more }
}

/** Starts our server on a data directory; it is killed when the test ends. Rejects with what it printed. */
export async function startDnsServer(
  t: TestContext,
  more: Partial<DnsServerConfigInput> = {},
): Promise<DnsServerProcess> {
  const dataDir = more.dataDir ?? join(await temporaryDirectory(t), 'data')
  const configFile = join(await temporaryDirectory(t), 'dns.json')
  await writeFile(configFile, JSON.stringify(configFor(dataDir, more)))
  const child = spawn(process.execPath, ['--import', 'tsx', mainFile, configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let printed = ''
  child.stderr.on('data', (chunk) => (printed += chunk))
  const ready = new Promise<{ port: number; loadMs: number }>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as never))
    child.once('exit', () => reject(new Error(`the server ended: ${printed}`)))
    setTimeout(() => reject(new Error(`the server is not ready: ${printed}`)), START_TIMEOUT_MS).unref()
  })
  return { ...(await ready), dataDir, child }
}

/** Ends a process with a signal and waits until it is gone. */
export async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
  return child.exitCode
}

export function newZone(zone = testZone): NewZone {
  const soa = {
    mname: `ns1.${zone}`,
    rname: `hostmaster.${zone}`,
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86_400,
    minimum: 60,
  }
  return { zone, soa, ttl: 3600, nameServers: [{ name: `ns1.${zone}`, addresses: ['127.0.0.1'] }] }
}

/** A driver that speaks to a primary on loopback and finds every name server there. */
export function driverFor(port: number, kind: 'embedded' | 'rfc2136' = 'embedded', key = testKey): DnsDriver {
  return openDnsDriver(kind, {
    host: '127.0.0.1',
    port,
    key,
    nameServers: [{ name: '*', host: '127.0.0.1', port }],
  })
}

function run(file: string, argv: readonly string[], stdin = ''): Promise<string> {
  return new Promise((resolve) => {
    const options = { timeout: TOOL_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile(file, argv, options, (error, stdout, stderr) =>
      resolve(stdout + stderr + (error ? `\nexit ${error.code}` : '')),
    )
    // A tool that reads no input may be gone before the pipe is closed.
    child.stdin?.on('error', () => {})
    child.stdin?.end(stdin)
  })
}

export type DigAnswer = {
  readonly status: string
  readonly flags: readonly string[]
  readonly answer: readonly string[]
  readonly authority: readonly string[]
  readonly additional: readonly string[]
  readonly text: string
}

function section(text: string, title: string): string[] {
  const body = text.split(`;; ${title} SECTION:\n`)[1]?.split('\n\n')[0] ?? ''
  return body
    .split('\n')
    .flatMap((line) => (line.startsWith(';') || line === '' ? [] : line.replace(/\s+/g, ' ')))
}

/** Asks with Debian's dig; `signed` with the key of the tests. Lines come with single blanks. */
export async function dig(port: number, argv: readonly string[], signed = false): Promise<DigAnswer> {
  const fixed = ['@127.0.0.1', '-p', String(port), '+tries=1', '+timeout=5', '+norecurse']
  const text = await run('dig', [...fixed, ...(signed ? ['-y', KEY_ARGUMENT] : []), ...argv])
  return {
    status: /status: (\w+)/.exec(text)?.[1] ?? 'none',
    flags: /;; flags: ([^;]*);/.exec(text)?.[1]?.split(' ') ?? [],
    answer: section(text, 'ANSWER'),
    authority: section(text, 'AUTHORITY'),
    additional: section(text, 'ADDITIONAL'),
    text,
  }
}

/** The whole zone as the server hands it out, without the serial: one text that is the same only if all is. */
export async function zoneText(port: number, zone = testZone): Promise<string> {
  const { sets, faults } = parseZoneFile((await dig(port, [zone, 'AXFR', '+onesoa'], true)).text, zone)
  assert.deepEqual(faults, [])
  assert.ok(sets.length > 2, 'the zone was handed out')
  const lines = sets.flatMap(({ name, type, ttl, values }) =>
    values.map((value) => {
      const text = type === 'SOA' ? value.split(' ').toSpliced(2, 1).join(' ') : value
      return `${name} ${ttl} ${type} ${text}`
    }),
  )
  return lines.sort().join('\n')
}

/** Sends one update with Debian's nsupdate. @returns the response code, e.g. `NOERROR` */
export async function nsupdate(
  port: number,
  zone: string,
  lines: readonly string[],
  key: string | null = KEY_ARGUMENT,
): Promise<string> {
  const script = [`server 127.0.0.1 ${port}`, `zone ${zone}`, ...lines, 'send', 'answer', ''].join('\n')
  const text = await run('nsupdate', ['-t', '10', ...(key ? ['-y', key] : [])], script)
  const failed = /update failed: (\w+)/.exec(text)?.[1] ?? /TSIG error[^:]*: (\w+)/.exec(text)?.[1]
  return failed ?? /status: (\w+)/.exec(text)?.[1] ?? text
}

/** Waits until something holds, or fails with its last error. Bound: 15 seconds. */
export async function eventually(check: () => Promise<void>, timeoutMs = 15_000): Promise<void> {
  const end = performance.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await sleep(50)
  }
}
