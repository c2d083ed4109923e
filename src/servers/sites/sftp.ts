import ssh2, { type AuthContext, type Connection, type Server } from 'ssh2'

import { isPassword } from './credentials.ts'
import { LoginGuard, placeOf } from './login-guard.ts'
import { SftpSession } from './sftp-session.ts'
import { SiteFiles } from './site-files.ts'
import type { SiteStore } from './site-store.ts'
import type { UsageBook } from './usage.ts'

/** A connection must be signed in within this time. */
const LOGIN_GRACE_MS = 60_000
const ATTEMPTS_PER_CONNECTION = 3
/** Connections that are not signed in yet; a new one displaces the oldest, so nobody is kept out. */
const STRANGERS_PER_PLACE_MAX = 16
const STRANGERS_MAX = 256
/** Signed-in connections per site. */
const SESSIONS_PER_SITE_MAX = 16
/** A silent peer is asked this often whether it lives, and let go after so many silences. */
const KEEPALIVE_MS = 30_000
const KEEPALIVE_SILENCES = 4
const PASSWORD_MAX_BYTES = 256

type Visitor = {
  readonly client: Connection
  readonly place: string
  signedIn: { readonly fqdn: string; readonly generation: number } | null
}

export type SftpFacts = {
  readonly store: SiteStore
  readonly usage: UsageBook
  readonly quotaBytes: number
  readonly hostKey: string
}

/** The SFTP side of the site host: one site's live files per user name, nothing else of SSH. */
export function createSftpServer(facts: SftpFacts): { server: Server; stop: () => void } {
  const visitors = new Set<Visitor>()
  const guard = new LoginGuard(() => performance.now())
  const config = {
    hostKeys: [facts.hostKey],
    ident: 'ranah',
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: KEEPALIVE_SILENCES,
  }
  const server = new ssh2.Server(config, (client, info) => {
    const visitor: Visitor = { client, place: placeOf(info.ip), signedIn: null }
    makeRoom(visitors, visitor.place)
    visitors.add(visitor)
    receive(facts, guard, visitors, visitor)
  })
  facts.store.onAccessChanged((fqdn) => {
    for (const visitor of visitors) {
      if (visitor.signedIn?.fqdn === fqdn && !isCurrent(facts.store, visitor)) visitor.client.end()
    }
  })
  const stop = () => {
    server.close()
    for (const { client } of visitors) client.end()
  }
  return { server, stop }
}

/** Lets the oldest strangers go: first those from the same place, then of all. */
function makeRoom(visitors: Set<Visitor>, place: string): void {
  const strangers = [...visitors].filter(({ signedIn }) => signedIn === null)
  const neighbours = strangers.filter((visitor) => visitor.place === place)
  const displaced =
    neighbours.length >= STRANGERS_PER_PLACE_MAX
      ? neighbours[0]
      : strangers.length >= STRANGERS_MAX
        ? strangers[0]
        : undefined
  if (!displaced) return
  visitors.delete(displaced)
  displaced.client.end()
}

function isCurrent(store: SiteStore, { signedIn }: Visitor): boolean {
  return signedIn !== null && store.find(signedIn.fqdn)?.access?.generation === signedIn.generation
}

function receive(facts: SftpFacts, guard: LoginGuard, visitors: Set<Visitor>, visitor: Visitor): void {
  const { client } = visitor
  const grace = setTimeout(() => visitor.signedIn ?? client.end(), LOGIN_GRACE_MS)
  const forget = () => {
    clearTimeout(grace)
    visitors.delete(visitor)
  }
  client.on('close', forget)
  // A peer that breaks off or speaks nonsense is no fault of ours; the connection is gone either way.
  client.on('error', () => client.end())
  let attempts = 0
  client.on('authentication', (context) => {
    if (context.method !== 'password') return context.reject(['password'])
    attempts += 1
    void answerSignIn(signIn(facts, guard, visitors, visitor, context), context, () => {
      if (attempts >= ATTEMPTS_PER_CONNECTION) client.end()
      else context.reject(['password'])
    })
  })
  client.on('session', (accept) => {
    const session = accept()
    session.on('sftp', (acceptSftp) => {
      if (!visitor.signedIn) return client.end()
      const { fqdn } = visitor.signedIn
      const files = new SiteFiles({ ...facts, fqdn })
      void new SftpSession(
        acceptSftp(),
        files,
        () => isCurrent(facts.store, visitor),
        () => client.end(),
      )
    })
  })
}

async function answerSignIn(
  outcome: Promise<'accepted' | 'refused'>,
  context: AuthContext,
  refuse: () => void,
): Promise<void> {
  try {
    if ((await outcome) === 'accepted') context.accept()
    else refuse()
  } catch (error) {
    process.stderr.write(`sftp: ${String(error)}\n`)
    refuse()
  }
}

async function signIn(
  { store }: SftpFacts,
  guard: LoginGuard,
  visitors: ReadonlySet<Visitor>,
  visitor: Visitor,
  context: AuthContext & { method: 'password'; password: string },
): Promise<'accepted' | 'refused'> {
  const record = store.findByUsername(context.username)
  const access = record?.access ?? null
  const { ok, delayMs } = await guard.check(visitor.place, async () => {
    if (Buffer.byteLength(context.password) > PASSWORD_MAX_BYTES) return false
    return isPassword(access, context.password)
  })
  if (record && access && ok && hasRoom(visitors, record.fqdn)) {
    visitor.signedIn = { fqdn: record.fqdn, generation: access.generation }
    // The password may have been rotated, or the site removed, while it was being checked.
    if (isCurrent(store, visitor)) return 'accepted'
    visitor.signedIn = null
  }
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref())
  return 'refused'
}

function hasRoom(visitors: ReadonlySet<Visitor>, fqdn: string): boolean {
  let count = 0
  for (const { signedIn } of visitors) if (signedIn?.fqdn === fqdn) count += 1
  return count < SESSIONS_PER_SITE_MAX
}
