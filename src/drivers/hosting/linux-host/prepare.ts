import { HELPER_COMMAND, HELPER_FILE, helperAnswer } from '../../../domain/hosting/helper.ts'
import {
  authorizedKeyLine,
  hostFiles,
  hostPackages,
  type HostShape,
} from '../../../domain/hosting/host-files.ts'
import { Refused, type Text } from '../../../domain/refused.ts'
import { prepareText } from '../../../domain/text/host-prepare.ts'
import { RemoteFiles } from './remote-files.ts'
import type { SshConnection } from './ssh.ts'

const QUERY_TIMEOUT_MS = 30_000
const INSTALL_TIMEOUT_MS = 900_000
const SETTLE_TIMEOUT_MS = 120_000

/** Fixed words for the login shell of the host; what varies is looked up in this table or goes by standard input. */
const LIST_PACKAGES = "/usr/bin/dpkg-query --show --showformat '${Package} ${db:Status-Status}\\n'"
const UPDATE = '/usr/bin/apt-get -q update'
const INSTALL =
  '/usr/bin/env DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get -q install -y --no-install-recommends'
const ADD_GROUP = '/usr/sbin/groupadd --system ranah-sites'
/** Every flavour of nginx has what the sites need. */
const NGINX_FLAVOURS = ['nginx', 'nginx-light', 'nginx-full', 'nginx-core', 'nginx-extras']
const DEBIAN_12_PHP = '8.2'
const DEFAULT_SITE = '/etc/nginx/sites-enabled/default'
const AUTHORIZED_KEYS = '/root/.ssh/authorized_keys'

export type PrepareWish = Omit<HostShape, 'php'> & {
  readonly php: boolean
  /** The helper as one file. */
  readonly helper: string
  /** Ranah's own public key in one line. */
  readonly publicKey: string
}

/** One change to the host: what a person reads first, and how it is done. */
export type HostChange = { readonly text: Text; readonly detail?: string; readonly make: () => Promise<void> }

/** Every change that turns the host into a site host; none when it is one. Looks only. */
export async function planPreparation(
  connection: SshConnection,
  wish: PrepareWish,
): Promise<readonly HostChange[]> {
  return RemoteFiles.with(connection, async (files) => {
    const versions = wish.php ? (await files.list('/etc/php')).filter((name) => /^\d+\.\d+$/.test(name)) : []
    const php = wish.php ? (versions.sort().at(-1) ?? DEBIAN_12_PHP) : null
    const { webPort, tlsPort, sftpPort, databases } = wish
    const shape: HostShape = { webPort, tlsPort, sftpPort, php, databases }
    const changes = [
      ...(await packageChanges(connection, shape)),
      ...(await groupChanges(connection, files)),
      ...(await fileChanges(connection, files, [
        ...hostFiles(shape),
        { path: HELPER_FILE, mode: 0o755, text: wish.helper },
        await keyFile(files, wish.publicKey),
      ])),
      ...(await linkChanges(connection, files)),
    ]
    if (changes.length === 0) return []
    return [...changes, { text: prepareText.reload, make: () => settle(connection) }]
  })
}

async function must(
  connection: SshConnection,
  command: string,
  timeoutMs = QUERY_TIMEOUT_MS,
): Promise<string> {
  const { code, stdout, stderr } = await connection.run(command, [], timeoutMs)
  if (code !== 0)
    throw new Refused('host-command-failed', prepareText.failed(command, stderr.trim().slice(-500)))
  return stdout.toString()
}

async function packageChanges(connection: SshConnection, shape: HostShape): Promise<HostChange[]> {
  const lines = (await must(connection, LIST_PACKAGES)).split('\n')
  const installed = new Set(
    lines.filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]),
  )
  const isThere = (name: string) =>
    installed.has(name) ||
    (name === 'nginx-light' && NGINX_FLAVOURS.some((flavour) => installed.has(flavour)))
  const missing = hostPackages(shape).filter((name) => !isThere(name))
  if (missing.length === 0) return []
  const make = async () => {
    await must(connection, UPDATE, INSTALL_TIMEOUT_MS)
    await must(connection, `${INSTALL} ${missing.join(' ')}`, INSTALL_TIMEOUT_MS)
  }
  return [{ text: prepareText.packages(missing.join(', ')), make }]
}

async function groupChanges(connection: SshConnection, files: RemoteFiles): Promise<HostChange[]> {
  const groups = (await files.read('/etc/group')) ?? ''
  if (groups.split('\n').some((line) => line.startsWith('ranah-sites:'))) return []
  const make = async () => void (await must(connection, ADD_GROUP))
  return [{ text: prepareText.group('ranah-sites'), make }]
}

/** Ranah's line in the keys of root, in the place of an earlier one with the same key; other lines stay. */
async function keyFile(files: RemoteFiles, publicKey: string) {
  const before = (await files.read(AUTHORIZED_KEYS)) ?? ''
  const [type, octets] = publicKey.trim().split(' ')
  const others = before.split('\n').filter((line) => line !== '' && !line.includes(`${type} ${octets}`))
  const text = [...others, authorizedKeyLine(`${type} ${octets} ranah`), ''].join('\n')
  return { path: AUTHORIZED_KEYS, mode: 0o600, text }
}

async function fileChanges(
  connection: SshConnection,
  files: RemoteFiles,
  wanted: readonly { readonly path: string; readonly mode: number; readonly text: string }[],
): Promise<HostChange[]> {
  const changes: HostChange[] = []
  for (const { path, mode, text } of wanted) {
    const before = await files.read(path)
    if (before === text) continue
    const make = () => RemoteFiles.with(connection, (open) => open.replace(path, text, mode))
    if (path === HELPER_FILE) changes.push({ text: prepareText.helper(path, text.length), make })
    else
      changes.push({
        text: prepareText.file(path, before === null),
        detail: difference(before ?? '', text),
        make,
      })
  }
  return changes
}

async function linkChanges(connection: SshConnection, files: RemoteFiles): Promise<HostChange[]> {
  const changes: HostChange[] = []
  const [link, target] = ['/etc/nginx/ranah', '/etc/ranah/current/nginx']
  if ((await files.linkTarget(link)) !== target) {
    const make = () => RemoteFiles.with(connection, (open) => open.link(link, target))
    changes.push({ text: prepareText.link(link, target), make })
  }
  if ((await files.linkTarget(DEFAULT_SITE)) !== null) {
    const make = () => RemoteFiles.with(connection, (open) => open.remove(DEFAULT_SITE))
    changes.push({ text: prepareText.defaultSite(DEFAULT_SITE), make })
  }
  return changes
}

/** The helper checks and reloads what was changed. */
async function settle(connection: SshConnection): Promise<void> {
  const line = Buffer.from(`${JSON.stringify({ settle: true })}\n`)
  const { stdout, stderr } = await connection.run(HELPER_COMMAND, [line], SETTLE_TIMEOUT_MS)
  const failed = () =>
    new Refused('host-command-failed', prepareText.failed(HELPER_COMMAND, stderr.slice(-500)))
  let outcome
  try {
    outcome = helperAnswer.parse(JSON.parse(stdout.toString())).answers[0]
  } catch {
    throw failed()
  }
  if (!outcome || 'fault' in outcome) throw failed()
  if ('refused' in outcome) throw new Refused(outcome.refused.reason, outcome.refused.text)
}

/** The lines that go and come, without those both have at the beginning and the end. */
function difference(before: string, after: string): string {
  const [old, fresh] = [before, after].map((text) => text.split('\n').filter((line) => line !== ''))
  let start = 0
  while (start < old!.length && old![start] === fresh![start]) start += 1
  let end = 0
  const most = Math.min(old!.length, fresh!.length) - start
  while (end < most && old!.at(-1 - end) === fresh!.at(-1 - end)) end += 1
  const middle = (lines: readonly string[], sign: string) =>
    lines.slice(start, lines.length - end).map((line) => `${sign} ${line}`)
  return [...middle(old!, '-'), ...middle(fresh!, '+')].join('\n')
}
