import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../../src/domain/refused.ts'
import { prepareApplication } from '../../../src/domain/requests/prepare.ts'

/** What an application may say about its site, and what it is told when that cannot be. */

function wrongFields(site: Record<string, string>, ownHost: boolean): string[] {
  const subject = {
    kind: { fulfilment: 'subdomain-hosting', about: 'new-name', temporary: false } as const,
    today: '2026-03-02',
    zone: 'contohkab.example',
    service: null,
    kindForm: [],
    ownHost,
  }
  try {
    prepareApplication({ label: 'pameran', site }, subject)
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.issues.map(({ field }) => field).filter((field) => field.startsWith('site'))
  }
}

const cases: readonly (readonly [Record<string, string>, boolean, string[]])[] = [
  [{}, false, []],
  [{ kind: 'static', target: '', database: '' }, false, []],
  [{ kind: 'php' }, false, ['site.kind']],
  [{ kind: 'static', database: 'mariadb' }, false, ['site.kind']],
  [{ kind: 'php', database: 'postgresql' }, true, []],
  [{ kind: 'perl' }, true, ['site.kind']],
  [{ kind: 'proxy' }, true, ['site.target']],
  [{ kind: 'proxy', target: 'http://192.0.2.10:8080' }, true, []],
  [{ kind: 'proxy', target: 'http://127.0.0.1:8080' }, true, ['site.target']],
  [{ kind: 'proxy', target: 'http://dinas.example/' }, true, ['site.target']],
  [{ kind: 'redirect', target: 'https://pameran.contohkab.example/' }, true, ['site.target']],
  [{ kind: 'redirect', target: 'https://contoh.example/' }, true, []],
  [{ kind: 'maintenance', target: 'https://contoh.example/' }, true, ['site.target']],
]

for (const [site, ownHost, expected] of cases)
  test(`${JSON.stringify(site)} ${ownHost ? 'on a host of the office' : 'on the embedded host'}`, () => {
    assert.deepEqual(wrongFields(site, ownHost), expected)
  })
