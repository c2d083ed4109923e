import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { test } from 'node:test'

import { callControl, startHost } from './running-host.ts'

test('the control port', async (t) => {
  const { config, host } = await startHost(t)
  const url = `http://127.0.0.1:${host.controlPort}/v1`
  const call = (verb: string, body: unknown) => callControl(config, host.controlPort, verb, body)

  await t.test('keeps its secret to itself', async () => {
    assert.equal((await stat(config.controlSecretFile)).mode & 0o777, 0o600)
    assert.equal((await stat(config.dataDir)).mode & 0o777, 0o700)
    const secret = (await readFile(config.controlSecretFile, 'utf8')).trim()
    for (const authorization of ['', 'Bearer', `Bearer ${secret}x`, `Basic ${secret}`, secret]) {
      const answer = await fetch(`${url}/list-sites`, {
        method: 'POST',
        headers: { authorization },
        body: '{}',
      })
      assert.equal(answer.status, 401, authorization)
    }
  })

  await t.test('refuses what it does not understand and changes nothing', async () => {
    const good = { fqdn: 'a.contohkab.go.id', title: 'A', agency: 'B', token: 't' }
    const bad: readonly unknown[] = [
      null,
      [],
      'x',
      { ...good, fqdn: '../../etc' },
      { ...good, fqdn: 'UPPER.contohkab.go.id' },
      { ...good, fqdn: 'a.contohkab.go.id.' },
      { ...good, fqdn: '-a.contohkab.go.id' },
      { ...good, fqdn: 'satu' },
      { ...good, fqdn: `${'a'.repeat(64)}.go.id` },
      { ...good, token: '../x' },
      { ...good, token: '' },
      { ...good, title: '' },
      { ...good, title: 'x'.repeat(301) },
      { ...good, extra: 1 },
    ]
    for (const body of bad) {
      const answer = await call('ensure-site', body)
      assert.equal(answer.status, 400, JSON.stringify(body))
    }
    assert.equal((await call('ensure-site', { ...good, title: 'x'.repeat(20_000) })).status, 413)
    assert.equal((await call('toString', {})).status, 404)
    assert.equal((await call('nothing', {})).status, 404)
    assert.equal((await call('issue-credentials', { fqdn: good.fqdn, token: 't' })).status, 404)
    assert.deepEqual((await call('list-sites', {})).body, { sites: [] })
  })

  await t.test('twenty at once create one site', async () => {
    const body = { fqdn: 'b.contohkab.go.id', title: 'A', agency: 'B' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => call('ensure-site', { ...body, token: `t-${n}` })),
    )
    assert.equal(answers.filter(({ body }) => body['done'] === 'created').length, 1)
    assert.equal(answers.filter(({ body }) => body['done'] === 'unchanged').length, 19)
  })
})
