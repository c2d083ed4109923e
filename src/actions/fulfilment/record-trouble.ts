import type { Text } from '../../domain/refused.ts'
import { saveTrouble } from '../../db/requests/requests.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { loadRequestById } from '../requests/load.ts'

/**
 * Puts a plain sentence on the desk when a job cannot finish yet. The same sentence is recorded once, however
 * often the job tries.
 */
export async function recordTrouble(
  deps: Deps,
  actor: SystemActor,
  input: { readonly requestId: string; readonly known: Text | null; readonly text: Text },
): Promise<void> {
  if (input.known?.id === input.text.id) return
  await act(deps, actor, async (tx, write) => {
    const { row } = await loadRequestById(tx, input.requestId)
    await saveTrouble(tx, row.id, { text: input.text, at: deps.now().toISOString() })
    write.note({
      act: 'request.trouble',
      subject: { kind: 'request', id: row.ticket },
      details: { step: row.step, says: input.text.id },
    })
  })
}
