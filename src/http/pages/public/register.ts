import type { Portal } from '../../routes.ts'
import { registerHeads } from './heads.tsx'
import { registerNames } from './names.tsx'
import { registerTakeover } from './takeover.tsx'
import { registerTrack } from './track.tsx'
import { registerVerify } from './verify.tsx'

/** The pages for everybody. */
export function registerPublicPages(portal: Portal): void {
  registerHeads(portal)
  registerNames(portal)
  registerTakeover(portal)
  registerTrack(portal)
  registerVerify(portal)
}
