/** What the documents name is there: paths, links, scripts, commands and their options. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { runCommand } from '../../src/cli/commands.ts'
import type { CommandDeps } from '../../src/cli/installation.ts'
import { apiCommandTexts } from '../../src/domain/text/api-commands.ts'
import { commandTexts } from '../../src/domain/text/commands.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const folders = ['src', 'test', 'tools', 'docs', 'migrations', 'letters', 'sops', 'calendars', 'bench']
const files = [
  ...readdirSync(repository),
  ...folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  ),
]
const documents = files.filter((file) => /^([A-Z]+|docs\/.+)\.md$/.test(file))
const read = (file: string): string => readFileSync(join(repository, file), 'utf8')

/** Each match of a pattern in any document, with where it stands. */
const found = (pattern: RegExp): readonly { readonly file: string; readonly text: string }[] =>
  documents.flatMap((file) => [...read(file).matchAll(pattern)].map(([, text = '']) => ({ file, text })))

/** `{a,b}` and `*` stand for many; enough of them must be there for one. */
function isThere(named: string): boolean {
  if (!/[*{]/.test(named)) return existsSync(join(repository, named))
  const alternatives = named
    .replaceAll('.', '\\.')
    .replaceAll(/\{([^}]*)\}/g, (_all, list: string) => `(${list.replaceAll(',', '|')})`)
  const pattern = new RegExp(`^${alternatives.replaceAll('**', '.+').replaceAll(/(?<!\.)\*/g, '[^/]*')}`)
  return files.some((file) => pattern.test(file))
}

test('every path and every link in the documents leads to something', () => {
  const paths = found(/`([^`\n]+)`/g).flatMap(({ file, text }) =>
    [...text.matchAll(new RegExp(`(?<![\\w/.~<-])((?:${folders.join('|')})/[\\w./*{},-]*)`, 'g'))].map(
      ([, path]) => ({
        file,
        path: path!.replace(/[.,/]+$/, ''),
      }),
    ),
  )
  const links = found(/\]\(([^)\s#]+)[^)\s]*\)/g)
    .filter(({ text }) => !/^(https?|mailto):/.test(text))
    .map(({ file, text }) => ({ file, path: normalize(join(dirname(file), text)) }))
  assert.ok(paths.length > 100 && links.length > 50, `${paths.length} paths, ${links.length} links`)
  const lost = [...paths, ...links].filter(({ path }) => !isThere(path))
  assert.deepEqual(lost, [])
})

/** A heading as GitHub and GitLab name its anchor. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

test('every link into a document leads to one of its headings', () => {
  const links = found(/\]\(([^)\s]*#[^)\s]+)\)/g).filter(({ text }) => !text.startsWith('http'))
  assert.ok(links.length > 3)
  const lost = links.filter(({ file, text }) => {
    const [path = '', anchor = ''] = text.split('#')
    const target = read(path === '' ? file : normalize(join(dirname(file), path)))
    return ![...target.matchAll(/^#+ (.+)$/gm)].some(([, heading]) => anchorOf(heading!) === anchor)
  })
  assert.deepEqual(lost, [])
})

test('every npm script in the documents exists', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')))
  const named = found(/npm run (?:-s )?([\w-]+)/g)
  assert.ok(named.length > 10)
  assert.deepEqual(
    named.filter(({ text }) => !(text in scripts)),
    [],
  )
})

const names = Object.keys({ ...commandTexts, ...apiCommandTexts })

async function helpOf(t: TestContext, name: string): Promise<string> {
  let said = ''
  const log = t.mock.method(console, 'log', (text: string) => void (said += text))
  const code = await runCommand([...name.split(' '), '--help', '--lang', 'en'], {} as CommandDeps)
  log.mock.restore()
  assert.equal(code, 0, name)
  return said
}

test('every command in the documents exists and takes the options it is shown with', async (t) => {
  const shown = [...found(/npm run -s ranah -- ((?:[^\n`]|\\\n)+)/g), ...found(/`ranah ([a-z][^`]+)`/g)].map(
    ({ file, text }) => ({ file, text: text.replaceAll(/\\\n/g, ' ') }),
  )
  assert.ok(shown.length > 30)
  for (const { file, text } of shown) {
    if (/^(--help|COMMAND)/.test(text)) continue
    const name = names
      .toSorted((a, b) => b.length - a.length)
      .find((each) => text === each || text.startsWith(`${each} `))
    assert.ok(name, `${file}: ranah ${text}`)
    const help = await helpOf(t, name)
    for (const [option] of text.matchAll(/(?<=\s)--?[a-z][a-z-]*/g))
      assert.ok(help.includes(option), `${file}: ranah ${text}: ${option}`)
  }
})

test('the operator guide tells every command', () => {
  const guide = read('docs/operator-guide.md')
  assert.deepEqual(
    names.filter(
      (name) =>
        !name.startsWith('request ') && !guide.includes(`\`${name}`) && !guide.includes(`ranah ${name}`),
    ),
    [],
  )
})
