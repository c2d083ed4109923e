import * as z from 'zod'
import { line } from './plain-text.ts'
import type { Role } from './roles.ts'
import { roles } from './roles.ts'

/** The paper behind a role. `before-recording`: somebody was it before papers were recorded; it must be made good. */
export const bases = ['surat-tugas', 'sk', 'surat-kuasa', 'before-recording'] as const
export type Basis = (typeof bases)[number]
const givenBases = ['surat-tugas', 'sk', 'surat-kuasa'] as const

/** A substitute: for a vacant post (Plt.), for an absent holder (Plh.), or on behalf of the holder (a.n.). */
export const actingForms = ['Plt.', 'Plh.', 'a.n.'] as const
export type ActingForm = (typeof actingForms)[number]

/** How long what has no paper yet is good for, in days. */
export const daysBeforeRecording = 90
/** Days before the end of an appointment at which its holder and the administrators are warned; the last is the day after. */
export const warningDays = [30, 7, -1] as const

/** The paper itself, as an invitation may carry it. */
export const appointmentPaper = {
  basis: z.enum(givenBases),
  number: line(120),
  dated: z.iso.date(),
  fromDay: z.iso.date(),
  /** Left out only where the paper names no end. */
  untilDay: z.iso.date().optional(),
}

type Paper = { basis: Basis; fromDay: string; untilDay?: string | undefined }
const hasItsEnd = ({ basis, untilDay }: Paper): boolean => basis !== 'surat-tugas' || untilDay !== undefined
const inOrder = ({ fromDay, untilDay }: Paper): boolean => untilDay === undefined || untilDay >= fromDay

export const appointmentInput = z
  .strictObject({
    ...appointmentPaper,
    personId: z.string().min(1).max(100),
    role: z.enum(roles),
    acting: z.enum(actingForms).optional(),
    /** For whom a substitute acts; nobody for a vacant post. */
    principalId: z.string().min(1).max(100).optional(),
  })
  .refine(hasItsEnd, { path: ['untilDay'] })
  .refine(inOrder, { path: ['untilDay'] })
  .refine(({ acting, untilDay }) => acting === undefined || untilDay !== undefined, { path: ['untilDay'] })
  .refine(
    ({ acting, principalId }) =>
      (principalId !== undefined) === (acting !== undefined && acting !== 'Plt.') || acting === 'Plt.',
    { path: ['principalId'] },
  )
  .refine(({ acting, role }) => acting === undefined || role !== 'applicant', { path: ['role'] })
  .refine(({ basis, role }) => basis !== 'surat-kuasa' || role === 'applicant', { path: ['basis'] })
export type AppointmentInput = z.infer<typeof appointmentInput>

/** The paper beside an invitation: all of it, or nothing. */
export const optionalPaper = z.object(appointmentPaper).partial()
export const paperOf = (given: z.infer<typeof optionalPaper>): InvitedPaper | undefined =>
  given.basis === undefined ? undefined : completePaper.parse(given)
const completePaper = z
  .object(appointmentPaper)
  .refine(hasItsEnd, { path: ['untilDay'] })
  .refine(inOrder, { path: ['untilDay'] })
export type InvitedPaper = z.infer<typeof completePaper>

/** A role that somebody has by standing in for somebody. */
export type Acting = {
  readonly role: Role
  readonly form: ActingForm
  readonly principal: { readonly id: string; readonly name: string } | null
}

/** A role that counts for nothing today, and the last day on which it did; null when no paper was ever recorded. */
export type Lapsed = { readonly role: Role; readonly endedOn: string | null }

/** On whose behalf somebody acted, as the logbook and the timeline keep it. */
export type Behalf = { readonly form: ActingForm; readonly role: Role; readonly person: string | null }

/** @returns on whose behalf a member with these substitutions acts in a role; nothing where they hold it themselves */
export function behalfIn(
  member: { readonly ownRoles?: readonly Role[]; readonly acting?: readonly Acting[] },
  role: Role,
): Behalf | undefined {
  if (member.ownRoles?.includes(role)) return undefined
  const found = member.acting?.find((each) => each.role === role)
  return found && { form: found.form, role, person: found.principal?.id ?? null }
}
