import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { bpmnOf } from '../../../src/domain/bpmn/export.ts'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { arrowsFrom } from '../../../src/domain/sop/graph.ts'
import { launchBrowser, type TestBrowser } from '../../support/browser.ts'
import { anySop, sopWith } from '../../domain/flowchart/any-sop.ts'
import { goodFiles, goodSop } from '../../domain/sop/sample.ts'

const run = promisify(execFile)
const packages = createRequire(import.meta.url)
const schema = join(dirname(packages.resolve('bpmn-moddle/package.json')), 'resources/bpmn/xsd/BPMN20.xsd')
const viewer = join(dirname(packages.resolve('bpmn-js/package.json')), 'dist/bpmn-viewer.production.min.js')

const hostile = '<bpmn:task id="x"/> & "kutip" \u0007 ]]> 漢字 🙂\nbaris'
const samples = (): readonly SopDocument[] => {
  const some = fc.sample(anySop, { numRuns: 10, seed: 35_2012 })
  const [first] = some
  const steps = first!.steps.map((step) => ({ ...step, text: hostile, remark: hostile }))
  return [
    ...goodFiles.map(goodSop),
    ...some,
    sopWith([hostile, 'Kepala', 'Petugas', ...first!.actors.map((actor) => actor.title)], steps),
  ]
}

describe('an SOP as BPMN 2.0', () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ranah-bpmn-'))
  })
  after(() => rm(directory, { recursive: true }))

  test('is valid by the schema of the standard, whatever the SOP says', async () => {
    const files = await Promise.all(
      samples().map(async (sop, index) => {
        const path = join(directory, `${index}.bpmn`)
        await writeFile(path, bpmnOf(sop))
        return path
      }),
    )
    await run('xmllint', ['--noout', '--nonet', '--schema', schema, ...files])
    const broken = join(directory, 'broken.bpmn')
    await writeFile(broken, bpmnOf(goodSop(goodFiles[0])).replaceAll('<bpmn:task ', '<bpmn:tugas '))
    await assert.rejects(run('xmllint', ['--noout', '--nonet', '--schema', schema, broken]))
  })

  test('is the same file every time', () => {
    const sop = goodSop(goodFiles[0])
    assert.equal(bpmnOf(sop), bpmnOf(structuredClone(sop)))
  })
})

type Shown = {
  readonly warnings: readonly string[]
  readonly elements: readonly {
    readonly id: string
    readonly type: string
    readonly name: string
    readonly seen: boolean
  }[]
}

/** What the viewer makes of a file: its warnings, and for each element whether it lies within the picture. */
async function show(browser: TestBrowser, xml: string): Promise<Shown> {
  const page = await browser.newPage({ width: 1400, height: 1400 })
  try {
    await page.setContent('<div id="canvas" style="width: 1300px; height: 4000px"></div>')
    await page.addScriptTag({ path: viewer })
    return await page.evaluate<Shown>(`${inViewer}(${JSON.stringify(xml)})`)
  } finally {
    await page.context().close()
  }
}

/** Runs in the page: its own types are not those of Node, so it is text. */
const inViewer = `(async (xml) => {
  const shown = new BpmnJS({ container: '#canvas' })
  const { warnings } = await shown.importXML(xml)
  shown.get('canvas').zoom('fit-viewport')
  const registry = shown.get('elementRegistry')
  const around = document.querySelector('#canvas').getBoundingClientRect()
  const elements = registry.getAll().map((each) => {
    const box = registry.getGraphics(each).getBoundingClientRect()
    const isInside =
      box.left >= around.left && box.top >= around.top && box.right <= around.right && box.bottom <= around.bottom
    const seen = box.width + box.height > 0 && isInside
    return { id: each.id, type: each.type, name: each.businessObject?.name ?? '', seen }
  })
  return { warnings: warnings.map((each) => each.message), elements }
})`

describe('in a standard modeller', () => {
  let browser: TestBrowser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  test('opens without a warning; every lane, step, gateway and arrow is there and can be seen', async () => {
    const [long] = fc
      .sample(anySop, { numRuns: 60, seed: 35_2012 })
      .toSorted((a, b) => b.steps.length - a.steps.length)
    assert.ok(long!.steps.length >= 38)
    const strange = { ...long!, actors: long!.actors.map((actor) => ({ ...actor, title: hostile })) }
    const all = [
      ...goodFiles.map((file) => [file, goodSop(file)] as const),
      ['long', long!],
      ['hostile', strange],
    ] as const
    for (const [file, sop] of all) {
      const { warnings, elements } = await show(browser, bpmnOf(sop))
      assert.deepEqual(warnings, [], file)
      const hidden = elements.filter((each) => !each.seen && each.type !== 'bpmn:Collaboration')
      assert.deepEqual(hidden, [], file)
      const count = (type: string) => elements.filter((each) => each.type === type).length
      const decisions = sop.steps.filter((step) => step.decision)
      const arrows = sop.steps.flatMap((step) => arrowsFrom(sop, step)).length
      assert.equal(count('bpmn:Lane'), sop.actors.length, file)
      assert.equal(count('bpmn:Task'), sop.steps.length, file)
      assert.equal(count('bpmn:ExclusiveGateway'), decisions.length, file)
      assert.equal(count('bpmn:StartEvent') + count('bpmn:EndEvent'), 2, file)
      assert.equal(count('bpmn:SequenceFlow'), arrows + decisions.length + 1, file)
      const names = elements.map((each) => each.name)
      for (const { label } of decisions.flatMap((step) => step.decision!.outcomes))
        assert.ok(names.includes(label), `${file}: ${label}`)
    }
  })
})
