import { createHash } from 'node:crypto'
import { checkLogo } from '../../domain/office/logo.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/** Replaces the logo of the office. @throws Refused for anything but a harmless PNG or SVG */
export async function setLogo(deps: Deps, member: Member, bytes: Buffer): Promise<void> {
  requireRole(member, 'administrator')
  const type = checkLogo(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await act(deps, member, async (tx, write) => {
    await tx.updateTable('offices').set({ logo: bytes }).where('id', '=', member.officeId).execute()
    write.note({
      act: 'office.logo-changed',
      subject: { kind: 'office', id: member.officeId },
      details: { type, sha256 },
    })
  })
}
