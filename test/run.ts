/**
 * `npm test [SUITE...]`: prepares the machine, runs every suite (a folder of test/) in a process of its own
 * and prints one line for each. Anything but tests that ran and passed makes the exit code 1.
 */
import { joinCluster, leaveCluster } from './support/database.ts'
import { prepareMachine } from './support/machine.ts'
import { listSuites, runSuite, type SuiteResult } from './support/suite.ts'

const defaultLimitSeconds = 600
const limitSeconds: Readonly<Record<string, number>> = {
  crash: 2_400,
  drivers: 900,
  e2e: 1_500,
  ops: 1_200,
  http: 1_200,
  jobs: 900,
  'site-helper': 1_200,
  swarm: 1_200,
}
/** suites whose files disturb each other when they run side by side */
const oneByOne = ['crash', 'e2e', 'ops']
const sideBySide = 2
/** failures that are named once more at the end */
const summaryEntries = 12

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1

async function main(asked: readonly string[]): Promise<boolean> {
  const all = await listSuites()
  const unknown = asked.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    console.log(`no such suite: ${unknown.join(', ')}. There are: ${all.join(', ')}`)
    return false
  }
  const suites = asked.length > 0 ? asked : all
  const obstacle = prepareMachine((line) => console.log(line))
  if (obstacle) {
    console.log(`could not run ${suites.join(', ')}: ${obstacle}`)
    return false
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endEarly())
  await joinCluster()
  try {
    const results: SuiteResult[] = []
    for (const suite of suites) {
      const result = await run(suite)
      printResult(result)
      results.push(result)
    }
    return summarise(results)
  } finally {
    await leaveCluster({ destroy: true })
  }
}

/** Stopped by hand: the suite's processes end with us, and the database must not stay behind. */
async function endEarly(): Promise<void> {
  console.log('stopped before the end')
  try {
    await leaveCluster({ destroy: true })
  } finally {
    process.exit(130)
  }
}

async function run(name: string): Promise<SuiteResult> {
  const limitMs = (limitSeconds[name] ?? defaultLimitSeconds) * 1000
  try {
    return await runSuite(name, limitMs, oneByOne.includes(name) ? 1 : sideBySide)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      name,
      passed: 0,
      failed: 0,
      seconds: 0,
      complaints: [`it could not run: ${why}`],
      failing: [],
      details: [],
      notes: [],
    }
  }
}

function isGood(result: SuiteResult): boolean {
  return result.failed === 0 && result.complaints.length === 0
}

function printResult(result: SuiteResult): void {
  const { name, passed, failed, seconds } = result
  const counts = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`
  console.log(
    `${isGood(result) ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${counts} ${seconds.toFixed(1).padStart(7)} s`,
  )
  for (const note of result.notes) console.log(`     ${note}`)
  for (const complaint of result.complaints) console.log(`     ${name}: ${complaint}`)
  for (const detail of result.details) console.log(detail)
}

function summarise(results: readonly SuiteResult[]): boolean {
  const bad = results.filter((result) => !isGood(result))
  if (bad.length > 0) console.log(`not good: ${bad.map((result) => result.name).join(', ')}`)
  // once more at the end, where one looks first and where an output that was cut still has it
  const lines = bad.flatMap((result) => [...result.failing, ...result.complaints])
  for (const line of lines.slice(0, summaryEntries)) console.log(`     ${line}`)
  if (lines.length > summaryEntries) console.log(`     and ${lines.length - summaryEntries} more`)
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  return bad.length === 0
}
