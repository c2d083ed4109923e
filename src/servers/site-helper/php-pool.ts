import { join } from 'node:path'

import { poolSocket, siteDir, unixUserOf } from './places.ts'
import type { SiteRecord } from './record.ts'

const MEMORY = '128M'
const UPLOAD = '32M'

/** Values stand between quotes, where `${` would name a variable of the environment and a quote would end them. */
function valueOf(value: string): string {
  if (!/^[A-Za-z0-9_./:=, -]*$/.test(value)) throw new Error(`no such value in a pool of php-fpm: ${value}`)
  return `"${value}"`
}

/** One pool: processes of the site's own user, started when somebody asks and gone when nobody does. */
export function renderPool(site: SiteRecord): string {
  const user = unixUserOf(site.id)
  const folder = siteDir(site.id)
  const tmp = join(folder, 'tmp')
  const entries: readonly (readonly [string, string])[] = [
    ['user', user],
    ['group', user],
    ['listen', poolSocket(site.id)],
    // Only the web server may speak to the pool; another site's PHP runs as another user.
    ['listen.owner', 'www-data'],
    ['listen.group', 'www-data'],
    ['listen.mode', '0600'],
    ['pm', 'ondemand'],
    ['pm.max_children', '8'],
    ['pm.process_idle_timeout', '30s'],
    ['pm.max_requests', '500'],
    ['request_terminate_timeout', '60s'],
    ['chdir', '/'],
    ['catch_workers_output', 'no'],
    ['security.limit_extensions', '.php'],
    ['php_admin_value[sys_temp_dir]', tmp],
    ['php_admin_value[upload_tmp_dir]', tmp],
    ['php_admin_value[session.save_path]', tmp],
    ['php_admin_value[memory_limit]', MEMORY],
    ['php_admin_value[upload_max_filesize]', UPLOAD],
    ['php_admin_value[post_max_size]', UPLOAD],
    ['php_admin_value[open_basedir]', `${folder}:/usr/share/php`],
    ['php_admin_value[error_log]', join(folder, 'logs', 'php.log')],
    ['php_admin_flag[log_errors]', 'on'],
    ['php_admin_flag[display_errors]', 'off'],
    ['php_admin_flag[expose_php]', 'off'],
  ]
  const lines = entries.map(([key, value]) => `${key} = ${valueOf(value)}\n`)
  return `[${user}]\n${lines.join('')}`
}
