import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bareHost, driverOf } from '../support/debian-host.ts'

/** `ranah host prepare` as the operator guide prints it, typed into a shell by somebody who answers its questions. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const guide = await readFile(join(root, 'docs/operator-guide.md'), 'utf8')
const timeoutMs = 240_000

/** The first block of code below a heading of the guide. */
function printedBelow(heading: string): string {
  const from = guide.indexOf(`\n## ${heading}\n`)
  assert.ok(from >= 0, `the guide has no "${heading}"`)
  return /^```\n(.*?)^```$/ms.exec(guide.slice(from))![1]!
}

/** Runs lines in a shell; each question is answered once it stands on the terminal. */
async function typed(lines: string, cwd: string, home: string) {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  const child = spawn('/bin/bash', ['-e', '-c', lines], { cwd, env: { PATH: path, HOME: home } })
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  let said = ''
  let asked = 0
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8')
    const questions = said.split('[y/t]').length - 1
    for (; asked < questions; asked += 1) child.stdin.write('ya\n')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, said, asked }
}

test('a bare Debian host becomes a site host by what the guide prints', async (t) => {
  const { host, operator, settings, ...fixture } = await bareHost(t)
  const here = await mkdtemp(join(tmpdir(), 'ranah-guide-'))
  t.after(() => rm(here, { recursive: true }))
  await mkdir(join(here, '.ssh'))
  await writeFile(join(here, '.ssh/id_ed25519'), operator.privateKey, { mode: 0o600 })
  const printed = printedBelow('Preparing a Debian host for sites')
  const name = 'situs1.contoh.go.id'
  assert.ok(printed.includes(name) && printed.includes('npm run -s ranah -- host prepare'))
  // The clone lies elsewhere than the folder in which the key is made.
  const lines = printed.replaceAll(name, host.address).replaceAll('npm run', `npm --prefix ${root} run`)

  const first = await typed(lines, here, here)
  assert.equal(first.code, 0, first.said)
  assert.equal(first.asked, 2, 'the key of the host, and the changes')
  const line = settings.hostKey.split(' ')[1]!
  assert.ok(first.said.includes(line), 'the key that was shown is the one of the host')
  const privateKey = await readFile(join(here, 'ranah-host'), 'utf8')
  const driver = driverOf({ host, operator, settings, ...fixture, ranah: { ...operator, privateKey } })
  const findings = await driver.check()
  assert.ok(
    findings.every(({ ok }) => ok),
    JSON.stringify(findings),
  )

  const again = await typed(lines.slice(lines.indexOf('npm')), here, here)
  assert.equal(again.code, 0, again.said)
  assert.equal(again.asked, 1, 'a second run has nothing to ask but the key of the host')
  assert.match(again.said, /Tidak ada yang perlu diubah/)
})
