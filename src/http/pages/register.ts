import type { Portal } from '../routes.ts'
import { registerHome } from './home.tsx'
import { registerOfficeHome } from './office-home.tsx'
import { registerPeoplePages } from './people/register.ts'
import { registerOversightPages } from './oversight/register.ts'
import { registerPublicPages } from './public/register.ts'
import { registerArchivePages } from './archive/register.ts'
import { registerCalendar } from './calendar/calendar.tsx'
import { registerDifferences } from './office/differences.tsx'
import { registerIdentityProvider } from './office/identity-provider.tsx'
import { registerSignatories } from './office/signatories.tsx'
import { registerServers } from './office/servers.tsx'
import { registerTakeOver } from './office/take-over.tsx'
import { registerSettings } from './office/settings.tsx'
import { registerAgencies } from './registry/agencies.tsx'
import { registerImport } from './registry/import.tsx'
import { registerSopPages } from './sops/register.ts'
import { registerServicePages } from './services/register.ts'
import { registerPreferences } from './preferences.ts'
import { registerRequestPages } from './requests/register.ts'

/** Every page module, once. Fixed words stand before parameters: `/permohonan/baru` before `/permohonan/:ticket`. */
export function registerPages(portal: Portal): void {
  registerPreferences(portal)
  registerHome(portal)
  registerOfficeHome(portal)
  registerPeoplePages(portal)
  registerPublicPages(portal)
  registerServicePages(portal)
  registerSopPages(portal)
  registerCalendar(portal)
  registerAgencies(portal)
  registerImport(portal)
  registerSettings(portal)
  registerServers(portal)
  registerSignatories(portal)
  registerIdentityProvider(portal)
  registerDifferences(portal)
  registerTakeOver(portal)
  registerOversightPages(portal)
  registerArchivePages(portal)
  registerRequestPages(portal)
}
