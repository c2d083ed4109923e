import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runTool } from '../../src/servers/debian/daemon.ts'
import type { Scope } from './debian-host.ts'

const openssl = '/usr/bin/openssl'

/** A certificate authority of the test's own: a key, a root, and whatever is brought to it signed. */
export async function ownAuthority(t: Scope) {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-authority-'))
  t.after(() => rm(directory, { recursive: true }))
  const file = (name: string) => join(directory, name)
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const files = ['-keyout', file('root.key'), '-out', file('root.pem')]
  await runTool(openssl, ['req', '-x509', '-days', '30', ...curve, ...files, '-subj', '/CN=Otoritas Contoh'])
  const root = await readFile(file('root.pem'), 'utf8')
  let signed = 0
  return {
    root,
    /** A chain for a signing request, as an authority sends it. */
    async sign(csr: string, digest = 'sha256'): Promise<{ readonly chain: string; readonly serial: string }> {
      const serial = `7a${(signed += 1).toString(16).padStart(6, '0')}`
      await writeFile(file('csr'), csr)
      const by = ['-CA', file('root.pem'), '-CAkey', file('root.key'), '-set_serial', `0x${serial}`]
      const sign = [
        'x509',
        '-req',
        '-in',
        file('csr'),
        ...by,
        '-copy_extensions',
        'copyall',
        '-days',
        '20',
        `-${digest}`,
      ]
      await runTool(openssl, [...sign, '-out', file('leaf.pem')])
      return { chain: (await readFile(file('leaf.pem'), 'utf8')) + root, serial }
    },
    /** A signing request with a key that no host has. */
    async foreignRequest(name: string): Promise<string> {
      const request = ['req', '-new', ...curve, '-keyout', file('foreign.key'), '-out', file('foreign.csr')]
      await runTool(openssl, [...request, '-subj', '/', '-addext', `subjectAltName=DNS:${name}`])
      return readFile(file('foreign.csr'), 'utf8')
    },
  }
}
