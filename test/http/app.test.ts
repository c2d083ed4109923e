import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../support/app.ts'
import { asOwner, createTestApp } from '../support/app.ts'
import { createTestPortal } from '../support/portal.ts'

describe('the frame of the portal', () => {
  let portal: TestApp
  before(async () => void (portal = await createTestApp()))
  after(() => portal.close())

  test('leads to the first-run page while there is no office', async () => {
    const response = await portal.visit().get('/')
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), '/siapkan')
  })

  test('answers an unknown page in the language of the visitor, with strict headers', async () => {
    const browser = portal.visit()
    const response = await browser.get('/tidak-ada')
    assert.equal(response.status, 404)
    assert.match(await response.text(), /Tidak ditemukan/)
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    await browser.post('/tampilan', { locale: 'en', return: '/tidak-ada' })
    assert.match(await (await browser.get('/tidak-ada')).text(), /<html lang="en"/)
  })

  test('lets no script and no style into a page but its own files', async () => {
    const policy = (await portal.visit().get('/')).headers.get('content-security-policy')!
    const directives = new Map(
      policy.split('; ').map((each) => [each.split(' ')[0]!, each.split(' ').slice(1)]),
    )
    assert.deepEqual(directives.get('default-src'), ["'none'"])
    assert.deepEqual(directives.get('script-src'), ["'self'"])
    assert.deepEqual(directives.get('frame-ancestors'), ["'none'"])
    assert.deepEqual(directives.get('base-uri'), ["'none'"])
    assert.deepEqual(directives.get('form-action'), ["'self'"])
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
  })

  test('says the number of a fault and nothing of its text, as a page and in the API', async () => {
    const office = await createTestPortal()
    const browser = await office.as('administrator')
    await asOwner(office.database, 'alter table services rename to services_away')
    try {
      for (const at of ['/o/contoh/layanan', '/api/v1/offices/contoh/services']) {
        const before = office.faults.length
        const answer = await browser.get(at)
        const text = await answer.text()
        assert.equal(answer.status, 500, at)
        const [fault] = office.faults.slice(before)
        assert.match(String(fault?.error), /"services" does not exist/)
        assert.ok(text.includes(fault!.id), text)
        assert.doesNotMatch(text, /does not exist|relation|select |\bat \/|\.tsx?:/)
      }
    } finally {
      await office.close()
    }
  })

  test('answers an unknown API path with a problem document', async () => {
    const response = await portal.visit().api('GET', '/tidak-ada', undefined, { 'accept-language': 'en' })
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const problem = (await response.json()) as { reason: string; title: string; instance: string }
    assert.equal(problem.reason, 'not-found')
    assert.equal(problem.title, 'Not found')
    assert.equal(problem.instance, '/api/v1/tidak-ada')
  })

  test('serves an OpenAPI 3.1 document', async () => {
    const response = await portal.visit().get('/api/v1/openapi.json')
    const document = (await response.json()) as { openapi: string }
    assert.equal(document.openapi, '3.1.0')
  })

  for (const origin of ['https://evil.example', 'null', '']) {
    test(`carries out no form that says it comes from ${JSON.stringify(origin)}`, async () => {
      const browser = portal.visit()
      const response = await browser.send('/tampilan', {
        method: 'POST',
        body: new URLSearchParams({ locale: 'en' }),
        headers: origin ? { origin } : {},
      })
      assert.equal(response.status, 403)
      assert.equal(browser.cookies.size, 0)
    })
  }

  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
  ]) {
    test(`a form never leads off the portal: ${path}`, async () => {
      const response = await portal.visit().post('/tampilan', { theme: 'dark', return: path })
      assert.equal(response.headers.get('location'), '/')
    })
  }
})
