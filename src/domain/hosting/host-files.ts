import { HELPER_COMMAND } from './helper.ts'

/** One file that turns a Debian host into a site host. */
export type HostFile = { readonly path: string; readonly mode: number; readonly text: string }

export type HostShape = {
  readonly webPort: number
  readonly tlsPort: number
  readonly sftpPort: number
  readonly php: string | null
  readonly databases: readonly string[]
}

const SSHD = `# Sign-in for owners of sites: files of the own site only, no shell, no forwarding.
Match Group ranah-sites
  ChrootDirectory /srv/ranah/sites/%u
  ForceCommand internal-sftp -u 0027
  PasswordAuthentication yes
  KbdInteractiveAuthentication no
  AuthorizedKeysFile none
  AuthenticationMethods password
  DisableForwarding yes
  PermitTTY no
  PermitUserRC no
Match all
`

const NGINX = `# The sites that Ranah keeps. A relative name, so that a candidate can be checked in its place.
server_names_hash_bucket_size 256;
include ranah/*.conf;
`

const LOGROTATE = `/srv/ranah/sites/*/logs/access.log /srv/ranah/sites/*/logs/error.log {
  weekly
  rotate 8
  compress
  delaycompress
  missingok
  notifempty
  sharedscripts
  postrotate
    /usr/sbin/nginx -s reopen
  endscript
}
/srv/ranah/sites/*/logs/php.log {
  weekly
  rotate 8
  compress
  missingok
  notifempty
  copytruncate
}
`

const phpPools = `; The pools of the sites that Ranah keeps.
include=/etc/ranah/current/php/*.conf
`

/** Every file of a site host beside the helper itself. */
export function hostFiles({ webPort, tlsPort, sftpPort, php, databases }: HostShape): readonly HostFile[] {
  const settings = JSON.stringify({ webPort, tlsPort, sftpPort, php, databases }, null, 2)
  return [
    { path: '/etc/ranah/host.json', mode: 0o644, text: `${settings}\n` },
    { path: '/etc/ssh/sshd_config.d/ranah.conf', mode: 0o644, text: SSHD },
    { path: '/etc/nginx/conf.d/ranah.conf', mode: 0o644, text: NGINX },
    ...(php === null ? [] : [{ path: `/etc/php/${php}/fpm/pool.d/ranah.conf`, mode: 0o644, text: phpPools }]),
    { path: '/etc/logrotate.d/ranah', mode: 0o644, text: LOGROTATE },
  ]
}

/** Ranah's key reaches the helper and nothing else. @param key a public key in one line */
export const authorizedKeyLine = (key: string) => `restrict,command="${HELPER_COMMAND}" ${key}`

/** Debian's packages of a site host. */
export function hostPackages(shape: Pick<HostShape, 'php' | 'databases'>): readonly string[] {
  const { php, databases } = shape
  const of = (engine: string, ...names: string[]) => (databases.includes(engine) ? names : [])
  return [
    'nodejs',
    'nginx-light',
    'openssh-server',
    'openssl',
    'logrotate',
    ...(php === null ? [] : ['php-fpm']),
    ...of('mariadb', 'mariadb-server'),
    ...of('postgresql', 'postgresql'),
    ...(php === null ? [] : [...of('mariadb', 'php-mysql'), ...of('postgresql', 'php-pgsql')]),
  ]
}
