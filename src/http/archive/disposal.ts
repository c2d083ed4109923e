import { notFound } from '../../actions/act.ts'
import type { Member } from '../../actions/act.ts'
import type { Disposal, DisposalItem } from '../../db/archive/disposals.ts'
import { listDisposalItems, readDisposal } from '../../db/archive/disposals.ts'
import type { Db } from '../../db/database.ts'
import { inScope } from '../../db/database.ts'
import { archivists, disposalApprovers, disposalKeepers } from '../../domain/access/duties.ts'
import { mayOpen } from '../../domain/access/who.ts'

/** A proposal as one member sees it: what it names, and what they may do now. */
export type OpenDisposal = {
  readonly disposal: Disposal
  readonly items: readonly DisposalItem[]
  readonly may: {
    readonly keep: boolean
    readonly approve: boolean
    readonly destroy: boolean
    readonly drop: boolean
    readonly reissue: boolean
  }
}

/** @throws Refused (404) for what the office does not have */
export async function openDisposal(db: Db, member: Member, id: string): Promise<OpenDisposal> {
  const found = await inScope(db, member, async (tx) => {
    const disposal = await readDisposal(tx, id)
    return disposal && { disposal, items: await listDisposalItems(tx, id) }
  })
  if (!found) throw notFound()
  const { status, proposedBy, letterStatus } = found.disposal
  const isOpen = status === 'proposed' || status === 'approved'
  const keeps = isOpen && mayOpen(disposalKeepers, member.roles)
  const keepsArchive = mayOpen(archivists, member.roles)
  return {
    ...found,
    may: {
      keep: keeps && found.items.some(({ state }) => state === 'proposed'),
      approve:
        status === 'proposed' && proposedBy !== member.personId && mayOpen(disposalApprovers, member.roles),
      destroy: status === 'approved' && keepsArchive,
      drop: keeps,
      reissue: status === 'destroyed' && letterStatus === 'voided' && keepsArchive,
    },
  }
}
