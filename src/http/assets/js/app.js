// The portal works without any of this. Each module improves one thing, found by its data attribute,
// and is started again after every page that Turbo puts in place.
import { offerCopy } from './copy.js'
import { guardDrafts } from './draft-guard.js'
import { acceptDrops } from './drop-zone.js'
import { followProgress } from './live-progress.js'
import { closeMenus } from './menus.js'
import { checkNames } from './name-check.js'
import { offerPasskeys } from './passkeys.js'
import { rememberPreferences } from './preferences.js'
import { offerPrint } from './print.js'

function start() {
  for (const improve of [offerCopy, acceptDrops, followProgress, checkNames, rememberPreferences, offerPrint, offerPasskeys]) improve(document)
  document.querySelector('[data-focus]')?.focus()
}

guardDrafts()
closeMenus()
document.addEventListener('turbo:load', start)
if (!window.Turbo) start()
