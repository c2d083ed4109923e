import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startDaemon, versionOf } from './daemon.ts'
import {
  answersDns,
  writeOnce,
  zoneFile,
  type KeyRights,
  type NameServer,
  type NameServerSettings,
} from './name-server.ts'

const program = '/usr/sbin/knotd'

/** Starts Knot as the primary of the zones. */
export async function startKnot(settings: NameServerSettings): Promise<NameServer> {
  const { directory, port, zones } = settings
  const config = join(directory, 'knot.conf')
  await writeFile(config, configOf(settings), { mode: 0o600 })
  for (const [zone, text] of Object.entries(zones)) await writeOnce(zoneFile(directory, zone), text)
  const version = await versionOf(program, '--version')
  const argv = [program, '-c', config] as const
  const daemon = await startDaemon(argv, () => answersDns(port))
  return { kind: 'Knot', version, port, ...daemon }
}

function actionsOf({ update, transfer }: KeyRights): string {
  return [...(update ? ['update'] : []), ...(transfer ? ['transfer'] : [])].join(', ')
}

function configOf({ directory, port, keys, zones }: NameServerSettings): string {
  const rights = keys.filter(({ update, transfer }) => update || transfer)
  const rules = rights.map((_, index) => `rule${index}`).join(', ')
  return [
    'server:',
    `    rundir: "${directory}"`,
    `    listen: 127.0.0.1@${port}`,
    'log:',
    '  - target: stderr',
    '    any: warning',
    'database:',
    `    storage: "${directory}"`,
    ...(keys.length > 0 ? ['key:'] : []),
    ...keys.flatMap(({ key }) => [
      `  - id: ${key.name}`,
      `    algorithm: ${key.algorithm}`,
      `    secret: ${key.secret}`,
    ]),
    ...(rights.length > 0 ? ['acl:'] : []),
    ...rights.flatMap((each, index) => [
      `  - id: rule${index}`,
      `    key: ${each.key.name}`,
      `    action: [${actionsOf(each)}]`,
    ]),
    'zone:',
    ...Object.keys(zones).flatMap((zone) => [
      `  - domain: ${zone}`,
      `    file: "${zoneFile(directory, zone)}"`,
      // the file stays as it was loaded; the changes are in the journal, which is synced before an answer
      '    zonefile-sync: -1',
      ...(rules === '' ? [] : [`    acl: [${rules}]`]),
    ]),
    '',
  ].join('\n')
}
