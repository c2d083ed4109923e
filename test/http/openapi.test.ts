/** The API's own description: whole, without loose ends, and true for every page that has a form. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { TestApp } from '../support/app.ts'
import { createTestApp } from '../support/app.ts'

type Operation = {
  summary?: string
  parameters?: { in: string; name: string; required?: boolean }[]
  requestBody?: { required?: boolean; content: Record<string, unknown> }
  responses: Record<string, { description?: string; content?: Record<string, { schema: unknown }> }>
  security?: Record<string, string[]>[]
}
type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}

describe('the OpenAPI document', () => {
  let portal: TestApp
  let document: Document
  let operations: { name: string; path: string; operation: Operation }[]
  before(async () => {
    portal = await createTestApp()
    document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as Document
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
    )
  })
  after(() => portal.close())

  test('says of every operation what it does, what it answers and how it refuses', () => {
    assert.equal(document.openapi, '3.1.0')
    assert.ok(operations.length > 80)
    for (const { name, operation } of operations) {
      assert.ok(operation.summary, `${name} has no summary`)
      assert.ok(
        Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)),
        name,
      )
      for (const response of Object.values(operation.responses)) assert.ok(response.description, name)
      assert.ok(operation.responses.default?.content?.['application/problem+json'], `${name}: no problem`)
      assert.ok(operation.security, `${name} says nothing of credentials`)
      for (const scheme of operation.security.flatMap((each) => Object.keys(each)))
        assert.ok(document.components.securitySchemes[scheme], `${name}: ${scheme}`)
    }
  })

  test('names each parameter of a path once, and no other', () => {
    for (const { name, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((each) => each[1]!).toSorted()
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path')
      assert.deepEqual(declared.map((each) => each.name).toSorted(), inPath, name)
      for (const each of declared) assert.equal(each.required, true, `${name} ${each.name}`)
    }
  })

  test('every reference leads somewhere, and every schema is one of JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'api')
    let references = 0
    const walk = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return
      for (const [key, member] of Object.entries(value)) {
        if (key === '$ref') {
          references += 1
          assert.ok(ajv.getSchema(`api${String(member)}`), `${String(member)} leads nowhere`)
        }
        if (key === 'schema') assert.ok(ajv.validateSchema(member as object), ajv.errorsText())
        walk(member)
      }
    }
    walk(document)
    for (const [name, schema] of Object.entries(document.components.schemas))
      assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`)
    assert.ok(references > 20)
  })
})
