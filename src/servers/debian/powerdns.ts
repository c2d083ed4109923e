import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { runTool, startDaemon, versionOf } from './daemon.ts'
import {
  answersDns,
  isThere,
  zoneFile,
  type KeyRights,
  type NameServer,
  type NameServerSettings,
} from './name-server.ts'

export type PowerDnsSettings = NameServerSettings & {
  /** its HTTP API on 127.0.0.1; without it the API is off */
  readonly api?: { readonly port: number; readonly key: string }
  /** settings of the API that come after ours and so replace them */
  readonly apiSettings?: readonly string[]
  /** addresses that transfer without any key; nobody unless it is said */
  readonly transferAddresses?: string
}

const program = '/usr/sbin/pdns_server'
const tool = '/usr/bin/pdnsutil'
const schemaFile = '/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'

/** Starts PowerDNS on a SQLite database as the primary of the zones. */
export async function startPowerDns(settings: PowerDnsSettings): Promise<NameServer> {
  const { directory, port, api } = settings
  await writeFile(join(directory, 'pdns.conf'), configOf(settings), { mode: 0o600 })
  const database = join(directory, 'pdns.sqlite3')
  if (!(await isThere(database))) await fill(database, settings)
  allow(database, settings)
  const version = await versionOf(program, '--version')
  const argv = [program, `--config-dir=${directory}`] as const
  const isReady = async (): Promise<boolean> =>
    (await answersDns(port)) && (!api || (await listens(api.port)))
  const daemon = await startDaemon(argv, isReady)
  return { kind: 'PowerDNS', version, port, ...daemon }
}

/** Whether anything listens there, whomever it lets in. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

async function fill(database: string, { directory, zones }: PowerDnsSettings): Promise<void> {
  const db = new DatabaseSync(database)
  db.exec('PRAGMA journal_mode=WAL')
  db.exec(await readFile(schemaFile, 'utf8'))
  db.close()
  for (const [zone, text] of Object.entries(zones)) {
    await writeFile(zoneFile(directory, zone), text)
    await runTool(tool, [`--config-dir=${directory}`, 'load-zone', zone, zoneFile(directory, zone)])
  }
}

/** Keys and rights as they shall be from this start on. */
function allow(database: string, { keys, zones }: PowerDnsSettings): void {
  const db = new DatabaseSync(database)
  db.exec("DELETE FROM tsigkeys; DELETE FROM domainmetadata WHERE kind LIKE 'TSIG-ALLOW%'")
  const addKey = db.prepare('INSERT INTO tsigkeys (name, algorithm, secret) VALUES (?, ?, ?)')
  for (const { key } of keys) addKey.run(key.name, key.algorithm, key.secret)
  const give = db.prepare(
    'INSERT INTO domainmetadata (domain_id, kind, content) SELECT id, ?, ? FROM domains WHERE name = ?',
  )
  const rights: readonly (readonly [string, (rights: KeyRights) => boolean])[] = [
    ['TSIG-ALLOW-DNSUPDATE', ({ update }) => update],
    ['TSIG-ALLOW-AXFR', ({ transfer }) => transfer],
  ]
  for (const zone of Object.keys(zones))
    for (const [kind, may] of rights)
      // without any key PowerDNS would take updates from every allowed address
      for (const name of namesOrNobody(keys.filter(may))) give.run(kind, name, zone)
  db.close()
}

function namesOrNobody(keys: readonly KeyRights[]): readonly string[] {
  return keys.length > 0 ? keys.map(({ key }) => key.name) : ['nobody.invalid']
}

function configOf(settings: PowerDnsSettings): string {
  const { directory, port, api, apiSettings = [], transferAddresses = '' } = settings
  return [
    'launch=gsqlite3',
    `gsqlite3-database=${directory}/pdns.sqlite3`,
    'local-address=127.0.0.1',
    `local-port=${port}`,
    `socket-dir=${directory}`,
    'daemon=no',
    'guardian=no',
    'security-poll-suffix=',
    'dnsupdate=yes',
    'allow-dnsupdate-from=127.0.0.0/8',
    // an address that is listed here transfers without any key, and 127.0.0.0/8 is the default
    `allow-axfr-ips=${transferAddresses}`,
    'loglevel=4',
    ...(api
      ? [
          'webserver=yes',
          'webserver-address=127.0.0.1',
          `webserver-port=${api.port}`,
          'webserver-allow-from=127.0.0.1',
          'api=yes',
          `api-key=${api.key}`,
          // otherwise every change orders the whole zone anew: seconds in a large one
          'default-api-rectify=no',
          ...apiSettings,
        ]
      : []),
    '',
  ].join('\n')
}
