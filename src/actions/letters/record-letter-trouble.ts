import type { Text } from '../../domain/refused.ts'
import { json } from '../../db/database.ts'
import { readLetter } from '../../db/letters/letters.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/**
 * Puts a plain sentence on the desk when a letter without a request cannot be set yet, or one that is signed waits for its
 * time stamp. The same sentence is recorded
 * once, however often the job tries; it goes when the letter goes on.
 */
export async function recordLetterTrouble(
  deps: Deps,
  actor: SystemActor,
  input: {
    readonly letterId: string
    readonly known: Text | null
    readonly text: Text
    readonly gaveUp?: true
  },
): Promise<void> {
  if (input.known?.id === input.text.id) return
  await act(deps, actor, async (tx, write) => {
    const { number } = (await readLetter(tx, input.letterId))!
    await tx
      .updateTable('letters')
      .set({
        trouble: json({
          text: input.text,
          at: deps.now().toISOString(),
          ...(input.gaveUp && { gaveUp: true }),
        }),
      })
      .where('id', '=', input.letterId)
      .where('status', 'in', ['numbered', 'awaiting'])
      .execute()
    write.note({
      act: 'letter.trouble',
      subject: { kind: 'letter', id: number },
      details: { says: input.text.id },
    })
  })
}
