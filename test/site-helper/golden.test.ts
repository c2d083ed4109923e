import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

import { renderCatchAll, renderSite } from '../../src/servers/site-helper/nginx-site.ts'
import { renderPool } from '../../src/servers/site-helper/php-pool.ts'
import { noTls, type SiteRecord } from '../../src/servers/site-helper/record.ts'
import type { HostSettings } from '../../src/servers/site-helper/settings.ts'

const settings: HostSettings = {
  webPort: 80,
  tlsPort: 8443,
  sftpPort: 22,
  php: '8.2',
  databases: [],
  quotaBytes: 1,
}
const site: SiteRecord = {
  id: 'abcdefgh',
  title: 'Sistem "Contoh"; $uri }',
  agency: 'Dinas Contoh',
  kind: 'static',
  createdAt: '2026-11-25T00:00:00.000Z',
  createdWith: 'req-1',
  state: 'live',
  archivedWith: null,
  versions: [
    { id: 'v1', deployedAt: '2026-11-25T00:00:00.000Z', origin: 'archive', archiveSha256: null, token: 'a' },
  ],
  access: null,
  generation: 0,
  spentTokens: [],
  tls: noTls,
}
const certificate = { key: 'abcdefgh-2', chain: 'PEM' }
const render = (more: Partial<SiteRecord>) =>
  renderSite(settings, 'aset.contohkab.go.id', { ...site, ...more })

/** File of test/site-helper/golden to what is written now; a change of either is a change of every host. */
const golden: Readonly<Record<string, string>> = {
  'catch-all.conf': renderCatchAll(settings, '0123456789abcdef01234567'),
  'static.conf': render({}),
  'static-https.conf': render({ tls: { ...noTls, keys: 3, asked: 'abcdefgh-3', certificate } }),
  'php.conf': render({ kind: 'php' }),
  'proxy.conf': render({ kind: 'proxy', target: 'http://192.0.2.10:8080/' }),
  'redirect.conf': render({ kind: 'redirect', target: 'https://www.contohkab.go.id/' }),
  'redirect-exact.conf': render({ kind: 'redirect', target: 'https://www.contohkab.go.id/a?b="c";d' }),
  'maintenance.conf': render({ kind: 'maintenance' }),
  'php-pool.conf': renderPool({ ...site, kind: 'php' }),
}

for (const [name, text] of Object.entries(golden)) {
  test(`the configuration is that of ${name}`, async () => {
    assert.equal(text, await readFile(new URL(`golden/${name}`, import.meta.url), 'utf8'))
  })
}

test('a target that would name a variable of nginx is never written', () => {
  assert.throws(() => render({ kind: 'redirect', target: 'https://www.contohkab.go.id/$host' }))
})
