import { notFound } from '../../actions/act.ts'
import type { Api } from './api.ts'
import { registerAppointmentsApi } from './people/appointments.ts'
import { registerInvitationsApi } from './people/invitations.ts'
import { registerOwnDetailsApi } from './people/own-details.ts'
import { registerPersonalDataApi } from './people/personal-data.ts'
import { registerPeopleApi } from './people/people.ts'
import { registerIdentityProviderApi } from './identity-provider.ts'
import { registerPasskeyApi } from './people/passkeys.ts'
import { registerSessionApi } from './people/session.ts'
import { registerSetUpApi } from './people/set-up.ts'
import { registerLettersApi } from './oversight/letters.ts'
import { registerSigningApi } from './oversight/signing.ts'
import { registerCheckpointsApi } from './oversight/checkpoints.ts'
import { registerLogbookApi } from './oversight/logbook.ts'
import { registerDisposalsApi } from './archive/disposals.ts'
import { registerRecordsApi } from './archive/records.ts'
import { registerScheduleApi } from './archive/schedule.ts'
import { registerPublicApi } from './public.ts'
import { registerRequestActs } from './request-acts.ts'
import { registerRequestPapers } from './request-papers.ts'
import { registerRequests } from './requests.ts'
import { registerCalendarApi } from './calendar.ts'
import { registerOfficeApi } from './office.ts'
import { registerDriftApi } from './drift.ts'
import { registerTakeOverApi } from './take-over.ts'
import { registerSignatoriesApi } from './signatories.ts'
import { registerServersApi } from './servers.ts'
import { registerRegistryApi } from './registry.ts'
import { registerSopsApi } from './sops.ts'
import { registerSecurityApi } from './services/security.ts'
import { registerServicesApi } from './services/services.ts'
import { registerRevealsApi } from './services/reveals.ts'

/** Every API module, once. */
export function registerApi(api: Api): void {
  registerSetUpApi(api)
  registerSessionApi(api)
  registerPasskeyApi(api)
  registerIdentityProviderApi(api)
  registerOwnDetailsApi(api)
  registerPeopleApi(api)
  registerPersonalDataApi(api)
  registerInvitationsApi(api)
  registerAppointmentsApi(api)
  registerRequests(api)
  registerRequestActs(api)
  registerRequestPapers(api)
  registerRevealsApi(api)
  registerServicesApi(api)
  registerSecurityApi(api)
  registerSopsApi(api)
  registerCalendarApi(api)
  registerRegistryApi(api)
  registerOfficeApi(api)
  registerServersApi(api)
  registerSignatoriesApi(api)
  registerDriftApi(api)
  registerTakeOverApi(api)
  registerPublicApi(api)
  registerLogbookApi(api)
  registerCheckpointsApi(api)
  registerLettersApi(api)
  registerRecordsApi(api)
  registerScheduleApi(api)
  registerDisposalsApi(api)
  registerSigningApi(api)
  api.app.all('*', () => {
    throw notFound()
  })
}
