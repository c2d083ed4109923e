import * as z from 'zod'
import { line } from '../access/plain-text.ts'

/** What an office says about its open lists; what it leaves out follows the defaults below. */
export const openDataInput = z
  .strictObject({
    licence: line(200).optional(),
    licenceUrl: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .optional(),
    attribution: line(300).optional(),
  })
  // An own licence does not stand with the address of another one.
  .refine(({ licence, licenceUrl }) => !(licence && !licenceUrl), { path: ['licenceUrl'] })
export type OpenDataSettings = z.infer<typeof openDataInput>

/** Under which terms an open list is given away. */
export type OpenDataTerms = {
  readonly licence: string
  readonly licenceUrl: string
  readonly attribution: string
}

/** The licence of the national data portal's general terms: free use with the source named. */
export const defaultLicence = {
  licence: 'CC BY 4.0',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/deed.id',
} as const

/** @returns the terms of an office, whole; the source is the office itself unless it says otherwise */
export function termsOf(
  office: { readonly name: string; readonly government: string },
  { licence, licenceUrl, attribution }: OpenDataSettings,
): OpenDataTerms {
  return {
    licence: licence ?? defaultLicence.licence,
    licenceUrl: new URL(licenceUrl ?? defaultLicence.licenceUrl).href,
    attribution: attribution ?? `${office.name}, ${office.government}`,
  }
}
