import { isUniqueViolation } from '../../db/database.ts'
import type { RegistrationInput } from '../../domain/access/people.ts'
import type { Deps } from '../act.ts'
import { act } from '../act.ts'

/**
 * Asks for an account as an applicant. Nothing tells the asker whether the address is known: asking twice
 * answers as asking once, and the office decides.
 */
export async function registerSelf(deps: Deps, officeId: string, input: RegistrationInput): Promise<void> {
  const id = deps.newId()
  try {
    await act(deps, { kind: 'system', officeId }, async (tx, write) => {
      await tx
        .insertInto('self_registrations')
        .values({
          id,
          office_id: officeId,
          name: input.name,
          email: input.email,
          post: input.post,
          agency_name: input.agency,
          reason: input.reason,
          status: 'pending',
          created_at: deps.now(),
        })
        .execute()
      write.note({
        act: 'registration.asked',
        subject: { kind: 'registration', id },
        details: { agency: input.agency },
        personal: { name: input.name, email: input.email },
      })
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'self_registrations_pending')) throw error
  }
}
