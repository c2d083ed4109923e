import type { Portal } from '../../routes.ts'
import { registerServiceList } from './list.tsx'
import { registerNotice } from './notice.tsx'
import { registerReveal } from './reveal.tsx'
import { registerSecurity } from './security.tsx'
import { registerService } from './service.tsx'

/** Services and the one-time page with their credentials. */
export function registerServicePages(portal: Portal): void {
  registerReveal(portal)
  registerServiceList(portal)
  registerService(portal)
  registerNotice(portal)
  registerSecurity(portal)
}
