import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type SigningKey = {
  readonly p12: string
  /** PEM. */
  readonly key: string
  readonly certificate: string
}

const kinds = { rsa: ['rsa:2048'], ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] } as const

/**
 * Makes a self-signed certificate with its key as a P12 file, by Debian's openssl.
 * @param legacy with the old ciphers that many authorities still hand out
 */
export function makeSigningKey(
  directory: string,
  file: string,
  options: { name: string; passphrase: string; kind?: keyof typeof kinds; legacy?: boolean; mode?: number },
): SigningKey {
  mkdirSync(directory, { recursive: true })
  const at = (name: string): string => join(directory, `${file}.${name}`)
  const openssl = (...argv: string[]): void =>
    void execFileSync('/usr/bin/openssl', argv, { stdio: ['ignore', 'ignore', 'pipe'] })
  openssl(
    'req',
    '-x509',
    '-utf8',
    '-newkey',
    ...kinds[options.kind ?? 'rsa'],
    '-nodes',
    '-days',
    '3650',
    '-keyout',
    at('key'),
    '-out',
    at('crt'),
    '-subj',
    `/C=ID/O=Dinas Contoh/CN=${options.name}`,
  )
  const p12 = join(directory, file)
  writeFileSync(at('pass'), options.passphrase)
  openssl(
    'pkcs12',
    '-export',
    ...(options.legacy ? ['-legacy'] : []),
    '-inkey',
    at('key'),
    '-in',
    at('crt'),
    '-out',
    p12,
    '-passout',
    `file:${at('pass')}`,
  )
  chmodSync(p12, options.mode ?? 0o600)
  const made = { p12, key: readFileSync(at('key'), 'utf8'), certificate: readFileSync(at('crt'), 'utf8') }
  for (const name of ['key', 'crt', 'pass']) rmSync(at(name))
  return made
}
