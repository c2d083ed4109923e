import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { SiteTls } from '../../src/drivers/hosting/driver.ts'
import { probeSerial } from '../../src/drivers/hosting/probe-serial.ts'
import { runTool } from '../../src/servers/debian/daemon.ts'
import './own-networks.ts'

/** The TLS side of a site host: keys in a directory of its own, one web server for proofs and one for sites. */
export type TlsHost = {
  readonly tls: SiteTls
  readonly httpPort: number
  /** proofs that are shown now */
  readonly shown: ReadonlyMap<string, string>
  /** names that ever showed one */
  readonly proved: ReadonlySet<string>
  readonly stop: () => void
}

const openssl = '/usr/bin/openssl'

export async function startTlsHost(directory: string): Promise<TlsHost> {
  const shown = new Map<string, string>()
  const proved = new Set<string>()
  const contexts = new Map<string, SecureContext>()
  const http = createHttp(({ url = '', headers }, answer) => {
    const content = shown.get(`${headers.host?.replace(/:\d+$/, '')}${url}`)
    answer.writeHead(content === undefined ? 404 : 200).end(content)
  })
  const https = createServer({
    SNICallback: (name, done) => {
      const context = contexts.get(name)
      if (context) done(null, context)
      else done(new Error(`no certificate for ${name}`))
    },
  })
  const httpPort = await listening(http)
  const port = await listening(https)
  const file = (fqdn: string, part: string): string => join(directory, `${fqdn}.${part}`)
  const tls: SiteTls = {
    async makeCsr(fqdn, names) {
      const key = file(fqdn, 'pending.key')
      if (!existsSync(key))
        await runTool(openssl, ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key])
      const subject = [
        '-subj',
        '/',
        '-addext',
        `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
      ]
      const request = file(fqdn, 'csr')
      await runTool(openssl, ['req', '-new', '-key', key, '-out', request, ...subject])
      return readFile(request, 'utf8')
    },
    async install(fqdn, chain, keyOf) {
      const pending = file(fqdn, 'pending.key')
      const lender = keyOf ?? fqdn
      const asked = file(lender, 'pending.key')
      const key = await readFile(existsSync(asked) ? asked : file(lender, 'key'), 'utf8')
      if (!new X509Certificate(chain).checkPrivateKey(createPrivateKey(key)))
        throw new Error('no key for this chain')
      contexts.set(fqdn, createSecureContext({ cert: chain, key }))
      if (keyOf !== undefined) await writeFile(file(fqdn, 'key'), key)
      else if (existsSync(pending)) await rename(pending, file(fqdn, 'key'))
    },
    async showProof(fqdn, token, content) {
      proved.add(fqdn)
      shown.set(`${fqdn}/.well-known/acme-challenge/${token}`, content)
    },
    async hideProofs(fqdn) {
      for (const at of shown.keys()) if (at.startsWith(`${fqdn}/`)) shown.delete(at)
    },
    probeSerial: (fqdn) => probeSerial({ address: '127.0.0.1', port }, fqdn),
  }
  const stop = (): void => {
    for (const server of [http, https]) {
      server.closeAllConnections()
      server.close()
    }
  }
  return { tls, httpPort, shown, proved, stop }
}

async function listening(
  server: ReturnType<typeof createHttp> | ReturnType<typeof createServer>,
): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return address && typeof address === 'object' ? address.port : 0
}
