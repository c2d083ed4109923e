import type { Portal } from '../../routes.ts'
import { registerArchiveList } from './list.tsx'
import { registerDisposal } from './disposal.tsx'
import { registerDisposals } from './disposals.tsx'
import { registerRecord } from './record.tsx'
import { registerSchedule } from './schedule.tsx'

/** The pages of those who keep the archive. */
export function registerArchivePages(portal: Portal): void {
  registerArchiveList(portal)
  registerSchedule(portal)
  registerDisposals(portal)
  registerDisposal(portal)
  registerRecord(portal)
}
