/** One line of the table: what was measured, against what, and the ratio of the two from the same run. */
export type Row = {
  readonly name: string
  readonly ours: string
  readonly baseline: string
  readonly ratio: number
  /** The ratio that the project wants; null where none was set. */
  readonly target: number | null
}

/** How long each side runs before the other takes its turn, and how many turns. */
const turnMs = 1_500
const turns = 5

/** Runs `once` with so many clients at once for a while. @returns how often a second it was done */
export async function perSecond(
  clients: number,
  ms: number,
  once: (client: number) => Promise<void>,
): Promise<number> {
  const started = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() - started < ms) {
        await once(client)
        done += 1
      }
    }),
  )
  return (done * 1000) / (performance.now() - started)
}

/** Both sides in turn, A B A B ...: the median of the ratios pair by pair, so that a drifting machine cancels out. */
export async function pairs(
  name: string,
  clients: number,
  ours: (client: number) => Promise<void>,
  baseline: (client: number) => Promise<void>,
  target: number | null,
  /** How many things one call of either side does. */
  perCall = 1,
): Promise<Row> {
  await perSecond(clients, turnMs / 2, ours)
  await perSecond(clients, turnMs / 2, baseline)
  const found: { ours: number; baseline: number }[] = []
  for (let turn = 0; turn < turns; turn += 1)
    found.push({
      ours: await perSecond(clients, turnMs, ours),
      baseline: await perSecond(clients, turnMs, baseline),
    })
  const ratio = median(found.map((each) => each.ours / each.baseline))
  return {
    name,
    ours: `${Math.round(median(found.map((each) => each.ours)) * perCall)}/s`,
    baseline: `${Math.round(median(found.map((each) => each.baseline)) * perCall)}/s`,
    ratio,
    target,
  }
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** @param share between 0 and 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}

/** @param values milliseconds */
export const times = (values: readonly number[]): string =>
  `median ${median(values).toFixed(1)} ms, slowest ${percentile(values, 0.999).toFixed(0)} ms`

/** Prints the table as Markdown. */
export function print(rows: readonly Row[]): void {
  console.log('| measured | ours | baseline | ratio | target |\n| --- | --- | --- | --- | --- |')
  for (const { name, ours, baseline, ratio, target } of rows)
    console.log(
      `| ${name} | ${ours} | ${baseline} | ${ratio.toFixed(2)} | ${target === null ? '-' : target} |`,
    )
}
