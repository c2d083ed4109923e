import { faults } from './faults.ts'
import type { Trusted } from './note.ts'
import { openNote, trust } from './note.ts'

/** Handovers: by each the key of a name says which name and key go on with its logbook. [8] */

const HANDOVER = 'ranah-logbook-1 handover'
const MAX_HANDOVERS = 1000

/**
 * Follows an office from the keys that the reader trusts, oldest first, to those that they handed over to.
 * Only the last key of a line can hand over, once; notes of other keys say nothing.
 * @param file handovers as the office publishes them, one after the other
 * @throws Fault when a note is not in the form, or wrongly signed under a key of the line
 */
export function follow(line: readonly Trusted[], file: string): readonly Trusted[] {
  const [before, ...notes] = file.split(new RegExp(`^(?=${HANDOVER}\\n)`, 'm'))
  const all = before === '' ? notes : [before!, ...notes]
  if (all.length > MAX_HANDOVERS) throw faults.handoverForm()
  const followed = [...line]
  for (const note of all) {
    const [, from = '', to = ''] =
      /^ranah-logbook-1 handover\nfrom ([^\s+]+)\nto (\S+)\n\n(?:— [^\n]+\n)+$/.exec(note) ?? []
    if (to === '') throw faults.handoverForm()
    const last = followed.at(-1)!
    if (from !== last.name) continue
    if (!openNote(note, [last]).signers.includes(from)) throw faults.handoverUnsigned(from)
    followed.push({ ...trust(to), after: from })
  }
  return followed
}

/** Whether one origin is another, or goes on with its logbook. */
export function goesOn(trusted: readonly Trusted[], newer: string, older: string): boolean {
  let name: string | undefined = newer
  for (let step = 0; step <= trusted.length && name !== undefined; step += 1) {
    if (name === older) return true
    name = trusted.find((each) => each.name === name)?.after
  }
  return false
}
