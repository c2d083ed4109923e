import assert from 'node:assert/strict'
import { get } from 'node:https'
import { test } from 'node:test'

import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import { preparedHost } from '../support/debian-host.ts'
import { ownAuthority } from '../support/own-authority.ts'

const FQDN = 'php.contohkab.go.id'

test('a PHP site over https: it is run and not shown, and PHP knows that the visitor came by https', async (t) => {
  const { host, settings, ranah } = await preparedHost(t, ['sshd', 'nginx', 'php-fpm'])
  const authority = await ownAuthority(t)
  const driver = linuxHosting({ ...settings, root: authority.root }, { privateKey: ranah.privateKey })
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh', kind: 'php' as const }
  await driver.apply(await driver.plan({ fqdn: FQDN, site, token: 'req-php' }))
  const page = '<?php echo "php ", 6 * 7, " https=", $_SERVER["HTTPS"] ?? "-", " ", $_GET["q"] ?? "";'
  await driver.deploy(FQDN, makeZip([{ name: 'index.php', data: page }]), 'unggah-1')
  const { chain, serial } = await authority.sign(await driver.tls!.makeCsr(FQDN, [FQDN]))
  await driver.tls!.install(FQDN, chain)

  const fetch = (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const at = { host: host.address, port: 443, servername: FQDN, ca: authority.root, agent: false }
      get({ ...at, path, headers: { host: FQDN } }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode!, body }))
      }).on('error', reject)
    })
  assert.deepEqual(await fetch('/?q=a'), { status: 200, body: 'php 42 https=on a' })
  assert.deepEqual(await fetch('/index.php?q=b'), { status: 200, body: 'php 42 https=on b' })
  assert.equal((await fetch('/tidak-ada.php')).status, 404)
  const probed = await driver.probe(FQDN)
  assert.ok(probed.kind === 'seen' && probed.url === `https://${FQDN}/` && probed.status === 200)
  assert.equal(await driver.tls!.probeSerial(FQDN), serial)
})
