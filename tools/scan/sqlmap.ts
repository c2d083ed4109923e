import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './addresses.ts'
import { run } from './command.ts'

/** Addresses that one process of sqlmap is given: to start one takes as long as to try a place. */
const addressesAtOnce = 12
/** sqlmap processes beside each other; the demo answers from the same machine. */
const lanes = 2
const secondsForPlace = 60

/**
 * `--smart`: whether a place reaches a statement shows with a few inputs that would break one; the rest of the list is tried
 * where one did. A statement that breaks is an answer with 500 here, which the guard counts by itself. What waits for a late
 * answer (stacked and time-based) is left out: a busy machine answers late on its own.
 */
const options = [
  ['--batch', '--ignore-stdin', '--flush-session', '--skip-waf', '--smart', '--disable-coloring'],
  ['--dbms', 'PostgreSQL', '--level', '1', '--risk', '1', '--technique', 'BEU'],
  ['--timeout', '10', '--retries', '1', '--ignore-code', '*', '--ignore-redirects'],
].flat()

export type Outcome = {
  /** routes whose places sqlmap went through to the last */
  readonly done: ReadonlySet<string>
  /** places that it tried, as its log counts them: each is begun with a breaking input */
  readonly places: number
  readonly injectable: readonly string[]
}

type Batch = {
  readonly targets: readonly Target[]
  readonly headers: readonly string[]
  readonly url: string
}

/** Lets sqlmap write into every place of the targets, some addresses at a time. */
export async function runSqlmap(batches: readonly Batch[], folder: string, until: number): Promise<Outcome> {
  const waiting = batches.flatMap((each) => cut(each)).entries()
  const done = new Set<string>()
  const injectable: string[] = []
  let places = 0
  const lane = async (): Promise<void> => {
    for (const [index, batch] of waiting) {
      const left = Math.floor((until - Date.now()) / 1_000)
      if (left < 1) return
      const read = readLog(batch.targets, await runBatch(batch, join(folder, `sqlmap-${index}`), left))
      for (const route of read.done) done.add(route)
      places += read.places
      injectable.push(...read.injectable)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { done, places, injectable }
}

/** What sqlmap says of each address, one after the other, in the order in which it was given them. */
function readLog(targets: readonly Target[], log: string) {
  const parts = log.split(/^\[\d+\/\d+\] URL:$/m).slice(1)
  const tried = parts.map((each) => each.split(/heuristic \(basic\) test shows/).length - 1)
  const whole = /\[\*\] ending/.test(log) ? parts.length : parts.length - 1
  return {
    done: targets.slice(0, whole).flatMap(({ route }, index) => (tried[index]! > 0 ? [route] : [])),
    places: tried.reduce((sum, each) => sum + each, 0),
    injectable: targets.flatMap(({ route }, index) =>
      parts[index]?.includes('identified the following injection point') ? [route] : [],
    ),
  }
}

/** No address twice in one process: sqlmap takes the same place of another method as tried already. */
function cut(batch: Batch): Batch[] {
  const groups: Target[][] = []
  for (const target of batch.targets) {
    const fits = groups.find(
      (each) => each.length < addressesAtOnce && each.every(({ method }) => method === target.method),
    )
    if (fits) fits.push(target)
    else groups.push([target])
  }
  return groups.map((targets) => ({ ...batch, targets }))
}

async function runBatch({ targets, headers, url }: Batch, folder: string, left: number): Promise<string> {
  const requests = join(folder, 'requests')
  mkdirSync(requests, { recursive: true })
  for (const [index, target] of targets.entries())
    writeFileSync(
      join(requests, `${String(index).padStart(2, '0')}-request`),
      requestOf(url, headers, target),
    )
  const log = join(folder, 'log')
  const places = targets.reduce((sum, each) => sum + each.places, 0)
  await run(
    'sqlmap',
    ['-l', requests, ...options, '--output-dir', join(folder, 'output')],
    log,
    Math.min(left, places * secondsForPlace),
  )
  return readFileSync(log, 'utf8')
}

function requestOf(url: string, headers: readonly string[], { method, path, type, body }: Target): string {
  const own = path.startsWith('/api/v1/offices/') ? headers : []
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...own,
    ...(type ? [`Content-Type: ${type}`] : []),
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
