import { sql } from 'kysely'
import type { Trouble } from '../schema/columns.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import type { Tx } from '../database.ts'
import { readSopVersion } from '../sops.ts'

/** Which requests a list shows: all of one's agencies, or the whole desk's. */
export type ListScope =
  | { readonly kind: 'agencies'; readonly agencyIds: readonly string[] }
  | { readonly kind: 'desk' }

export type ListFilter = {
  readonly scope: ListScope
  readonly phases: readonly ('draft' | 'running' | 'ended')[]
  /** Requests in which a certain person holds the current step. */
  readonly holder?: string
  /** Free requests at one of these steps: the ids of SOPs with the actors that the person is there, and for whose requests only. */
  readonly free?: readonly {
    readonly sopId: string
    readonly actors: readonly string[]
    readonly applicant?: string
  }[]
  /** Part of a ticket, a name or an agency's name. */
  readonly search?: string
  /** `urgency`: by the time left of the standard time; `newest`: by creation. */
  readonly order: 'urgency' | 'newest'
  readonly limit: number
  /** Values of the last row of the page before, as {@link cursorOf} gives them. */
  readonly after?: readonly [key: string, id: string]
}

export type ListedRequest = {
  readonly id: string
  readonly ticket: string
  readonly kind: string
  readonly fqdn: string | null
  readonly label: string | null
  readonly agency: string
  readonly sop_id: string
  readonly sop: SopDocument
  readonly phase: 'draft' | 'running' | 'ended'
  readonly step: number | null
  readonly stage: 'acting' | 'working'
  readonly visit: number
  readonly holder: string | null
  readonly holderName: string | null
  readonly turn: 'applicant' | 'office' | 'outside' | 'system' | null
  readonly ending: 'completed' | 'refused' | 'withdrawn' | null
  readonly due_at: Date | null
  readonly step_since: Date | null
  readonly trouble: Trouble | null
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly key: string
}

/** Requests without a due time come after all that have one. */
const noDueTime = '9999-12-31T00:00:00.000000'
const timeFormat = 'YYYY-MM-DD"T"HH24:MI:SS.US'

const orderKeys = {
  urgency: sql<string>`coalesce(to_char(r.due_at at time zone 'UTC', ${timeFormat}), ${noDueTime})`,
  newest: sql<string>`to_char(r.created_at at time zone 'UTC', ${timeFormat})`,
}

/** @returns one row more than the limit when there are more */
export async function listRequests(tx: Tx, filter: ListFilter): Promise<readonly ListedRequest[]> {
  const rows = await selectListed(tx, filter).execute()
  return Promise.all(
    rows.map(async (row) => ({ ...row, sop: await readSopVersion(tx, row.sop_id, row.sop_version) })),
  )
}

/** The values by which a list goes on after this row. */
export const cursorOf = (row: ListedRequest): readonly [string, string] => [row.key, row.id]

function selectListed(tx: Tx, filter: ListFilter) {
  const key = orderKeys[filter.order]
  const direction = filter.order === 'urgency' ? 'asc' : 'desc'
  return narrowed(tx, filter)
    .leftJoin('auth_user as h', 'h.id', 'r.holder')
    .select([
      'r.id',
      'r.ticket',
      'r.kind',
      'r.fqdn',
      'r.sop_id',
      'r.sop_version',
      'r.phase',
      'r.step',
      'r.stage',
      'r.visit',
      'r.holder',
      'r.turn',
      'r.due_at',
      'r.step_since',
      'r.trouble',
      'r.created_at',
      'r.ended_at',
      'a.name as agency',
      'h.name as holderName',
      sql<string | null>`r.form->>'label'`.as('label'),
      sql<ListedRequest['ending']>`r.state->>'ending'`.as('ending'),
      key.as('key'),
    ])
    .$if(filter.after !== undefined, (query) =>
      query.where(
        direction === 'asc'
          ? sql<boolean>`(${key}, r.id::text) > (${filter.after![0]}, ${filter.after![1]})`
          : sql<boolean>`(${key}, r.id::text) < (${filter.after![0]}, ${filter.after![1]})`,
      ),
    )
    .orderBy(key, direction)
    .orderBy(sql`r.id::text`, direction)
    .limit(filter.limit + 1)
}

type CountFilter = Omit<ListFilter, 'order' | 'limit' | 'after'>

/** @returns how many requests each of these lists would show altogether, asked in one statement */
export async function countRequests(tx: Tx, filters: readonly CountFilter[]): Promise<readonly number[]> {
  const row = await tx
    .selectNoFrom(
      filters.map((filter, index) =>
        narrowed(tx, filter)
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .as(`list_${index}`),
      ),
    )
    .executeTakeFirstOrThrow()
  return filters.map((_, index) => row[`list_${index}`] ?? 0)
}

function narrowed(tx: Tx, filter: CountFilter) {
  const { scope, free, search } = filter
  return tx
    .selectFrom('requests as r')
    .innerJoin('agencies as a', 'a.id', 'r.agency_id')
    .where('r.phase', 'in', [...filter.phases])
    .$if(scope.kind === 'agencies', (query) =>
      query.where('r.agency_id', 'in', scope.kind === 'agencies' ? atLeastOne(scope.agencyIds) : []),
    )
    .$if(scope.kind === 'desk', (query) =>
      query.where((eb) => eb.or([eb('r.phase', '!=', 'draft'), eb('r.at_counter', '=', true)])),
    )
    .$if(filter.holder !== undefined, (query) =>
      query.where('r.holder', '=', filter.holder!).where('r.stage', '=', 'acting'),
    )
    .$if(free !== undefined, (query) =>
      query
        .where('r.holder', 'is', null)
        .where('r.stage', '=', 'acting')
        .where((eb) =>
          eb.or([
            eb.lit(false),
            ...(free ?? []).map((each) =>
              eb.and([
                eb('r.sop_id', '=', each.sopId),
                eb('r.actor', 'in', atLeastOne(each.actors)),
                ...(each.applicant === undefined ? [] : [eb('r.applicant_id', '=', each.applicant)]),
              ]),
            ),
          ]),
        ),
    )
    .$if(search !== undefined && search !== '', (query) => {
      const pattern = `%${search!.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
      return query.where((eb) =>
        eb.or([
          eb('r.ticket', 'ilike', pattern),
          eb('r.fqdn', 'ilike', pattern),
          eb('a.name', 'ilike', pattern),
        ]),
      )
    })
}

/** SQL knows no empty list; no row has an empty identifier. */
const atLeastOne = (values: readonly string[]): string[] =>
  values.length > 0 ? [...values] : ['00000000-0000-0000-0000-000000000000']
