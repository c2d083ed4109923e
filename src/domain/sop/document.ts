import { z } from 'zod'
import { activityNames } from './activities.ts'
import { fulfilments } from './kinds.ts'

/**
 * The SOP document: one YAML file per SOP. Its fields follow the identity and flowchart pages of
 * PermenPANRB 35/2012; the published JSON schema is generated from this file.
 */

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens')
  .max(60)
const line = z.string().trim().min(1).max(500)
const paragraph = z.string().trim().min(1).max(4000)
const stepNumber = z.int().min(1).max(999)
const isoDate = z.iso.date()

/** A date as printed: an ISO date, or the source's own words where they do not make a date. */
const printedDate = z.union([
  z.null(),
  isoDate,
  z.strictObject({ verbatim: line, date: isoDate.nullable().default(null) }),
])

const legalBasis = z.strictObject({
  citation: paragraph.describe('The citation verbatim, as the document prints it.'),
  kind: line.describe('Kind of regulation, e.g. "Peraturan Bupati".'),
  issuer: line.optional().describe('Who issued it, e.g. "Bupati Katingan".'),
  number: line,
  year: z.int().min(1945).max(2200),
  about: paragraph.describe('What it is about ("tentang ...").'),
  status: z.enum(['in-force', 'revoked', 'unknown']),
  revokedBy: line.optional(),
})

const actor = z.strictObject({
  id: slug,
  title: line.describe('The column heading, verbatim.'),
  party: z
    .enum(['applicant', 'office', 'outside'])
    .describe("Whose person this is: the applying agency's, the office's, or somebody else's."),
  role: z
    .enum(['applicant', 'operator', 'head-of-division', 'head-of-office'])
    .optional()
    .describe('Preset: people with this role act here until the office maps persons.'),
})

const standardTime = z.union([
  z.literal('not set'),
  z
    .strictObject({
      amount: z.number().positive().max(10_000).optional(),
      min: z.number().positive().max(10_000).optional(),
      max: z.number().positive().max(10_000).optional(),
      unit: z.enum(['minutes', 'hours', 'working-days', 'running-hours']),
      startsAt: stepNumber.optional().describe('The clock starts when this step was entered.'),
      verbatim: line.optional(),
    })
    .refine(
      (time) => (time.amount === undefined) !== (time.min === undefined && time.max === undefined),
      'give either amount, or min and max',
    )
    .refine((time) => (time.min === undefined) === (time.max === undefined), 'a range needs both min and max')
    .refine((time) => time.min === undefined || time.min < time.max!, 'min must be below max'),
])

const requirement = z.strictObject({
  text: line.describe('The requirement verbatim (Kelengkapan/Syarat).'),
  document: slug.optional().describe('Names the document that fills it; without it the line is information.'),
  from: slug.optional().describe('The actor who delivers the document; by default the actor of the step.'),
  need: z.enum(['required', 'optional', 'later']).default('required'),
  dueAt: stepNumber.optional().describe('With need "later": the step that cannot be finished without it.'),
  waivable: z.boolean().default(false).describe('May be waived with a reason by the actor of the step.'),
})

const field = z.strictObject({
  id: slug,
  label: line,
  type: z.enum(['text', 'long-text', 'number', 'date', 'yes-no', 'choice']),
  required: z.boolean().default(false),
  options: z.array(line).min(2).max(40).optional(),
})

const outcome = z.strictObject({
  id: slug,
  label: line.describe('The label on the arrow, e.g. "Lengkap".'),
  to: z.union([stepNumber, z.literal('end')]),
  kind: z
    .enum(['continue', 'return', 'refuse'])
    .optional()
    .describe(
      'continue: goes on; return: the target corrects and it comes back to whoever returned it; ' +
        'refuse: the request ends refused, after the target step where one is named. ' +
        'By default an arrow to an earlier step is a return, any other a continue.',
    ),
})

const step = z.strictObject({
  no: stepNumber,
  activity: z.enum(activityNames),
  text: paragraph.describe('The activity verbatim (Uraian/Kegiatan).'),
  actor: slug,
  with: z.array(slug).max(12).default([]).describe('Others who take part (coordination in parallel).'),
  symbol: z.enum(['start', 'process', 'decision', 'end']).optional(),
  requirements: z.array(requirement).max(40).default([]),
  waitsFor: z
    .array(slug)
    .max(10)
    .default([])
    .describe('Documents without which the step cannot be finished.'),
  standardTime,
  output: z.array(line).max(20).default([]),
  remark: paragraph.nullable().default(null),
  form: z.array(field).max(40).default([]).describe("Fields of this office beside the activity's own."),
  next: z.union([stepNumber, z.literal('end')]).optional(),
  decision: z
    .strictObject({ question: line.optional(), outcomes: z.array(outcome).min(2).max(12) })
    .optional(),
})

const kind = z.strictObject({
  id: slug,
  label: line.optional(),
  fulfilment: z.enum(fulfilments).optional().describe('What "provision" does; known kinds bring their own.'),
  form: z.array(field).max(60).default([]),
})

const mark = z.strictObject({
  field: z.string().regex(/^[a-zA-Z]+(\.[a-zA-Z0-9-]+)*$/, 'a path such as identity.number or steps.3.actor'),
  kind: z.enum(['inferred', 'blank', 'damaged', 'cut-off']),
  note: z.union([paragraph, z.strictObject({ id: paragraph, en: paragraph })]),
})

/** Everything one SOP says. Field paths in `marks` name steps by their number and lists by position from 1. */
export const sopDocument = z.strictObject({
  format: z.literal('ranah-sop/1'),
  id: slug,
  office: z.strictObject({
    government: line,
    name: line,
    unit: line.optional(),
    region: line.describe('Short name of the region, e.g. "Katingan".'),
    timezone: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']),
  }),
  identity: z.strictObject({
    heading: line.optional().describe('What stands above the name on the identity page, verbatim.'),
    name: line,
    number: line,
    madeOn: printedDate,
    revisedOn: printedDate,
    effectiveOn: printedDate,
    ratifiedOn: printedDate,
    ratifiedBy: z.strictObject({ post: line, acting: z.boolean().default(false), note: line.optional() }),
    legalBasis: z.array(legalBasis).max(40),
    qualifications: z.array(paragraph).max(20),
    relatedSops: z.array(line).max(20),
    equipment: z.array(line).max(40),
    warnings: z.array(paragraph).max(20),
    recording: z.array(paragraph).max(20),
  }),
  serves: z.array(kind).min(1).max(20),
  term: z
    .strictObject({ months: z.int().min(1).max(120) })
    .optional()
    .describe('How long a granted service stays registered before re-registration (pendaftaran ulang).'),
  actors: z.array(actor).min(1).max(20),
  steps: z.array(step).min(1).max(100),
  refusal: z
    .strictObject({
      from: z.array(stepNumber).min(1).describe('Steps whose actor may refuse the request for good.'),
      to: z.union([stepNumber, z.literal('end')]),
    })
    .optional()
    .describe('A final refusal beside the decisions drawn in the flowchart.'),
  marks: z.array(mark).max(200).default([]),
})

export type SopDocument = z.infer<typeof sopDocument>
export type SopStep = SopDocument['steps'][number]
export type SopActor = SopDocument['actors'][number]
export type SopOutcome = z.infer<typeof outcome>
export type SopField = z.infer<typeof field>
export type SopRequirement = z.infer<typeof requirement>
export type SopMark = z.infer<typeof mark>
export type StandardTime = z.infer<typeof standardTime>
