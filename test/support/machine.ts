import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** What the tests need from Debian: a package and a file that shows that it is there. */
const needs: readonly { readonly package: string; readonly file: string }[] = [
  { package: 'chromium', file: '/usr/bin/chromium' },
  { package: 'fonts-dejavu-core', file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' },
  { package: 'bind9', file: '/usr/sbin/named' },
  { package: 'bind9-dnsutils', file: '/usr/bin/nsupdate' },
  { package: 'knot', file: '/usr/sbin/knotd' },
  { package: 'pdns-server', file: '/usr/sbin/pdns_server' },
  { package: 'pdns-backend-sqlite3', file: '/usr/share/pdns-backend-sqlite3' },
  { package: 'pebble', file: '/usr/bin/pebble' },
  { package: 'poppler-utils', file: '/usr/bin/pdftotext' },
  { package: 'qpdf', file: '/usr/bin/qpdf' },
  { package: 'libxml2-utils', file: '/usr/bin/xmllint' },
  { package: 'openssh-client', file: '/usr/bin/sftp' },
  { package: 'postgresql', file: '/usr/lib/postgresql' },
  { package: 'nginx-light', file: '/usr/sbin/nginx' },
  { package: 'openssl', file: '/usr/bin/openssl' },
  { package: 'age', file: '/usr/bin/age' },
  { package: 'curl', file: '/usr/bin/curl' },
  { package: 'systemd', file: '/usr/bin/systemd-analyze' },
  { package: 'openssh-server', file: '/usr/sbin/sshd' },
  { package: 'php-fpm', file: '/usr/sbin/php-fpm8.2' },
  { package: 'php-mysql', file: '/usr/lib/php/20220829/mysqli.so' },
  { package: 'php-pgsql', file: '/usr/lib/php/20220829/pgsql.so' },
  { package: 'mariadb-server', file: '/usr/sbin/mariadbd' },
  { package: 'nodejs', file: '/usr/bin/node' },
  { package: 'iproute2', file: '/usr/sbin/ip' },
  { package: 'docker.io', file: '/usr/sbin/dockerd' },
  { package: 'iptables', file: '/usr/sbin/iptables' },
  { package: 'strace', file: '/usr/bin/strace' },
  { package: 'logrotate', file: '/usr/sbin/logrotate' },
  { package: 'python3-openpyxl', file: '/usr/lib/python3/dist-packages/openpyxl' },
  { package: 'btrfs-progs', file: '/usr/bin/btrfs' },
  { package: 'clamav-daemon', file: '/usr/sbin/clamd' },
]

const installTimeoutMs = 900_000
const policyFile = '/usr/sbin/policy-rc.d'

/**
 * Installs what is missing when we are root. @returns what stands in the way of running, with the command
 * that removes it; undefined when everything is there
 */
export function prepareMachine(say: (line: string) => void): string | undefined {
  const missing = needs.filter((need) => !existsSync(need.file)).map((need) => need.package)
  if (missing.length === 0) return undefined
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!existsSync('/usr/bin/apt-get')) return `the tests need Debian's packages ${missing.join(', ')}`
  if (process.getuid?.() !== 0) return `some packages are missing. Run: sudo ${command}`
  say(`installing ${missing.join(', ')}`)
  withoutServiceStarts(() => {
    apt(['update'])
    apt(['install', '-y', '--no-install-recommends', ...missing])
  })
  const still = needs.filter((need) => !existsSync(need.file)).map((need) => need.package)
  return still.length === 0 ? undefined : `${still.join(', ')} could not be installed. Try: ${command}`
}

function apt(argv: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // its messages go to our stderr: our stdout is the table of results
  spawnSync('/usr/bin/apt-get', ['-q', ...argv], { env, timeout: installTimeoutMs, stdio: ['ignore', 2, 2] })
}

/** Debian starts a server when it installs it; the tests start their own, on their own ports. */
function withoutServiceStarts(work: () => void): void {
  const ours = !existsSync(policyFile)
  if (ours) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (ours) rmSync(policyFile)
  }
}
