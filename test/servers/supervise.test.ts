import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { launchNodeServer, type NodeServerSpec, stopNodeServer } from '../../src/servers/node-server.ts'
import { isAlive } from '../../src/servers/process.ts'
import { supervise } from '../../src/servers/supervise.ts'

const entry = fileURLToPath(new URL('./sample-server.ts', import.meta.url))
const parentProgram = fileURLToPath(new URL('./launch-sample.ts', import.meta.url))
const eventTimeoutMs = 15_000

let root: string
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'ranah-supervise-'))
})
after(() => rm(root, { recursive: true, force: true }))

function specOf(name: string, behaviour = 'serve'): NodeServerSpec & { marker: string } {
  const directory = join(root, name)
  const marker = join(root, `${name}.started`)
  return { name: 'the sample', entry, directory, config: { behaviour, marker }, marker }
}

async function startsOf(marker: string): Promise<number> {
  return (await readFile(marker, 'utf8')).trim().split('\n').length
}

function whoAnswers(port: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.once('error', reject)
    socket.once('data', (data) => resolve(Number(data.toString())))
  })
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + eventTimeoutMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not happen in time')
    await sleep(20)
  }
}

test('a server outlives the kill of its parent and is adopted by the next', async () => {
  const spec = specOf('adopt')
  try {
    const argv = ['--import', import.meta.resolve('tsx'), parentProgram, JSON.stringify(spec)]
    const parent = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
    const line = await new Promise<string>((resolve) => createInterface(parent.stdout).once('line', resolve))
    parent.kill('SIGKILL')
    await new Promise((resolve) => parent.once('exit', resolve))
    const first = JSON.parse(line) as { pid: number; adopted: boolean; ready: { port: number } }
    const second = await launchNodeServer(spec)
    assert.deepEqual([first.adopted, second.adopted, second.process.pid], [false, true, first.pid])
    assert.equal(await whoAnswers(second.ready.port), first.pid)
    assert.equal(await startsOf(spec.marker), 1)
    await second.stop()
    assert.equal(await isAlive(second.process), false)
  } finally {
    await stopNodeServer(entry, spec.directory)
  }
})

test('five launches at once start one process', async () => {
  const spec = specOf('at-once')
  try {
    const all = await Promise.all(Array.from({ length: 5 }, () => launchNodeServer(spec)))
    assert.equal(new Set(all.map((one) => one.process.pid)).size, 1)
    assert.equal(await startsOf(spec.marker), 1)
    assert.equal((await stat(join(spec.directory, 'config.json'))).mode & 0o777, 0o600)
  } finally {
    await stopNodeServer(entry, spec.directory)
  }
})

test('another configuration replaces the running process; a lost record does not double it', async () => {
  const spec = specOf('replace')
  try {
    const first = await launchNodeServer(spec)
    const marker = join(root, 'replace-again.started')
    const second = await launchNodeServer({ ...spec, config: { behaviour: 'serve', marker } })
    assert.notEqual(second.process.pid, first.process.pid)
    assert.equal(await isAlive(first.process), false)
    await rm(join(spec.directory, 'supervised.json'))
    const third = await launchNodeServer({ ...spec, config: { behaviour: 'serve', marker } })
    assert.equal(await isAlive(second.process), false)
    assert.equal(await whoAnswers(third.ready.port), third.process.pid)
  } finally {
    await stopNodeServer(entry, spec.directory)
  }
})

test('a record that names a stranger is not believed', async () => {
  const spec = specOf('stranger')
  try {
    const first = await launchNodeServer(spec)
    await first.stop()
    const record = JSON.parse(await readFile(join(spec.directory, 'supervised.json'), 'utf8')) as object
    await writeFile(
      join(spec.directory, 'supervised.json'),
      JSON.stringify({ ...record, pid: process.pid, startTicks: '1' }),
    )
    const second = await launchNodeServer(spec)
    assert.equal(second.adopted, false)
    assert.notEqual(second.process.pid, process.pid)
  } finally {
    await stopNodeServer(entry, spec.directory)
  }
})

test('a server that fails says why; one that hangs is ended after the time limit', async () => {
  await assert.rejects(launchNodeServer(specOf('fail', 'fail')), (error: Error) => {
    assert.match(error.message, /the sample could not be started: Error: the sample fails as told/)
    return true
  })
  const hanging = { ...specOf('hang', 'hang'), readyTimeoutMs: 1_500 }
  await assert.rejects(launchNodeServer(hanging), /not ready after 1.5 seconds/)
  assert.equal(await stopNodeServer(entry, hanging.directory), false)
})

test('a killed server is started again; release leaves it running, stop ends it', async () => {
  const spec = specOf('killed')
  const events: string[] = []
  const restarted: number[] = []
  const options = {
    name: spec.name,
    start: () => launchNodeServer(spec),
    onEvent: (text: { en: string }) => void events.push(text.en),
    onRestart: (next: { process: { pid: number } }) => void restarted.push(next.process.pid),
  }
  const supervised = await supervise(options)
  try {
    for (const round of [1, 2]) {
      const { process: victim } = supervised.current()
      process.kill(victim.pid, 'SIGKILL')
      await until(() => restarted.length === round)
      assert.notEqual(supervised.current().process.pid, victim.pid)
      assert.equal(await whoAnswers(supervised.current().ready.port), supervised.current().process.pid)
    }
    assert.match(events[0]!, /stopped; starting it again in 0 ms \(attempt 1\)/)
    supervised.release()
    const left = supervised.current()
    const again = await supervise(options)
    assert.equal(again.current().process.pid, left.process.pid)
    await again.stop()
    assert.equal(await isAlive(left.process), false)
    await sleep(400)
    assert.equal(await startsOf(spec.marker), 3)
  } finally {
    await stopNodeServer(entry, spec.directory)
  }
})
