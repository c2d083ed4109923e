import type { CompiledQuery, PostgresPool, PostgresPoolClient, Transaction } from 'kysely'
import type { Connection, Pool, PoolClient, QueryResult } from 'pg'
import { DatabaseError } from 'pg'
import type { Tables } from './schema.ts'

/** Statements kept prepared on each connection; further ones are parsed each time. */
const maxPrepared = 400

/** The server's code when a prepared statement no longer fits its table, because a migration changed it. */
const featureNotSupported = '0A000'

/** Marks a statement whose answer nobody reads, and one whose answer is read later. */
const aheadMark = '/* ahead */ '
const laterMark = '/* later */ '
const noRows = { command: 'SELECT', rowCount: 0, rows: [] }

/**
 * Sends a statement without waiting for its answer: the next statement goes after it in the same packet, and
 * fails with its error. Order and atomicity are those of the transaction; only the waiting is saved.
 */
export async function sendAhead(
  tx: Transaction<Tables>,
  query: { compile: (tx: Transaction<Tables>) => CompiledQuery } | CompiledQuery,
): Promise<void> {
  const compiled = 'compile' in query ? query.compile(tx) : query
  await tx.executeQuery({ ...compiled, sql: aheadMark + compiled.sql })
}

/**
 * Sends a reading without waiting for it, as {@link sendAhead}.
 * @returns its rows, for whoever asks after a statement that was waited for
 */
export async function readAhead<Row>(
  tx: Transaction<Tables>,
  query: { compile: (tx: Transaction<Tables>) => CompiledQuery<Row> },
): Promise<() => Promise<readonly Row[]>> {
  const compiled = query.compile(tx)
  const { rows } = await tx.executeQuery({ ...compiled, sql: laterMark + compiled.sql })
  const [{ answer }] = rows as unknown as [LaterRow<Row>]
  return async () => (await answer).rows
}

/** What stands in place of the rows that are not there yet: the pool's clients give back one answer for each statement. */
type LaterRow<Row> = { readonly answer: Promise<{ readonly rows: readonly Row[] }> }

/**
 * The pool as kysely sees it. Questions and statements with parameters go out under a name, so that a connection parses
 * and plans them once (kysely's texts hold no values, so there are few), and those that were sent ahead are not waited for.
 *
 * @param pool of clients in pipeline mode
 */
export function pipelined(pool: Pool): PostgresPool {
  const names = new Map<string, string>()
  const clients = new WeakMap<PoolClient, PipelinedClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const known = clients.get(client)
      if (known) return known as unknown as PostgresPoolClient
      const made = new PipelinedClient(client, names)
      clients.set(client, made)
      return made as unknown as PostgresPoolClient
    },
  }
}

type Statement = {
  readonly text: string
  readonly values: unknown[]
  /** told the answer as soon as the statement is sent */
  readonly answered?: (answer: Promise<QueryResult>) => void
}

class PipelinedClient {
  readonly #client: PoolClient & { readonly connection?: Connection }
  readonly #names: Map<string, string>
  #held: Statement[] = []
  #stale = false

  constructor(client: PoolClient, names: Map<string, string>) {
    this.#client = client
    this.#names = names
  }

  /** Holds back what nobody waits for, and sends it with the next statement. */
  async query(text: string, values: unknown[]): Promise<unknown> {
    if (text.startsWith(laterMark)) return { ...noRows, rows: [{ answer: this.#later(text, values) }] }
    this.#held.push({ text, values })
    if (text === 'begin' || text.startsWith(aheadMark)) return noRows
    const answers = this.#sendHeld()
    const last = answers.pop()
    // The first failure says why; those after it only say that the transaction is aborted.
    if (text === 'rollback') await Promise.allSettled(answers)
    else for (const each of answers) await each
    return last
  }

  /** The answer to a statement that is held back. One that is never sent is never answered, and nobody asks then. */
  #later(text: string, values: unknown[]): Promise<QueryResult> {
    const answer = new Promise<QueryResult>((answered) => this.#held.push({ text, values, answered }))
    // its failure is told to whoever waits for the statement after it
    answer.catch(() => undefined)
    return answer
  }

  #sendHeld(): Promise<QueryResult>[] {
    const statements = this.#held
    this.#held = []
    const stream = this.#client.connection?.stream
    stream?.cork()
    const answers = statements.map((each) => this.#send(each))
    stream?.uncork()
    return answers
  }

  #send({ text, values, answered }: Statement): Promise<QueryResult> {
    const answer = this.#client.query({ name: nameOf(this.#names, text, values), text, values })
    answer.catch((error) => (this.#stale ||= isStale(error)))
    answered?.(answer)
    return answer
  }

  /** A connection with an outdated statement is closed; the next one prepares it anew. */
  release(broken?: boolean): void {
    this.#held = []
    this.#client.release(broken || this.#stale)
  }
}

const isStale = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === featureNotSupported

function nameOf(names: Map<string, string>, text: string, values: readonly unknown[]): string | undefined {
  const known = names.get(text)
  const isRepeated = values.length > 0 || text.startsWith('select ')
  if (known !== undefined || !isRepeated || names.size === maxPrepared) return known
  const name = `ranah_${names.size}`
  names.set(text, name)
  return name
}
