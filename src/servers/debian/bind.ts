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

export type BindSettings = NameServerSettings & {
  /** whole zone statements beside the primaries, e.g. of a secondary; `DIRECTORY` stands for the directory */
  readonly statements?: string
}

const program = '/usr/sbin/named'

/** Starts BIND as the primary of the zones. */
export async function startBind(settings: BindSettings): Promise<NameServer> {
  const { directory, port, zones } = settings
  const config = join(directory, 'named.conf')
  await writeFile(config, configOf(settings), { mode: 0o600 })
  for (const [zone, text] of Object.entries(zones)) await writeOnce(zoneFile(directory, zone), text)
  const version = await versionOf(program, '-v')
  const argv = [program, '-g', '-n', '1', '-c', config] as const
  const daemon = await startDaemon(argv, () => answersDns(port))
  return { kind: 'BIND', version, port, ...daemon }
}

function keyList(keys: readonly KeyRights[], may: (rights: KeyRights) => boolean): string {
  const allowed = keys.filter(may).map(({ key }) => `key "${key.name}";`)
  return allowed.length > 0 ? allowed.join(' ') : 'none;'
}

function configOf({ directory, port, keys, zones, statements = '' }: BindSettings): string {
  const updates = keyList(keys, ({ update }) => update)
  const transfers = keyList(keys, ({ transfer }) => transfer)
  return [
    ...keys.map(({ key }) => `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };`),
    'options {',
    `  directory "${directory}"; pid-file "${directory}/named.pid"; session-keyfile "${directory}/session.key";`,
    `  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
    '  recursion no; allow-query { any; }; notify no; dnssec-validation no;',
    '};',
    'controls { };',
    ...Object.keys(zones).map(
      (zone) =>
        `zone "${zone}" { type primary; file "${zoneFile(directory, zone)}"; check-integrity yes;` +
        ` allow-update { ${updates} }; allow-transfer { ${transfers} }; };`,
    ),
    statements.replaceAll('DIRECTORY', directory),
    '',
  ].join('\n')
}
