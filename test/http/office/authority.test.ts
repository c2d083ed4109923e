import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asOwner } from '../../support/app.ts'
import { startAuthority } from '../../support/authority.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

/** An administrator connects a certificate authority and tests it. */

let portal: TestPortal
before(async () => {
  portal = await createTestPortal()
})
after(() => portal.close())

type Check = {
  readonly ok: boolean
  readonly findings: readonly { readonly ok: boolean; readonly text: { id: string } }[]
}

test('an authority is connected and tested; its account key is made here and shown to nobody', async (t) => {
  const { pebble } = await startAuthority(t)
  const administrator = await portal.as('administrator')
  const servers = `/offices/${portal.slug}/servers`
  const authority = (root: string, more: object = {}) => ({
    driver: 'acme',
    name: 'Otoritas uji',
    isDefault: true,
    settings: { directory: pebble.directory, root, ...more },
  })
  const connected = await administrator.api('POST', servers, authority(await pebble.root()))
  assert.equal(connected.status, 201, await connected.clone().text())
  const { id } = (await connected.json()) as { id: string }
  const check = async (): Promise<Check> =>
    (await (await administrator.api('POST', `${servers}/${id}/check`, {})).json()) as Check
  const refused = await check()
  assert.equal(refused.ok, false)
  assert.match(refused.findings[0]!.text.id, /sertifikat servernya tidak dipercaya/)
  const changed = await administrator.api('PUT', `${servers}/${id}`, authority(pebble.serverRoot))
  assert.equal(changed.status, 200)
  const works = await check()
  assert.equal(works.ok, true, JSON.stringify(works.findings))
  assert.match(JSON.stringify(works.findings), /Akun kantor diterima/)
  const listed = await (await administrator.api('GET', servers)).text()
  assert.match(listed, /"kind":"ca"/)
  assert.doesNotMatch(listed, /accountKey|PRIVATE KEY/)
  const [row] = await asOwner(portal.database, 'select secret, settings from servers where id = $1', [id])
  assert.doesNotMatch(Buffer.from(row!.secret as Buffer).toString('latin1'), /PRIVATE KEY/)
  assert.doesNotMatch(JSON.stringify(row!.settings), /PRIVATE KEY/)
})

test('what cannot be an authority is refused with the field', async () => {
  const administrator = await portal.as('administrator')
  const table = [
    { field: 'directory', settings: { directory: 'http://192.0.2.1/dir' } },
    { field: 'directory', settings: { directory: 'https://orang:sandi@ca.example/dir' } },
    { field: 'challenge', settings: { directory: 'https://ca.example/dir', challenge: 'tls-alpn-01' } },
    { field: 'root', settings: { directory: 'https://ca.example/dir', root: 'bukan sertifikat' } },
    { field: 'contact', settings: { directory: 'https://ca.example/dir', contact: 'bukan surel' } },
  ]
  for (const { field, settings } of table) {
    const answer = await administrator.api('POST', `/offices/${portal.slug}/servers`, {
      driver: 'acme',
      name: `Otoritas ${field}`,
      settings,
    })
    assert.equal(answer.status, 422, field)
    const { issues } = (await answer.json()) as { issues: { field: string }[] }
    assert.deepEqual(
      issues.map((issue) => issue.field),
      [field],
    )
  }
})
