import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BegunJob } from '../../src/actions/act.ts'
import { AtOnce } from '../../src/jobs/at-once.ts'

const jobs: readonly BegunJob[] = Array.from({ length: 12 }, (_, index) => ({
  id: `job ${index}`,
  name: 'provision-service',
  data: { officeId: 'o', requestId: 'r', visit: 1 },
}))
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Work that ends when told, and what was begun. */
function desk() {
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const begun: string[] = []
  const atOnce = new AtOnce()
  const work = (id: string) => () => {
    begun.push(id)
    return new Promise<void>((resolve, reject) => void ends.set(id, { resolve, reject }))
  }
  const run = ({ id }: BegunJob) => atOnce.join(id, work(id))
  atOnce.start(run)
  return { atOnce, run, ends, begun: () => begun }
}

describe('jobs that begin with their commit', () => {
  test('of many committed at once five run side by side, and each that ends or fails lets the next begin', async () => {
    const { atOnce, ends, begun } = desk()
    for (const job of jobs) void atOnce.begin(job, undefined)
    assert.equal(begun().length, 5)
    ends.get('job 0')!.resolve()
    ends.get('job 1')!.reject(new Error('the server is down'))
    await turn()
    assert.deepEqual(begun().slice(5), ['job 5', 'job 6'])
    for (let each = 2; each < jobs.length; each += 1) {
      ends.get(`job ${each}`)!.resolve()
      await turn()
    }
    assert.equal(begun().length, jobs.length)
  })

  test('one that the queue gives out while it waits is done once', async () => {
    const { atOnce, run, ends, begun } = desk()
    for (const job of jobs.slice(0, 7)) void atOnce.begin(job, undefined)
    const given = run(jobs[6]!)
    assert.deepEqual(begun().slice(5), ['job 6'])
    ends.get('job 6')!.resolve()
    await given
    for (let each = 0; each < 6; each += 1) {
      ends.get(`job ${each}`)?.resolve()
      await turn()
    }
    assert.equal(begun().filter((id) => id === 'job 6').length, 1)
    assert.equal(begun().length, 7)
  })

  test('after the stop what waits is left to the queue', async () => {
    const { atOnce, ends, begun } = desk()
    for (const job of jobs) void atOnce.begin(job, undefined)
    const stopped = atOnce.stop()
    for (const id of begun()) ends.get(id)!.resolve()
    await stopped
    await turn()
    assert.equal(begun().length, 5)
  })
})
