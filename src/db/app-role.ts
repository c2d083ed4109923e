import { randomBytes } from 'node:crypto'
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg'
import { Refused } from '../domain/refused.ts'
import { scramVerifier } from '../domain/scram.ts'
import * as say from '../domain/text/database.ts'

/** The role that the application connects as: neither superuser nor owner, bound by row-level security. */
export const appRole = 'ranah_app'

const lackingRights = '42501'
const duplicateRole = ['42710', '23505']
const connectTimeoutMs = 10_000

/** The URL of the application's own connection, from the owner's. */
export function appUrlOf(ownerUrl: string, password: string, role = appRole): string {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = password
  return url.href
}

/**
 * Creates the application's role, or makes sure that the one that exists is ours and no stronger than it must be.
 * Roles belong to the whole server: one that another installation made is never changed.
 * @throws Refused with the SQL that an administrator should run
 */
export async function ensureAppRole(owner: Client, ownerUrl: string, password: string): Promise<void> {
  const found = await findRole(owner)
  if (!found) await createRole(owner, password)
  else if (found.tooStrong) refuse('app-role-too-strong', say.appRoleTooStrong(appRole, weakenSql))
  await proveLogin(ownerUrl, password)
  await joinRole(owner)
}

const weakenSql = `ALTER ROLE ${appRole} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;`

function refuse(reason: string, text: ConstructorParameters<typeof Refused>[1], cause?: unknown): never {
  throw new Refused(reason, text, { status: 503, cause })
}

async function findRole(owner: Client): Promise<{ tooStrong: boolean } | undefined> {
  const { rows } = await owner.query<{ tooStrong: boolean }>(
    `select r.rolsuper or r.rolbypassrls or r.oid = d.datdba or r.rolname = current_user as "tooStrong"
       from pg_roles r, pg_database d
      where r.rolname = $1 and d.datname = current_database()`,
    [appRole],
  )
  return rows[0]
}

/** The statement carries the verifier, never the password: statements end up in logs and on screens. */
function roleSql(verb: 'CREATE' | 'ALTER', password: string): string {
  const verifier = escapeLiteral(scramVerifier(password, randomBytes(16)))
  return `${verb} ROLE ${escapeIdentifier(appRole)} LOGIN PASSWORD ${verifier};`
}

async function createRole(owner: Client, password: string): Promise<void> {
  const sql = roleSql('CREATE', password)
  try {
    await owner.query(sql)
  } catch (error) {
    if (duplicateRole.includes(codeOf(error))) return
    if (codeOf(error) !== lackingRights) throw error
    refuse('app-role-missing', say.appRoleMissing(appRole, `${sql} ${await joinSql(owner)}`), error)
  }
}

/** The owner must be able to hand a schema to the role, which PostgreSQL allows to its members only. */
async function joinRole(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  )
  // since version 16 a member need not have the right to act as the role
  const right = rows[0]!.number >= 160_000 ? 'SET' : 'MEMBER'
  const joined = await owner.query('select 1 where pg_has_role($1, $2)', [appRole, right])
  if (joined.rowCount === 1) return
  const sql = await joinSql(owner)
  try {
    await owner.query(sql)
  } catch (error) {
    if (codeOf(error) !== lackingRights) throw error
    refuse('app-role-not-granted', say.appRoleNotGranted(appRole, sql), error)
  }
}

async function joinSql(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ name: string }>('select current_user as name')
  return `GRANT ${escapeIdentifier(appRole)} TO ${escapeIdentifier(rows[0]!.name)};`
}

const codeOf = (error: unknown): string => (error instanceof DatabaseError ? (error.code ?? '') : '')

async function proveLogin(ownerUrl: string, password: string): Promise<void> {
  const client = new Client({
    connectionString: appUrlOf(ownerUrl, password),
    connectionTimeoutMillis: connectTimeoutMs,
  })
  try {
    await client.connect()
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const sql = roleSql('ALTER', password)
    refuse('app-role-rejected', say.appRoleRejected(appRole, error.message, sql), error)
  } finally {
    await client.end()
  }
}
