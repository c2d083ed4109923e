import { decide, openDesk, planned, seen, submitted, updated } from './desk.ts'
import type { Row } from './report.ts'

/** Requests that are approved at once, and operators who do so side by side. */
const requests = 1_000
const operators = 16

/**
 * 1,000 approvals in one batch: from the first confirmation until the name server answers with every name, plans,
 * decisions, jobs and proofs from outside included, against as many raw updates one after the other.
 */
export async function approvals(): Promise<Row> {
  const desk = await openDesk()
  try {
    const labels = Array.from({ length: requests }, (_, index) => `massal-${index}`)
    const waiting = [...labels]
    const tickets = new Map<string, string>()
    await sideBySide(async () => {
      for (let label = waiting.pop(); label !== undefined; label = waiting.pop())
        tickets.set(label, await submitted(desk, 'subdomain', label))
    })
    const started = performance.now()
    const open = [...tickets.values()]
    await sideBySide(async () => {
      for (let ticket = open.pop(); ticket !== undefined; ticket = open.pop())
        await decide(desk, ticket, await planned(desk, ticket))
    })
    for (const label of labels) await seen(desk, label)
    const ours = performance.now() - started
    const rawStarted = performance.now()
    for (const label of labels) await updated(desk, `mentah-${label}`)
    const raw = performance.now() - rawStarted
    const rate = (ms: number): string => `${((1000 * requests) / ms).toFixed(0)}/s`
    return {
      name: `${requests} approvals in one batch, until every name is visible`,
      ours: rate(ours),
      baseline: rate(raw),
      ratio: raw / ours,
      target: null,
    }
  } finally {
    await desk.close()
  }
}

const sideBySide = (work: () => Promise<void>) => Promise.all(Array.from({ length: operators }, work))
