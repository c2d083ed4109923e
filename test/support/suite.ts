import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { commandLine } from '../../src/servers/process.ts'
import type { Report } from './reporter.ts'

export const testDirectory = fileURLToPath(new URL('../', import.meta.url))

/** What one folder of tests came to. It is good only without failures and without complaints. */
export type SuiteResult = {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly seconds: number
  /** why the suite counts as failed beside its failing tests: skipped, empty, out of time, crashed */
  readonly complaints: readonly string[]
  /** file and name of each failing test, and in a second line what it says of itself first */
  readonly failing: readonly string[]
  /** the failing tests with their output, ready to print */
  readonly details: readonly string[]
  /** what its tests want to be seen even when they pass: lines printed with `note: ` before them */
  readonly notes: readonly string[]
}

const noteMark = 'note: '

/** folders of test/ that hold no tests of their own */
const notSuites = ['support', 'fixtures']
const isTestFile = (name: string): boolean => /\.test\.tsx?$/.test(name)
const outputLines = 40

/** The suites there are: every folder of test/, the quick ones first. */
export async function listSuites(): Promise<readonly string[]> {
  const entries = await readdir(testDirectory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const order = ['domain', 'house', 'db', 'servers', 'drivers', 'actions', 'lookups', 'jobs', 'http', 'cli']
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return names
    .filter((name) => !notSuites.includes(name))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** Runs one suite in a process of its own and ends it, with all its children, after `timeLimitMs`. */
export async function runSuite(name: string, timeLimitMs: number, concurrency: number): Promise<SuiteResult> {
  const started = performance.now()
  const files = (await readdir(join(testDirectory, name), { recursive: true })).filter(isTestFile).sort()
  if (files.length === 0) {
    return {
      name,
      passed: 0,
      failed: 0,
      seconds: 0,
      complaints: ['it has no test files'],
      failing: [],
      details: [],
      notes: [],
    }
  }
  const paths = files.map((file) => join(testDirectory, name, file))
  const { reports, ended } = await collect(paths, timeLimitMs, concurrency)
  const tests = reports.filter((report) => report.kind === 'test')
  const failures = tests.filter((test) => test.state === 'failed')
  const complaints = [
    ...ended,
    ...tests
      .filter((test) => test.state === 'skipped')
      .map((test) => `${short(test.file)}: skips "${test.name}"`),
    ...paths
      .filter((path) => !tests.some((test) => test.file === path))
      .map((path) => `${short(path)}: ran no test`),
  ]
  const outOf = new Set(failures.map((test) => test.file))
  const details = [
    ...failures.map((test) => `--- ${short(test.file)}: ${test.name}\n${test.why}`),
    ...[...outOf].flatMap((file) => printed(file, reports)),
  ]
  const passed = tests.filter((test) => test.state === 'passed').length
  const seconds = (performance.now() - started) / 1000
  const notes = reports
    .flatMap((report) => (report.kind === 'output' ? report.text.split('\n') : []))
    .flatMap((line) => (line.startsWith(noteMark) ? [line.slice(noteMark.length)] : []))
  const failing = failures.map((test) => `${short(test.file)}: ${test.name}\n       ${inShort(test.why)}`)
  return {
    name,
    passed,
    failed: failures.length,
    seconds,
    complaints,
    failing,
    details,
    notes: merged(notes),
  }
}

/** a server's line names its version and its process in one of these ways */
const processId = /(?:, process | \(pid )(\d+)\)?/

/** One line for each server and version, with the ids of all its processes: a suite starts dozens. */
function merged(notes: readonly string[]): readonly string[] {
  const ids = new Map<string, string[]>()
  for (const note of notes) {
    const found = processId.exec(note)
    const line = found ? note.replace(processId, '') : note
    ids.set(line, [...(ids.get(line) ?? []), ...(found ? [found[1]!] : [])])
  }
  return [...ids].map(([line, pids]) => (pids.length === 0 ? line : `${line}; processes ${pids.join(' ')}`))
}

const short = (path: string): string => relative(testDirectory, path)

const reasonCharacters = 300
/** The error without its stack, in one line. */
const inShort = (why: string): string =>
  why
    .split(/\n\s+at /)[0]!
    .replaceAll(/\s+/g, ' ')
    .slice(0, reasonCharacters)

function printed(file: string, reports: readonly Report[]): readonly string[] {
  const text = reports
    .map((report) => (report.kind === 'output' && report.file === file ? report.text : ''))
    .join('')
  if (text.trim() === '') return []
  return [
    `--- printed by ${short(file)} (last ${outputLines} lines)\n${text.trimEnd().split('\n').slice(-outputLines).join('\n')}`,
  ]
}

async function collect(
  paths: readonly string[],
  timeLimitMs: number,
  concurrency: number,
): Promise<{ reports: readonly Report[]; ended: readonly string[] }> {
  const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url))
  const argv = [
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-reporter=${reporter}`,
  ]
  const run = randomUUID()
  const child = spawn(process.execPath, [...argv, ...paths], {
    cwd: join(testDirectory, '..'),
    // a group of its own, so that the time limit ends the test files too
    detached: true,
    env: { ...process.env, [runMark]: run },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const endGroup = (): void => endProcessGroup(child.pid)
  process.once('exit', endGroup)
  let outOfTime = false
  const timer = setTimeout(() => {
    outOfTime = true
    endGroup()
  }, timeLimitMs)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const reports: Report[] = []
  createInterface(child.stdout).on('line', (line) => reports.push(JSON.parse(line) as Report))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  process.removeListener('exit', endGroup)
  const failures = reports.some((report) => report.kind === 'test' && report.state === 'failed')
  const left = await endLeftovers(run)
  if (outOfTime) return { reports, ended: [`it did not end within ${timeLimitMs / 1000} seconds`, ...left] }
  const crashed = code === 0 || failures ? [] : [`it ended with code ${code}: ${stderr.slice(-2_000)}`]
  return { reports, ended: [...crashed, ...left] }
}

/** every process of a suite inherits this variable, so that what it leaves behind is known to be its own */
const runMark = 'TEST_SUITE_RUN'
/** servers may still be on their way out when their test has ended */
const leaveGraceMs = 3_000

/** Ends what a suite left running. @returns one complaint for each */
async function endLeftovers(run: string): Promise<readonly string[]> {
  const deadline = performance.now() + leaveGraceMs
  let left = await marked(run)
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(100)
    left = await marked(run)
  }
  const complaints: string[] = []
  for (const pid of left) {
    const argv = (await commandLine(pid)).join(' ')
    if (argv === '') continue
    complaints.push(`it left process ${pid} running: ${argv.slice(0, 300)}`)
    process.kill(pid, 'SIGKILL')
  }
  return complaints
}

async function marked(run: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
      return environment.split('\0').includes(`${runMark}=${run}`) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

function endProcessGroup(leader: number | undefined): void {
  try {
    if (leader) process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
