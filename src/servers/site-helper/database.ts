import { createHash, randomBytes } from 'node:crypto'

import type { DatabaseEngine } from '../../domain/hosting/site.ts'
import { scramVerifier } from '../../domain/scram.ts'
import { newPassword } from '../sites/credentials.ts'
import { execute } from './execute.ts'
import { databaseOf } from './places.ts'
import { findAccount } from './unix-user.ts'

/**
 * Names are an id of eight letters and digits, what is kept of a password is hexadecimal or base64: nothing needs
 * quoting. A password in clear is in no statement, for a server may be set to write its statements down.
 */
type Engine = {
  readonly port: number
  readonly host: string
  readonly ensure: (name: string) => Promise<void>
  readonly setPassword: (name: string, password: string) => Promise<void>
  readonly lock: (name: string) => Promise<void>
  readonly unlock: (name: string) => Promise<void>
  readonly drop: (name: string) => Promise<void>
}

/** As root over the Unix socket, statements by standard input: arguments are seen by every process. */
const mariadb = (sql: string) =>
  execute('/usr/bin/mariadb', ['--batch', '--skip-column-names', '--protocol=socket'], { input: sql })

async function psql(sql: string): Promise<string> {
  const user = await findAccount('postgres')
  if (!user) throw new Error('there is no user postgres')
  const argv = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', 'postgres']
  return execute('/usr/bin/psql', argv, { input: sql, user })
}

/** What MariaDB keeps of a password (mysql_native_password). */
function nativeHash(password: string): string {
  const sha1 = (octets: string | Buffer): Buffer => createHash('sha1').update(octets).digest()
  return `*${sha1(sha1(password)).toString('hex').toUpperCase()}`
}
const identifiedBy = (password: string): string =>
  `IDENTIFIED VIA mysql_native_password USING '${nativeHash(password)}'`

const engines: Readonly<Record<DatabaseEngine, Engine>> = {
  mariadb: {
    host: 'localhost',
    port: 3306,
    ensure: async (name) => {
      // An underscore in a grant stands for any letter unless it is escaped.
      const pattern = name.replaceAll('_', '\\_')
      await mariadb(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '${name}'@'localhost' ${identifiedBy(newPassword())} ACCOUNT LOCK;
GRANT ALL ON \`${pattern}\`.* TO '${name}'@'localhost';`)
    },
    setPassword: async (name, password) => {
      await mariadb(`ALTER USER '${name}'@'localhost' ${identifiedBy(password)} ACCOUNT UNLOCK;`)
      await endMariadbSessions(name)
    },
    lock: async (name) => {
      await mariadb(`ALTER USER IF EXISTS '${name}'@'localhost' ACCOUNT LOCK;`)
      await endMariadbSessions(name)
    },
    unlock: async (name) => {
      await mariadb(`ALTER USER '${name}'@'localhost' ACCOUNT UNLOCK;`)
    },
    drop: async (name) => {
      await mariadb(`DROP USER IF EXISTS '${name}'@'localhost'; DROP DATABASE IF EXISTS \`${name}\`;`)
    },
  },
  postgresql: {
    host: '127.0.0.1',
    port: 5432,
    ensure: async (name) => {
      const has = await psql(
        `select 'role' from pg_roles where rolname='${name}' union all select 'database' from pg_database where datname='${name}';`,
      )
      if (!has.includes('role')) await psql(`create role "${name}" nologin;`)
      if (!has.includes('database')) await psql(`create database "${name}" owner "${name}";`)
      await psql(`revoke all on database "${name}" from public;`)
    },
    setPassword: async (name, password) => {
      const verifier = scramVerifier(password, randomBytes(16))
      await psql(`alter role "${name}" login password '${verifier}'; ${endSessions(name)}`)
    },
    lock: async (name) => {
      await psql(`do $$ begin if exists (select from pg_roles where rolname='${name}')
then alter role "${name}" nologin; end if; end $$; ${endSessions(name)}`)
    },
    unlock: async (name) => {
      await psql(`alter role "${name}" login;`)
    },
    drop: async (name) => {
      await psql(`drop database if exists "${name}" with (force);`)
      await psql(`drop role if exists "${name}";`)
    },
  },
}

const endSessions = (name: string) =>
  `select pg_terminate_backend(pid) from pg_stat_activity where usename='${name}';`

async function endMariadbSessions(name: string): Promise<void> {
  const ids = await mariadb(`SELECT id FROM information_schema.processlist WHERE user='${name}';`)
  for (const id of ids.split('\n').filter((line) => /^\d+$/.test(line))) {
    // It may have ended by itself meanwhile.
    await mariadb(`KILL ${id};`).catch(() => undefined)
  }
}

export const databaseAddress = (engine: DatabaseEngine) => {
  const { host, port } = engines[engine]
  return { host, port }
}
export const ensureDatabase = (engine: DatabaseEngine, id: string) => engines[engine].ensure(databaseOf(id))
export const lockDatabase = (engine: DatabaseEngine, id: string) => engines[engine].lock(databaseOf(id))
export const unlockDatabase = (engine: DatabaseEngine, id: string) => engines[engine].unlock(databaseOf(id))
export const dropDatabase = (engine: DatabaseEngine, id: string) => engines[engine].drop(databaseOf(id))
export const setDatabasePassword = (engine: DatabaseEngine, id: string, password: string) =>
  engines[engine].setPassword(databaseOf(id), password)
