/** The part of JSON Schema that our OpenAPI document uses. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}
export type Schemas = Readonly<Record<string, Schema>>
type Sources = { readonly codes: ReadonlyMap<string, string>; readonly schemas: Schemas }

const deepest = 8

/** @returns a plain value that fits the schema as far as a text without its rules can */
export function valueFor(name: string, schema: Schema, from: Sources, depth = 0): unknown {
  if (schema.$ref) return valueFor(name, from.schemas[schema.$ref.split('/').at(-1)!] ?? {}, from, depth)
  if (schema.enum) return schema.enum[0]
  if ('const' in schema) return schema.const
  if (schema.default !== undefined) return schema.default
  const choice = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0]
  if (choice) return valueFor(name, choice, from, depth)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  if (type === 'null' || depth > deepest) return null
  if (type === 'array') return [valueFor(name, schema.items ?? {}, from, depth + 1)]
  if (type !== 'object') return textFor(name, schema, from)
  const entries = Object.entries(schema.properties ?? {})
  return Object.fromEntries(entries.map(([key, each]) => [key, valueFor(key, each, from, depth + 1)]))
}

function textFor(name: string, { format, minLength = 1 }: Schema, { codes }: Sources): string {
  const known = codes.get(name) ?? codes.get(name.replace(/Id$/, ''))
  if (known !== undefined) return known
  if (format === 'email') return 'orang@dinas.example'
  if (format === 'date') return '2026-03-02'
  if (format === 'date-time') return '2026-03-02T02:00:00Z'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  return 'contoh'.padEnd(minLength, 'x')
}
