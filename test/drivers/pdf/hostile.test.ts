import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { paperSchema } from '../../../src/domain/letters/papers.ts'
import type { Paper } from '../../../src/domain/letters/papers.ts'
import { samples } from '../../../src/domain/letters/samples.ts'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'

/** Hostile text in every field of every paper: it is printed as text, within the page. */

const driver = createPdfDriver()
const folder = await mkdtemp(join(tmpdir(), 'ranah-hostile-'))
after(async () => {
  await driver.close()
  await rm(folder, { recursive: true })
})

/** What is no text of a person: words of the program, days and instants. */
const fixed = new Set(
  'kind size createdAt date dated since closedOn registeredUntil letterDate receivedOn answerBy deactivatedOn handedOver outcome effect align electronic acting url mediaType until day from at openUntil code hash ticket'.split(
    ' ',
  ),
)

/** One sample of each kind of paper. */
const eachKind = [...new Map(Object.values(samples).map((sample) => [sample.kind, sample]))]

/** The paper with other texts in every field. @returns it, and how many fields were given one */
function filled(paper: Paper, textFor: (place: number) => string): { paper: Paper; fields: number } {
  let fields = 0
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (fixed.has(key) || /^\d{4}-\d\d-\d\d/.test(value)) return value
      fields += 1
      return textFor(fields)
    }
    if (Array.isArray(value)) return value.map((each) => walk(each, key))
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]))
  }
  return { paper: walk(paper, '') as Paper, fields }
}

async function wordsOf(paper: Paper) {
  const path = join(folder, 'paper.pdf')
  await writeFile(path, (await driver.render(paper)).pdf)
  const options = { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' } as const
  const boxes = execFileSync('/usr/bin/pdftotext', ['-bbox', path, '-'], options)
  return { text: execFileSync('/usr/bin/pdftotext', ['-layout', path, '-'], options), boxes }
}

/** Every word lies on its page. */
function assertWithin(boxes: string, name: string): void {
  let [width, height] = [0, 0]
  for (const [, kind, attributes] of boxes.matchAll(/<(page|word) ([^>]*)>/g)) {
    const at = Object.fromEntries(
      [...attributes!.matchAll(/(\w+)="([\d.-]+)"/g)].map(([, key, value]) => [key, Number(value)]),
    )
    if (kind === 'page') [width, height] = [at['width']!, at['height']!]
    else
      assert.ok(
        at['xMin']! >= 0 && at['xMax']! <= width && at['yMin']! >= 0 && at['yMax']! <= height,
        `${name}: ${attributes}`,
      )
  }
}

const markup = '#let x = 1 #eval("1+1") $x^2$ @rujukan <label> *tebal* _miring_ \\ `kode` // komentar = judul'
const strange = '\u202Ekanan\u202C \u2067rtl\u2069 عربي \u0007\0 \ud800 🙂👩‍👩‍👧 e\u0301 \u200bnol\u00ad'

test('markup of Typst is printed as it stands, and what cannot be seen stands as its code', async () => {
  for (const [name, sample] of eachKind) {
    const { paper, fields } = filled(sample, () => `${markup} ${strange}`)
    assert.ok(fields > 8, `${name}: ${fields}`)
    const { text, boxes } = await wordsOf(paper)
    const times =
      text.replaceAll(/\s+/g, '').split('#eval("1+1")$x^2$@rujukan<label>*tebal*_miring_').length - 1
    assert.ok(times > 2, `${name}: ${times}\n${text.slice(0, 2000)}`)
    assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b\0\u0007]/u, name)
    assert.match(text.replaceAll(/\s+/g, ''), /\[U\+202E\]/, name)
    assertWithin(boxes, name)
  }
})

test('ten thousand characters in one field at a time, with and without a space, stay on the pages', async () => {
  for (const [name, sample] of eachKind) {
    const { fields } = filled(sample, String)
    // its first field, one in its middle and one near its end
    for (const place of [1, Math.ceil(fields * 0.5), Math.ceil(fields * 0.85)]) {
      const word = place % 2 === 0 ? 'x' : 'kata panjang '
      const of = (length: number) => word.repeat(length / word.length)
      const paper = (length: number) => filled(sample, (at) => (at === place ? of(length) : 'teks')).paper
      // what holds a line only is refused where it comes in, and shown at its longest
      const most = paperSchema.safeParse(paper(10_000)).success ? 10_000 : 400
      const { boxes } = await wordsOf(paper(most))
      assertWithin(boxes, `${name}, field ${place}`)
    }
  }
})
