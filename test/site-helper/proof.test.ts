import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'

import type { ServicePlan } from '../../src/domain/fulfilment/plan.ts'
import type { SiteDescription } from '../../src/domain/hosting/site.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { proveService } from '../../src/jobs/prove-service.ts'
import { preparedHost } from '../support/debian-host.ts'
import { testKey } from '../support/dns-server.ts'
import { ownAuthority } from '../support/own-authority.ts'

test('a site is proved by the answer of its kind, over HTTP and HTTPS, and a fault never counts', async (t) => {
  const made = await preparedHost(t, ['sshd', 'nginx'])
  const authority = await ownAuthority(t)
  const secret = { privateKey: made.ranah.privateKey }
  const driver = linuxHosting({ ...made.settings, root: authority.root }, secret)
  // The plans here touch no records, so nothing is asked of it.
  const dns = openDnsDriver('rfc2136', { host: '127.0.0.1', port: 9, key: testKey })
  let answer = 401
  const target = createServer((_, response) => response.writeHead(answer).end())
  await new Promise<void>((resolve) => target.listen(0, made.host.gateway, resolve))
  t.after(() => target.close())
  const address = target.address()
  assert.ok(address && typeof address === 'object')

  const prove = (plan: Pick<ServicePlan, 'fqdn' | 'hosting' | 'site'>) => {
    const whole = {
      ...plan,
      zone: 'contohkab.go.id',
      dns: null,
      hostId: null,
      expected: [],
      setsInZone: null,
    }
    return proveService({ dns, hosting: driver }, whole, () => new Date())
  }
  const kinds: readonly (readonly [Partial<SiteDescription>, number])[] = [
    [{ kind: 'static' }, 200],
    [{ kind: 'redirect', target: 'https://www.contohkab.go.id/' }, 302],
    [{ kind: 'maintenance' }, 503],
    [{ kind: 'proxy', target: `http://${made.host.gateway}:${address.port}` }, 401],
  ]
  for (const [kind, status] of kinds) {
    const fqdn = `${kind.kind}.contohkab.go.id`
    const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh', ...kind }
    const hosting = await driver.plan({ fqdn, site, token: `req-${fqdn}` })
    await assert.rejects(prove({ fqdn, hosting, site: true }), { reason: 'not-yet-visible' })
    await driver.apply(hosting)
    assert.equal((await prove({ fqdn, hosting, site: true })).site?.status, status, fqdn)
    const { chain } = await authority.sign(await driver.tls!.makeCsr(fqdn, [fqdn]))
    await driver.tls!.install(fqdn, chain)
    const { site: seen } = await prove({ fqdn, hosting, site: true })
    assert.deepEqual([seen?.url, seen?.status], [`https://${fqdn}/`, status])
    await assert.rejects(prove({ fqdn, hosting, site: false }), { reason: 'not-yet-visible' })
  }
  const proxied = { fqdn: 'proxy.contohkab.go.id', hosting: null, site: true }
  answer = 502
  await assert.rejects(prove(proxied), { reason: 'not-yet-visible' })
})
