import * as z from 'zod'
import { databaseEngines, siteKinds } from '../hosting/site.ts'
import { maxRecordRows } from '../dns/own-records.ts'

/**
 * The application as the applicant writes it. A draft keeps whatever was entered, complete or not;
 * only sending it checks the whole. Every text is bounded here, at the edge.
 */
const text = (max: number) => z.string().trim().max(max)

/** One of the two people who answer for a service: penanggung jawab administratif and teknis. */
export const contact = z.strictObject({
  name: text(120).min(3),
  nip: text(30)
    .regex(/^[0-9 ]*$/, 'digits')
    .optional(),
  rank: text(80).optional(),
  post: text(120).min(3),
  phone: text(30).regex(/^\+?[0-9][0-9 ()-]{6,28}$/, 'phone'),
  email: z.email().max(254),
})
export type Contact = z.infer<typeof contact>

/** The letter that makes the application official. */
export const applicationLetter = z.strictObject({
  number: text(100).min(1),
  date: z.iso.date(),
  signatory: text(120).min(3),
  signatoryPost: text(120).min(3),
})

/** Where a name without hosting points: an address of the agency's own server, or another name. */
export const target = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('A'), value: z.ipv4() }),
  z.strictObject({ type: z.literal('AAAA'), value: z.ipv6() }),
  z.strictObject({
    type: z.literal('CNAME'),
    value: text(253).regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'hostname'),
  }),
])

/** What kind of site is wanted, where it leads, and whether it needs a database. */
export const siteWish = z.strictObject({
  kind: z.enum(siteKinds).default('static'),
  target: text(300).optional(),
  database: z.enum(databaseEngines).optional(),
})
/** One row of the table of DNS records as it was entered (see dns/own-records.ts, which reads the whole table). */
const recordRow = z.strictObject({
  name: text(300).optional(),
  type: text(10).optional(),
  value: text(4000).optional(),
  ttl: z.union([text(12), z.number()]).optional(),
})
const records = z.array(recordRow).max(maxRecordRows)

/** The ticket of the change of records that this one takes back. */
const reverses = text(60)

/** The longest application in characters of JSON; more is no application. */
export const maxApplicationLength = 60_000

/** What a draft may hold: the same fields, each possibly unfinished. */
export const applicationDraft = z.strictObject({
  label: text(300).optional(),
  purpose: text(4000).optional(),
  letter: z.record(z.string().max(40), text(500)).optional(),
  administrative: z.record(z.string().max(40), text(500)).optional(),
  technical: z.record(z.string().max(40), text(500)).optional(),
  target: z.record(z.string().max(40), text(500)).optional(),
  site: z.record(z.string().max(40), text(500)).optional(),
  records: records.optional(),
  reverses: reverses.optional(),
  system: z.record(z.string().max(60), z.unknown()).optional(),
  extra: z.record(z.string().max(60), text(4000)).optional(),
  endsOn: text(10).optional(),
})
export type ApplicationDraft = z.infer<typeof applicationDraft>

/** What every sent application holds; name, target and system depend on the request kind. */
export const application = z.strictObject({
  label: text(300).optional(),
  purpose: text(4000).min(10),
  letter: applicationLetter,
  administrative: contact,
  technical: contact,
  target: target.optional(),
  site: siteWish.optional(),
  records: records.optional(),
  reverses: reverses.optional(),
  system: z.record(z.string().max(60), z.unknown()).optional(),
  extra: z.record(z.string().max(60), text(4000)).optional(),
  endsOn: z.iso.date().optional(),
})
export type Application = z.infer<typeof application>
