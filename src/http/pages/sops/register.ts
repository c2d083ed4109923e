import type { Portal } from '../../routes.ts'
import { registerSopActors } from './actors.tsx'
import { registerSopList } from './list.tsx'
import { registerShippedSop } from './shipped.tsx'
import { registerSop } from './sop.tsx'

/** The SOPs of an office. */
export function registerSopPages(portal: Portal): void {
  registerSopList(portal)
  registerShippedSop(portal)
  registerSop(portal)
  registerSopActors(portal)
}
