import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const lintTimeoutMs = 120_000

/** The table of ARCHITECTURE.md: what each layer may import beside itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  db: ['domain'],
  drivers: ['domain'],
  servers: ['domain'],
  actions: ['domain', 'db'],
  lookups: ['domain', 'db', 'drivers'],
  jobs: ['domain', 'db', 'drivers', 'actions'],
  http: ['domain', 'db', 'actions', 'lookups'],
  cli: ['domain', 'db', 'actions', 'lookups'],
}
const layers = Object.keys(mayImport)

/** What the layers may not touch outside the sources. */
const forbiddenPackages: Readonly<Record<string, readonly string[]>> = {
  domain: `node:fs node:fs/promises fs node:net node:dgram node:http node:https node:tls node:dns os
    node:child_process child_process node:worker_threads node:os node:process node:timers/promises
    node:perf_hooks pg kysely pg-boss hono nodemailer ssh2`.split(/\s+/),
  db: ['node:net', 'node:http', 'node:dns/promises', 'node:child_process', 'nodemailer', 'ssh2', 'hono'],
  actions: ['node:net', 'net', 'node:http', 'node:dgram', 'node:child_process', 'nodemailer', 'ssh2', 'hono'],
}

/** Code that a layer may not run. */
const forbiddenCode: Readonly<Record<string, readonly string[]>> = {
  domain: [
    'export const planted = () => fetch("https://contohkab.go.id")',
    'export const planted = () => setTimeout(() => undefined, 1)',
    'export const planted = () => setInterval(() => undefined, 1)',
    'export const planted = () => process.env',
    'export const planted = () => Date.now()',
    'export const planted = () => Math.random()',
  ],
  actions: ['export const planted = () => fetch("https://contohkab.go.id")'],
}

type Plant = { readonly file: string; readonly text: string; readonly refused: boolean }

const importing = (specifier: string): string =>
  `import { thing } from '${specifier}'\nexport const planted = thing\n`

/** Ways to write the same import: from the layer itself, from an area in it, and by detours. */
function waysTo(target: string): readonly { readonly folder: string; readonly specifier: string }[] {
  return [
    { folder: '', specifier: `../${target}` },
    { folder: 'area/', specifier: `../../${target}` },
    { folder: 'area/', specifier: `../../../src/${target}` },
    { folder: '', specifier: `./../${target}` },
  ]
}

function plants(): readonly Plant[] {
  const found: Plant[] = []
  const plant = (layer: string, folder: string, text: string, refused: boolean): void => {
    found.push({ file: `src/${layer}/${folder}planted-${found.length}.ts`, text, refused })
  }
  for (const layer of layers) {
    for (const target of layers.filter((other) => other !== layer)) {
      const refused = !mayImport[layer]!.includes(target)
      for (const { folder, specifier } of waysTo(`${target}/thing.ts`)) {
        plant(layer, folder, importing(specifier), refused)
      }
      for (const form of [
        'export type { Thing } from',
        'export * from',
        'import',
        'import type { Thing } from',
      ]) {
        plant(layer, '', `${form} '../${target}/thing.ts'\n`, refused)
      }
      plant(layer, '', `export const planted = () => import('../${target}/thing.ts')\n`, refused)
    }
    for (const { folder, specifier } of [...waysTo('main.ts'), ...waysTo('start.ts')])
      plant(layer, folder, importing(specifier), true)
    for (const root of ['config.ts', 'secrets.ts']) plant(layer, '', importing(`../${root}`), layer !== 'cli')
    for (const name of forbiddenPackages[layer] ?? []) plant(layer, '', importing(name), true)
    for (const code of forbiddenCode[layer] ?? []) plant(layer, '', `${code}\n`, true)
  }
  return found
}

const oxlintReport = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })),
})

/** The planted files in which a rule found something. */
function lint(rule: RegExp): ReadonlySet<string> {
  const run = spawnSync(join(repository, 'node_modules/.bin/oxlint'), ['--format', 'json', 'src'], {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    timeout: lintTimeoutMs,
  })
  const { diagnostics } = oxlintReport.parse(JSON.parse(run.stdout))
  return new Set(diagnostics.filter(({ code }) => rule.test(code ?? '')).map(({ filename }) => filename))
}

let place: string
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'ranah-boundaries-'))
  await symlink(join(repository, 'node_modules'), join(place, 'node_modules'))
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.json', '.oxfmtrc.json']) {
    await cp(join(repository, file), join(place, file))
  }
})
after(() => rm(place, { recursive: true }))

test('every import that the table forbids is refused by the lint, and no other', async () => {
  const all = plants()
  for (const { file, text } of all) {
    await mkdir(join(place, dirname(file)), { recursive: true })
    await writeFile(join(place, file), text)
  }
  const refused = lint(/no-restricted-(imports|globals|properties)/)
  const describe = ({ file, text }: Plant): string => `${file}: ${text.split('\n')[0]}`
  assert.deepEqual(
    all.filter((one) => one.refused && !refused.has(one.file)).map(describe),
    [],
    'let through',
  )
  assert.deepEqual(all.filter((one) => !one.refused && refused.has(one.file)).map(describe), [], 'refused')
  assert.ok(all.filter((one) => one.refused).length > 250)
  await rm(join(place, 'src'), { recursive: true })
})

test('two files that import each other are refused, even for a type', async () => {
  await mkdir(join(place, 'src/domain'), { recursive: true })
  for (const [name, other] of ['ab', 'ba'])
    await writeFile(
      join(place, `src/domain/${name}.ts`),
      `import type { ${other} } from './${other}.ts'\nexport type ${name} = { readonly next?: ${other} }\n`,
    )
  assert.deepEqual([...lint(/no-cycle/)].sort(), ['src/domain/a.ts', 'src/domain/b.ts'])
  await rm(join(place, 'src'), { recursive: true })
})

test('one planted violation makes npm run check fail, and only that', async () => {
  for (const folder of ['src', 'tools'])
    await cp(join(repository, folder), join(place, folder), { recursive: true })
  const check = (): { code: number | null; output: string } => {
    const { PATH } = process.env
    const run = spawnSync('npm', ['run', 'check', '--', 'lint'], {
      cwd: place,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(repository, 'node_modules/.bin')}:${PATH}` },
      timeout: lintTimeoutMs,
    })
    return { code: run.status, output: run.stdout }
  }
  const clean = check()
  assert.equal(clean.code, 0, clean.output)
  await writeFile(join(place, 'src/actions/planted.ts'), importing('../drivers/dns/driver.ts'))
  const planted = check()
  assert.notEqual(planted.code, 0)
  assert.match(planted.output, /src\/actions\/ may not import drivers/)
})

test('the pure layer takes the clock and chance as arguments, and no layer imports behind the lint', async () => {
  const impure =
    /new Date\(\s*\)|\bDate\(\)|performance\.now|import .*\brandom\w+.* from 'node:crypto'|\bcrypto\.random/
  const detour = /\bimport\(\s*[^)'"\s]|(?<![.\w])require\(['"`]|createRequire/
  const offenders: string[] = []
  for (const name of await readdir(join(repository, 'src'), { recursive: true })) {
    // It writes a program for another machine, and that line into it.
    const isCompiler = name === 'servers/site-helper/bundle.ts'
    if (!/\.tsx?$/.test(name) || isCompiler) continue
    const lines = (await readFile(join(repository, 'src', name), 'utf8')).split('\n')
    for (const [index, line] of lines.entries()) {
      const bad = (name.startsWith('domain/') && impure.test(line)) || detour.test(line)
      if (bad && !/^\s*(\*|\/\/|\/\*)/.test(line)) offenders.push(`src/${name}:${index + 1}: ${line.trim()}`)
    }
  }
  assert.deepEqual(offenders, [])
})
