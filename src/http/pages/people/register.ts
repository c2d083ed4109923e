import type { Portal } from '../../routes.ts'
import { registerAccept } from './accept.tsx'
import { registerAppointment } from './appointment.tsx'
import { registerAppointments } from './appointments.tsx'
import { registerAccount } from './account.tsx'
import { registerForgottenPassword } from './forgotten-password.tsx'
import { registerInvitations } from './invitations.tsx'
import { registerNewOffice } from './new-office.tsx'
import { registerPersonalData } from './personal-data.tsx'
import { registerPeople } from './people.tsx'
import { registerRegistrations } from './registrations.tsx'
import { registerSetUp } from './set-up.tsx'
import { registerSignIn } from './sign-in.tsx'
import { registerSignOn } from './sign-on.tsx'
import { registerTokens } from './tokens.tsx'

/** Pages about people: first run, signing in, accounts, who belongs to an office. */
export function registerPeoplePages(portal: Portal): void {
  registerSetUp(portal)
  registerSignIn(portal)
  registerSignOn(portal)
  registerForgottenPassword(portal)
  registerAccount(portal)
  registerAccept(portal)
  registerRegistrations(portal)
  registerPeople(portal)
  registerPersonalData(portal)
  registerInvitations(portal)
  registerAppointments(portal)
  registerAppointment(portal)
  registerTokens(portal)
  registerNewOffice(portal)
}
