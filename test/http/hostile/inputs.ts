/** Inputs made from the API's own OpenAPI document: right ones, nearly right ones and hostile ones. */
import * as fc from 'fast-check'

export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}
export type Components = { readonly schemas: Readonly<Record<string, Schema>> }

/** Text that somebody sends who means no good, or whose keyboard does things of its own. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202egnp.exe',
  '\r\nSet-Cookie: a=b',
  "'; drop table requests; --",
  '<script>alert(1)</script>',
  '#eval("1+1") *tebal* $x^2$ @rujukan',
  '{{7*7}}${7*7}%s%n',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '\u{1f600}'.repeat(200),
  'e\u0301'.repeat(100),
  '1e999',
  '-1',
  '0x10',
  '9007199254740993',
  '99999999999999999999999999',
  'NaN',
  '2026-02-30',
  '0000-00-00',
  '+275760-09-13',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'xn--a',
  'perpustakaan.contohkab.go.id.',
  'WyJ4IiwieSJd',
  'WzEsMl0',
  'WyIxIiwiMSJd',
]

const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
)

/** Any JSON at all; keys that meddle with prototypes included. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 31) - 1, [], {}, [[[]]]),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}},"toString":1}'),
    Array.from({ length: 200 }, () => 'x'),
    nested(2000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let n = 0; n < depth; n += 1) value = [value]
  return value
}

/** A value that fits a schema, except where chance puts a hostile one in its place. */
export function valueOf(
  schema: Schema,
  components: Components,
  ids: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  const right = rightValue(schema, components, ids)
  return fc.oneof({ weight: 24, arbitrary: right }, { weight: 1, arbitrary: hostileValue })
}

function rightValue(
  schema: Schema,
  components: Components,
  ids: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  if (schema.$ref) return rightValue(components.schemas[schema.$ref.split('/').at(-1)!]!, components, ids)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (choices) return fc.oneof(...choices.map((each) => valueOf(each, components, ids)))
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['any'])
  return fc.oneof(...types.map((type) => valueOfType(type, schema, components, ids)))
}

function valueOfType(
  type: string,
  schema: Schema,
  components: Components,
  ids: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema.format, ids)
    case 'integer':
      return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer())
    case 'number':
      return fc.double()
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, components, ids), { maxLength: 4 })
    case 'object':
      return objectOf(schema, components, ids)
    default:
      return hostileValue
  }
}

function objectOf(schema: Schema, components: Components, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {})
  const model = Object.fromEntries(properties.map(([name, each]) => [name, valueOf(each, components, ids)]))
  // Mostly whole, now and then with something missing, seldom with something unknown.
  const whole = fc.record(model)
  const known = fc.oneof(
    { weight: 6, arbitrary: whole },
    { weight: 3, arbitrary: fc.record(model, { requiredKeys: [] }) },
  )
  const more = fc.dictionary(
    fc.oneof(fc.constantFrom('extra', 'id', 'office_id'), hostileText),
    hostileValue,
    {
      maxKeys: 2,
    },
  )
  if (properties.length === 0) return more
  return fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, more).map(([a, b]) => ({ ...a, ...b })) },
  )
}

function textOf(format: string | undefined, ids: fc.Arbitrary<string>): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return ids
    case 'email':
      return fc.constantFrom('orang@contoh.test', 'Orang+Lain@Contoh.Test', 'a@b')
    case 'date':
      return fc.constantFrom('2026-03-02', '2028-02-29', '0001-01-01', '9999-12-31')
    case 'date-time':
      return fc.constantFrom('2026-03-02T02:00:00Z', '9999-12-31T23:59:59.999Z')
    default:
      return fc.oneof(fc.constantFrom('contoh', 'Sebuah kalimat biasa.', '1', 'id'), ids, hostileText)
  }
}

/** What stands in a path or a query: text, whatever the schema says. */
export function wordOf(
  schema: Schema,
  components: Components,
  ids: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: rightValue(schema, components, ids).map(String) },
    { weight: 1, arbitrary: hostileText },
  )
}
