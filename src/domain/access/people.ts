import * as z from 'zod'
import { optionalPaper } from './appointments.ts'
import { line, paragraph } from './plain-text.ts'
import type { Text } from '../refused.ts'
import { peopleTexts } from '../text/people.ts'
import { roles } from './roles.ts'

/** What people and offices may be called; pages and API parse what they get with these. */
const refine = (pattern: RegExp, text: Text) =>
  z.string().check((context) => {
    if (!pattern.test(context.value))
      context.issues.push({ code: 'custom', params: { text }, input: context.value, message: text.en })
  })

export const personName = line(120)
export const personEmail = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase())

export const officeSlug = refine(/^[a-z0-9]{2,16}$/, peopleTexts.badSlug)

/** A zone under which the office gives out names: two labels or more of letters, digits and inner hyphens. */
export const zoneName = z
  .string()
  .trim()
  .max(200)
  .transform((name) => name.toLowerCase().replace(/\.$/, ''))
  .pipe(
    refine(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, peopleTexts.badZone),
  )

export const staffRole = z.enum(roles.filter((role) => role !== 'applicant'))

export const officeInput = z.object({
  slug: officeSlug,
  government: line(200),
  name: line(200),
  unit: line(200).optional(),
  region: line(100),
  place: line(100),
  timezone: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']),
  zone: zoneName,
})
export type OfficeInput = z.infer<typeof officeInput>

/** Somebody is invited into a role of the office's own, or as an applicant of an agency. */
export const invitationInput = z
  .object({
    name: personName,
    email: personEmail,
    role: z.enum(roles),
    agency: line(200).optional(),
    ...optionalPaper.shape,
  })
  .check((context) => {
    if ((context.value.role === 'applicant') === (context.value.agency !== undefined)) return
    const text =
      context.value.role === 'applicant' ? peopleTexts.agencyMissing : peopleTexts.agencyNotForStaff
    context.issues.push({
      code: 'custom',
      path: ['agency'],
      params: { text },
      input: context.value.agency,
      message: text.en,
    })
  })
export type InvitationInput = z.infer<typeof invitationInput>

export const registrationInput = z.object({
  name: personName,
  email: personEmail,
  post: line(120),
  agency: line(200),
  reason: paragraph(2000).min(1),
})
export type RegistrationInput = z.infer<typeof registrationInput>

export const registrationDecision = z
  .object({ approve: z.boolean(), text: paragraph(2000).default(''), ...optionalPaper.shape })
  .check((context) => {
    if (context.value.approve || context.value.text !== '') return
    const text = peopleTexts.reasonMissing
    context.issues.push({ code: 'custom', path: ['text'], params: { text }, input: '', message: text.en })
  })
export type RegistrationDecision = z.infer<typeof registrationDecision>

/** How an administrator made sure who asks; it stands in the logbook behind a commitment. */
export const resetReason = z.string().trim().min(10).max(500)
