import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { activityNames } from '../../../src/domain/sop/activities.ts'
import { sopSchemaText } from '../../../src/domain/sop/json-schema.ts'
import { baseFile, findingsIn, goodFiles, spoil } from './sample.ts'

const published = readFileSync('sops/sop.schema.json', 'utf8')
// The schema gives the pattern of a date beside its format, so that no format plug-in is needed.
const isValid = new Ajv2020({ allErrors: true, validateFormats: false }).compile(JSON.parse(published))

test('the published schema is the one in code', () => {
  assert.equal(published, sopSchemaText(), 'run: node tools/make-sop-schema.ts')
})

for (const file of goodFiles)
  test(`${file} is valid by the published schema and names it`, () => {
    const source = readFileSync(file, 'utf8')
    assert.ok(isValid(parse(source)), JSON.stringify(isValid.errors))
    assert.match(source.split('\n')[0]!, /^# yaml-language-server: \$schema=.*sop\.schema\.json$/)
  })

test('the published schema refuses what the reader refuses', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['activity: provision', 'activity: provisoin'],
    ['text: Menyiapkan', 'teks: Menyiapkan'],
    ['next: 5', 'next: lima'],
    ['amount: 2\n', 'amount: 0\n'],
    ['madeOn: 2026-01-05', 'madeOn: 2026-02-30'],
    ['- id: kabid', '- id: Kepala Bidang'],
  ]
  assert.ok(isValid(parse(baseFile)))
  for (const edit of wrong) assert.equal(isValid(parse(spoil(edit))), false, edit[1])
})

test('every field is described in the schema, every field and activity in the guide', () => {
  const fields = fieldsIn(JSON.parse(published), '').filter(({ path }) => !path.includes('note.anyOf'))
  assert.ok(fields.length > 80)
  assert.deepEqual(
    fields.filter((field) => !field.isDescribed),
    [],
  )
  const guide = readFileSync('docs/sop-format.md', 'utf8')
  for (const { name } of fields) assert.ok(guide.includes(`\`${name}\``), name)
  for (const name of activityNames) assert.match(guide, new RegExp(`^\\| \`${name}\` \\|`, 'm'))
})

type Described = { readonly name: string; readonly path: string; readonly isDescribed: boolean }

function fieldsIn(node: unknown, path: string): readonly Described[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => {
    const own =
      key === 'properties' && !path.endsWith('.properties')
        ? Object.entries(value as object).map(([name, field]) => ({
            name,
            path: `${path}.${name}`,
            isDescribed: Object.hasOwn(field as object, 'description'),
          }))
        : []
    return [...own, ...fieldsIn(value, `${path}.${key}`)]
  })
}

test('the example of the guide is a correct SOP', () => {
  const guide = readFileSync('docs/sop-format.md', 'utf8')
  const example = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1]
  assert.deepEqual(findingsIn(example ?? ''), [])
})
