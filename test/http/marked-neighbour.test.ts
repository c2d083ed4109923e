/**
 * An office at work beside a neighbour in whose every text stands a mark: whatever its people open, as page, API answer, CSV,
 * XLSX, PDF, ZIP or event stream, holds no mark, and no id of the neighbour's rows.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '../../src/domain/access/roles.ts'
import { roles } from '../../src/domain/access/roles.ts'
import { whoMay } from '../../src/domain/access/table.ts'
import { mayOpen } from '../../src/domain/access/who.ts'
import type { Browser } from '../support/browse.ts'
import { signedIn } from '../support/session.ts'
import { textOfAnswer } from '../support/text-of-answer.ts'
import type { Marked } from './hostile/marks.ts'
import { markIn, markOffice } from './hostile/marks.ts'
import type { World } from './hostile/world.ts'
import { createWorld, rowsOf } from './hostile/world.ts'

/** What an office says to everybody, on pages of the whole installation. */
const toEverybody = /^(?:offices|zones)\.|^services\.(?:fqdn|status)$|^agencies\.name$|^logbook_heads\.hash$/
/** Words that both offices use, for what is no row. */
const common: Readonly<Record<string, string>> = {
  page: '1',
  no: '1',
  visit: '1',
  seq: '1',
  book: 'outgoing',
}
type Document = {
  readonly paths: Record<
    string,
    Record<string, { readonly parameters?: readonly { readonly name: string }[] }>
  >
}

describe("a neighbour's words", () => {
  let world: World
  let marked: Marked
  let own: ReadonlyMap<string, string>
  let theirs: ReadonlyMap<string, string>
  let fileLists: ReadonlySet<string>
  before(async () => {
    world = await createWorld()
    const { portal, other } = world
    theirs = await rowsOf(world, other)
    own = await rowsOf(world, portal)
    for (const role of roles) await other.member(role)
    const document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as Document
    fileLists = new Set(
      Object.entries(document.paths).flatMap(([path, { get }]) =>
        get?.parameters?.some(({ name }) => name === 'format') ? [`/api/v1${path}`] : [],
      ),
    )
    marked = await markOffice(portal.database, other.id)
  })
  after(() => world.portal.close())

  /** The addresses that a role may read, in its office's name; lists of the API as files too. */
  function addressesFor(role: Role, slug: string, rowOf: ReadonlyMap<string, string>): readonly string[] {
    const routes = world.portal.app.registered.filter(({ method, path }) => {
      const who = method === 'GET' ? whoMay(method, path) : undefined
      return who !== undefined && mayOpen(who, [role])
    })
    return [...new Set(routes.map(({ path }) => path))].flatMap((path) => {
      const at = path
        .replace(':office', slug)
        .replaceAll(/:(\w+)/g, (_all, name: string) =>
          encodeURIComponent(rowOf.get(name) ?? world.own.get(name)?.[0] ?? common[name] ?? 'x'),
        )
      const written = path.replaceAll(/:(\w+)/g, '{$1}')
      return fileLists.has(written) ? [at, `${at}?format=csv`, `${at}?format=xlsx`] : [at]
    })
  }

  const filesOn = (html: string): readonly string[] =>
    [...html.matchAll(/href="(\/[^"]*unduh=(?:csv|xlsx)[^"]*)"/g)].map(([, href]) =>
      href!.replaceAll('&amp;', '&'),
    )

  type Read = { readonly at: string; readonly status: number; readonly type: string; readonly text: string }

  async function read(browser: Browser, addresses: readonly string[]): Promise<readonly Read[]> {
    const answers: Read[] = []
    const queue = [...addresses]
    const seen = new Set(queue)
    for (const at of queue) {
      const answer = await browser.get(at)
      const type = (answer.headers.get('content-type') ?? '').split(';')[0]!
      const headers = [...answer.headers].map((line) => line.join(': ')).join('\n')
      const text = `${headers}\n\n${await textOfAnswer(answer)}`
      answers.push({ at, status: answer.status, type, text })
      for (const file of type === 'text/html' ? filesOn(text) : [])
        if (!seen.has(file)) queue.push(...(seen.add(file) && [file]))
    }
    return answers
  }

  const columnsIn = (text: string): readonly string[] => [
    ...new Set([...text.matchAll(markIn)].map(([mark]) => marked.columns.get(mark.toLowerCase()) ?? mark)),
  ]

  test('stand in every table of an office and in most of their texts', (t) => {
    t.diagnostic(`${marked.columns.size} columns hold a mark; no mark fits: ${marked.unmarked.join(', ')}`)
    t.diagnostic(`no row: ${marked.empty.join(', ')}`)
    assert.ok(marked.columns.size > 130, String(marked.columns.size))
    assert.ok(marked.ids.length > 30, String(marked.ids.length))
  })

  for (const role of roles)
    test(`are in nothing that the ${role} opens`, async (t) => {
      const { portal } = world
      const browser = await signedIn(portal, await portal.member(role))
      const answers = await read(browser, addressesFor(role, portal.slug, own))
      for (const { at, text } of answers) {
        const isOfOffice =
          at.includes(`/${portal.slug}`) || at.startsWith('/akun') || at.startsWith('/api/v1/me')
        const told = columnsIn(text).filter((column) => isOfOffice || !toEverybody.test(column))
        assert.deepEqual(told, [], `${at} tells of the neighbour`)
        for (const id of marked.ids) assert.ok(!text.includes(id), `${at} tells the id ${id}`)
      }
      const whole = answers.filter(({ status }) => status === 200)
      const types = Map.groupBy(whole, ({ type }) => type)
      t.diagnostic(
        `${answers.length} answers, ${whole.length} of them whole: ` +
          [...types].map(([type, of]) => `${of.length} ${type}`).join(', '),
      )
      assert.ok(whole.length > 30, String(whole.length))
    })

  test('are seen where they are looked for by those whose they are', async (t) => {
    const { portal, other } = world
    assert.deepEqual(portal.faults, [])
    const browser = await signedIn(portal, await other.member('administrator'))
    const answers = await read(browser, addressesFor('administrator', other.slug, theirs))
    const seen = new Set(answers.flatMap(({ text }) => columnsIn(text)))
    t.diagnostic(`${seen.size} columns of the neighbour are seen by its own administrator`)
    assert.ok(seen.size > 40, String(seen.size))
  })
})
