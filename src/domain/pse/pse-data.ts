import * as z from 'zod'
import { isLocalDate } from '../dates/zones.ts'
import { ANSWERS, SECURITY_QUESTIONS } from './security-category.ts'
import type { Answer, SecurityQuestion } from './security-category.ts'

/**
 * The record of the electronic system behind a name ("data PSE"). Every field may still be empty, for it is filled
 * in over several sittings; `checkPse` says what is missing.
 */
const short = z.string().trim().min(1).max(200).nullable()
const long = z.string().trim().min(1).max(2000).nullable()

const contact = z.strictObject({
  name: short,
  /** Civil servant's number, 18 digits; honorary staff have none. */
  nip: short,
  rank: short,
  post: short,
  phone: short,
  email: short,
})
export type Contact = z.infer<typeof contact>

/** `office`: own server room; `national`: the national data centre; `domestic`: a provider in Indonesia. */
export const STORAGE_PLACES = ['office', 'national', 'domestic', 'abroad'] as const

/** `general` and `specific` personal data as UU 27/2022 article 4 tells them apart. */
export const PERSONAL_DATA_KINDS = ['general', 'specific'] as const

/** belum, diajukan, terdaftar */
export const REGISTRATION_STATES = ['not-yet', 'applied', 'registered'] as const

const answer = z.enum(ANSWERS).nullable()
const points = z.union([z.literal(1), z.literal(3), z.literal(5)]).nullable()

export const pseData = z.strictObject({
  name: short,
  purpose: long,
  sector: short,
  ownerAgency: short,
  contacts: z.strictObject({ administrative: contact, technical: contact }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable(),
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(20),
  storage: z.strictObject({ place: z.enum(STORAGE_PLACES).nullable(), provider: short }),
  personalData: z.strictObject({
    processed: z.boolean().nullable(),
    kinds: z.array(z.enum(PERSONAL_DATA_KINDS)).max(2),
  }),
  security: z.strictObject(
    Object.fromEntries(SECURITY_QUESTIONS.map((id) => [id, answer])) as Record<
      SecurityQuestion,
      typeof answer
    >,
  ),
  classification: z.strictObject({ confidentiality: points, integrity: points, availability: points }),
  /** TDPSE, the certificate of registration. */
  registration: z.strictObject({
    status: z.enum(REGISTRATION_STATES).nullable(),
    number: short,
    date: z.string().refine(isLocalDate).nullable(),
  }),
  /** The rules that the system is based on, as the applicant cites them. */
  legalBasis: long,
})
export type PseData = z.infer<typeof pseData>

const EMPTY_CONTACT: Contact = { name: null, nip: null, rank: null, post: null, phone: null, email: null }

/** The record of a system of which nothing is known yet. */
export function emptyPseData(): PseData {
  return {
    name: null,
    purpose: null,
    sector: null,
    ownerAgency: null,
    contacts: { administrative: { ...EMPTY_CONTACT }, technical: { ...EMPTY_CONTACT } },
    url: null,
    addresses: [],
    storage: { place: null, provider: null },
    personalData: { processed: null, kinds: [] },
    security: Object.fromEntries(SECURITY_QUESTIONS.map((id) => [id, null])) as Record<
      SecurityQuestion,
      Answer | null
    >,
    classification: { confidentiality: null, integrity: null, availability: null },
    registration: { status: null, number: null, date: null },
    legalBasis: null,
  }
}
