import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'

/** Notes that somebody takes a table with personal data along as a file. Who may see the table may take it. */
export async function noteTable(
  deps: Deps,
  member: Member,
  taken: { readonly table: string; readonly format: string; readonly rows: number },
): Promise<void> {
  const { table, ...details } = taken
  await act(deps, member, async (_tx, write) => {
    write.note({ act: 'table.exported', subject: { kind: 'table', id: table }, details })
  })
}
