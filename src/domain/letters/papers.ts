/** Every paper the desk prints, as data. Parse once where the data enters, trust the types after. */
import * as z from 'zod'
import { maxProposed } from '../archive/standing.ts'
import {
  commonShape,
  day,
  factSchema,
  letterShape,
  line,
  logbookHeadSchema,
  recipientSchema,
  referenceSchema,
  signatureSchema,
  text,
  verificationSchema,
} from './parts.ts'

const grantedSchema = z.strictObject({
  /** What was done to the service; chooses the sentence. */
  effect: z.enum(['created', 'changed', 're-registered', 'closed']),
  /** Request kind in words, e.g. `Subdomain dan hosting`. */
  service: line,
  fqdn: line,
  since: day,
  registeredUntil: day.optional(),
  details: z.array(factSchema).max(40),
})

const reasonSchema = z.strictObject({
  /** The coded ground, e.g. `nama-tidak-sesuai`; absent for a plain completeness item. */
  code: line.optional(),
  /** The ground or the checklist item in words. */
  ground: line,
  /** What exactly is wrong and what would cure it. */
  remark: text,
})

/** Surat balasan, Katingan SOP step 7. A refusal or a return always carries its reasons. */
const replySchema = z
  .strictObject({
    kind: z.literal('reply'),
    ...letterShape,
    about: referenceSchema,
    outcome: z.enum(['accepted', 'refused', 'returned']),
    granted: grantedSchema.optional(),
    reasons: z.array(reasonSchema).max(100),
    /** Last day for an objection (refused) or for the correction (returned). */
    answerBy: day.optional(),
  })
  .refine((letter) => letter.outcome !== 'accepted' || letter.granted !== undefined, {
    error: 'an acceptance says what was granted',
    path: ['granted'],
  })
  .refine((letter) => letter.outcome === 'accepted' || letter.reasons.length > 0, {
    error: 'a refusal or a return carries its reasons',
    path: ['reasons'],
  })

/** Berita acara serah terima (BAST), Kukar SOP step 6. Strict, so that no field for a secret can slip in. */
const handOverNoteSchema = z.strictObject({
  kind: z.literal('hand-over-note'),
  ...commonShape,
  number: line,
  place: line,
  date: day,
  about: referenceSchema,
  service: line,
  fqdn: line,
  /** What goes with the address ("kelengkapan lainnya"): site address, SFTP host, name servers ... */
  details: z.array(factSchema).max(40),
  /** What else is handed over, e.g. `Panduan pengelolaan situs`. */
  enclosed: z.array(line).max(40),
  /** Who may open the one-time page with the credentials, and until when. Absent: there are none. */
  reveal: z.strictObject({ contact: line, until: day, portal: line }).optional(),
  registeredUntil: day.optional(),
  /** Who receives for the agency; the receipt itself is an entry of the logbook. */
  receivedBy: z.strictObject({ name: line, post: line, nip: line.optional(), rank: line.optional() }),
  signature: signatureSchema,
  verification: verificationSchema,
})

const registerRowSchema = z.strictObject({
  no: z.int().min(1),
  /** Local date and time with its zone label, as the office writes it. */
  at: line,
  activity: text,
  /** The post of the actor, never more of the person than the register needs. */
  actor: line,
  request: z.string().max(400),
  remark: z.string().max(12_000),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Most rows of one printed register; a longer period is printed in parts. */
export const REGISTER_MAX_ROWS = 5_000

/** Buku register (logbook) in the office's columns. */
const registerSchema = z.strictObject({
  kind: z.literal('logbook-register'),
  ...commonShape,
  title: line,
  period: line,
  rows: z.array(registerRowSchema).max(REGISTER_MAX_ROWS),
  head: logbookHeadSchema,
  place: line,
  date: day,
  signature: signatureSchema.optional(),
  verification: verificationSchema.optional(),
})

const bookColumnSchema = z.strictObject({
  title: line,
  /** Share of the width, or the width itself in millimetres. */
  width: z.union([
    z.strictObject({ fr: z.number().positive() }),
    z.strictObject({ mm: z.number().positive() }),
  ]),
  align: z.enum(['left', 'center']).optional(),
})

/** A register that the office keeps and files: buku agenda, register layanan. Its columns are chosen in registers/. */
const registerBookSchema = z.strictObject({
  kind: z.literal('register-book'),
  ...commonShape,
  title: line,
  period: line,
  columns: z.array(bookColumnSchema).min(2).max(12),
  rows: z.array(z.array(z.string().max(12_000))).max(REGISTER_MAX_ROWS),
  /** How many entries there are, and how many of them were voided. */
  sum: line,
  place: line,
  date: day,
  signature: signatureSchema,
})

/** Lembar disposisi: what went along with the applicant's letter inside the office. */
const dispositionSheetSchema = z.strictObject({
  kind: z.literal('disposition-sheet'),
  ...commonShape,
  ticket: line,
  from: z.string().trim().min(1).max(900),
  /** Left open on the paper where it is not known, as are the dates and the agenda number. */
  number: z.string().max(500).optional(),
  date: day.optional(),
  subject: z.string().trim().min(1).max(900),
  receivedOn: day.optional(),
  agenda: line.optional(),
  entries: z.array(z.strictObject({ date: day, by: line, to: line, instruction: text })).min(1),
})

/** Pemberitahuan penonaktifan, a letter of the register of outgoing letters about a service and not about a request. */
const deactivationNoticeSchema = z.strictObject({
  kind: z.literal('deactivation-notice'),
  ...commonShape,
  number: line,
  subject: line,
  place: line,
  date: day,
  recipient: recipientSchema,
  agency: line,
  fqdn: line,
  system: line.optional(),
  hasSite: z.boolean(),
  registeredUntil: day.optional(),
  ground: text,
  deactivatedOn: day,
  /** Address of the portal. */
  portal: line,
  signature: signatureSchema,
  verification: verificationSchema,
})

/** Berita acara pemusnahan arsip with the list of what went, a letter of the register about no request. */
const destructionRecordSchema = z.strictObject({
  kind: z.literal('destruction-record'),
  ...commonShape,
  number: line,
  place: line,
  date: day,
  /** The written consent that the law asks for. */
  consent: z.strictObject({ number: line, date: day }),
  /** The post of whoever approved in the office. */
  approver: line,
  items: z
    .array(
      z.strictObject({
        code: line,
        /** What it was: kind, number or file, request. */
        record: line,
        filedOn: day,
        years: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(maxProposed),
  witnesses: z.array(z.strictObject({ name: line, post: line })).length(2),
  signature: signatureSchema,
  verification: verificationSchema,
})

/** Surat permohonan with its form, made from the draft of a request for the applicant to sign by hand. */
const applicationLetterSchema = z.strictObject({
  kind: z.literal('application-letter'),
  ...commonShape,
  ticket: line,
  /** Left open on the paper when the applicant has not entered it yet, as is the date. */
  number: line.optional(),
  date: day.optional(),
  place: line,
  subject: line,
  service: line,
  agency: line,
  recipient: recipientSchema,
  /** What is applied for, in the letter itself. */
  main: z.array(factSchema).min(1).max(40),
  /** The form, in parts. */
  form: z.array(z.strictObject({ title: line, rows: z.array(factSchema).min(1).max(100) })).max(20),
  signature: signatureSchema.partial({ name: true }),
})

/** A part of a case file that is printed from what the page of the request shows: form, history, messages, proofs. */
const casePartSchema = z.strictObject({
  kind: z.literal('case-part'),
  ...commonShape,
  ticket: line,
  title: line,
  sections: z
    .array(
      z.strictObject({
        heading: line.optional(),
        facts: z.array(factSchema).max(200).optional(),
        table: z
          .strictObject({
            columns: z.array(bookColumnSchema).min(2).max(6),
            rows: z.array(z.array(z.string().max(20_000))).max(REGISTER_MAX_ROWS),
          })
          .optional(),
      }),
    )
    .max(20),
})

export const paperSchema = z.discriminatedUnion('kind', [
  replySchema,
  handOverNoteSchema,
  registerSchema,
  registerBookSchema,
  dispositionSheetSchema,
  deactivationNoticeSchema,
  destructionRecordSchema,
  applicationLetterSchema,
  casePartSchema,
])
export type Paper = z.infer<typeof paperSchema>
export type ReplyLetter = z.infer<typeof replySchema>
export type ApplicationLetter = z.infer<typeof applicationLetterSchema>
export type HandOverNote = z.infer<typeof handOverNoteSchema>
export type RegisterBook = z.infer<typeof registerBookSchema>
export type DispositionSheet = z.infer<typeof dispositionSheetSchema>
export type DeactivationNotice = z.infer<typeof deactivationNoticeSchema>
export type DestructionRecord = z.infer<typeof destructionRecordSchema>
export type CasePart = z.infer<typeof casePartSchema>
export type LogbookRegister = z.infer<typeof registerSchema>
