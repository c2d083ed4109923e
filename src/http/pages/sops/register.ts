import type { Portal } from '../../routes.ts'
import { registerSopActors } from './actors.tsx'
import { registerSopList } from './list.tsx'
import { registerSop } from './sop.tsx'

/** The SOPs of an office. */
export function registerSopPages(portal: Portal): void {
  registerSopList(portal)
  registerSop(portal)
  registerSopActors(portal)
}
