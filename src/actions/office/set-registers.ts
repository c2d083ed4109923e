import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { parsePattern, runsTogether } from '../../domain/registers/number-pattern.ts'
import { registerText } from '../../domain/text/registers.ts'
import type { RegisterCode } from '../../db/schema/letters.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

export type RegisterInput = { readonly code: RegisterCode; readonly pattern: string; readonly class: string }

/** Sets the number patterns. The count of the year and class goes on. @throws Refused `number-pattern` with every fault */
export async function setRegisters(
  deps: Deps,
  member: Member,
  registers: readonly RegisterInput[],
): Promise<void> {
  requireRole(member, 'administrator')
  const issues = registers.flatMap(faultsOf)
  if (issues.length > 0) throw new Refused('number-pattern', registerText.refused, { issues })
  await act(deps, member, async (tx, write) => {
    for (const { code, pattern, class: archiveClass } of registers)
      await tx
        .updateTable('registers')
        .set({ pattern, class: archiveClass.slice(0, 40) })
        .where('office_id', '=', member.officeId)
        .where('code', '=', code)
        .execute()
    write.note({
      act: 'office.registers-changed',
      subject: { kind: 'office', id: member.officeId },
      details: { patterns: Object.fromEntries(registers.map(({ code, pattern }) => [code, pattern])) },
    })
  })
}

function faultsOf({ code, pattern }: RegisterInput): readonly FieldIssue[] {
  try {
    const wrong = runsTogether(parsePattern(pattern))
    return wrong ? [{ field: `pattern.${code}`, text: wrong }] : []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.issues.map(({ text }) => ({ field: `pattern.${code}`, text }))
  }
}
