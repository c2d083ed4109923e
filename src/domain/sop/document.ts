import * as z from 'zod'
import { activityNames } from './activities.ts'
import { fulfilments, subjects } from './kinds.ts'

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
const printedDate = z
  .union([
    z.null(),
    isoDate,
    z.strictObject({
      verbatim: line.describe('The date as printed, e.g. "..... Januari 2023".'),
      date: isoDate.nullable().default(null).describe('The same as an ISO date, or null when incomplete.'),
    }),
  ])
  .describe('An ISO date; null when the document has none; or the words of the document beside their date.')

const legalBasis = z.strictObject({
  citation: paragraph.describe('The citation verbatim, as the document prints it.'),
  kind: line.describe('Kind of regulation, e.g. "Peraturan Bupati".'),
  issuer: line.optional().describe('Who issued it, e.g. "Bupati Katingan".'),
  number: line.describe('Its number, in quotes.'),
  year: z.int().min(1945).max(2200).describe('The year it was made.'),
  about: paragraph.describe('What it is about ("tentang ...").'),
  status: z.enum(['in-force', 'revoked', 'unknown']).describe('Whether it is in force, as far as is known.'),
  revokedBy: line.optional().describe('What revoked it.'),
})

const actor = z.strictObject({
  id: slug.describe('Short name by which the steps refer to this actor.'),
  title: line.describe('The column heading, verbatim.'),
  party: z
    .enum(['applicant', 'office', 'outside'])
    .describe("Whose person this is: the applying agency's, the office's, or somebody else's."),
  role: z
    .enum(['applicant', 'operator', 'head-of-division', 'head-of-office'])
    .optional()
    .describe('Preset: people with this role act here until the office maps persons.'),
})

const standardTime = z
  .union([
    z.literal('not set'),
    z
      .strictObject({
        amount: z.number().positive().max(10_000).optional().describe('One figure; or else min and max.'),
        min: z.number().positive().max(10_000).optional().describe('Lower end of a range.'),
        max: z
          .number()
          .positive()
          .max(10_000)
          .optional()
          .describe('Upper end of a range; the clock runs to it.'),
        unit: z
          .enum(['minutes', 'hours', 'working-days', 'running-hours'])
          .describe('All but running-hours count working time only.'),
        startsAt: stepNumber.optional().describe('The clock starts when this step was entered.'),
        verbatim: line.optional().describe('The time as printed, e.g. "15 Menit.".'),
      })
      .refine(
        (time) => (time.amount === undefined) !== (time.min === undefined && time.max === undefined),
        'give either amount, or min and max',
      )
      .refine(
        (time) => (time.min === undefined) === (time.max === undefined),
        'a range needs both min and max',
      )
      .refine((time) => time.min === undefined || time.min < time.max!, 'min must be below max'),
  ])
  .describe('How long the step may take, or "not set" where the document gives no time.')

const requirement = z.strictObject({
  text: line.describe('The requirement verbatim (Kelengkapan/Syarat).'),
  document: slug.optional().describe('Names the document that fills it; without it the line is information.'),
  from: slug.optional().describe('The actor who delivers the document; by default the actor of the step.'),
  need: z
    .enum(['required', 'optional', 'later'])
    .default('required')
    .describe('Whether the step can be finished without the document.'),
  dueAt: stepNumber.optional().describe('With need "later": the step that cannot be finished without it.'),
  waivable: z.boolean().default(false).describe('May be waived with a reason by the actor of the step.'),
})

const field = z.strictObject({
  id: slug.describe('Short name of the field.'),
  label: line.describe('What the form shows.'),
  type: z.enum(['text', 'long-text', 'number', 'date', 'yes-no', 'choice']).describe('What may be entered.'),
  required: z.boolean().default(false).describe('Whether it must be filled in.'),
  options: z.array(line).min(2).max(40).optional().describe('With type "choice": what to choose from.'),
})

const outcome = z.strictObject({
  id: slug.describe('Short name of the outcome.'),
  label: line.describe('The label on the arrow, e.g. "Lengkap".'),
  to: z.union([stepNumber, z.literal('end')]).describe('The step this arrow leads to, or "end".'),
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
  no: stepNumber.describe('The number in the first column.'),
  activity: z.enum(activityNames).describe('What the step does; see docs/sop-format.md.'),
  text: paragraph.describe('The activity verbatim (Uraian/Kegiatan).'),
  actor: slug.describe('Whose step it is: the id of an actor.'),
  with: z.array(slug).max(12).default([]).describe('Others who take part (coordination in parallel).'),
  symbol: z
    .enum(['start', 'process', 'decision', 'end'])
    .optional()
    .describe('The flowchart symbol; by default it follows from the place in the flow.'),
  requirements: z.array(requirement).max(40).default([]).describe('Kelengkapan/Syarat, one item per entry.'),
  waitsFor: z
    .array(slug)
    .max(10)
    .default([])
    .describe('Documents without which the step cannot be finished.'),
  standardTime,
  output: z.array(line).max(20).default([]).describe('The Output column, verbatim.'),
  remark: paragraph.nullable().default(null).describe('The Keterangan column, verbatim.'),
  form: z.array(field).max(40).default([]).describe("Fields of this office beside the activity's own."),
  next: z
    .union([stepNumber, z.literal('end')])
    .optional()
    .describe('The step after this one; by default the following row, after the last row the end.'),
  decision: z
    .strictObject({
      question: line.optional().describe('What is decided, as a question.'),
      outcomes: z.array(outcome).min(2).max(12).describe('The arrows that leave the decision.'),
    })
    .optional()
    .describe('Named outcomes; the actor of the step chooses one.'),
})

const kind = z.strictObject({
  id: slug.describe(
    'A known kind (subdomain, hosting, subdomain-hosting, record-change, contact-change, contact-takeover, re-registration, ' +
      'closure, problem-report) or your own.',
  ),
  label: line.optional().describe('What applicants see; known kinds bring their own.'),
  fulfilment: z.enum(fulfilments).optional().describe('What "provision" does; known kinds bring their own.'),
  about: z
    .enum(subjects)
    .optional()
    .describe('What the application names; only for work by hand, the other fulfilments say it themselves.'),
  temporary: z
    .boolean()
    .default(false)
    .describe('For events: the application must give an end date, and the name is registered until then.'),
  form: z.array(field).max(60).default([]).describe('Further fields of the application for this kind.'),
})

const mark = z.strictObject({
  field: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z]+(\.[a-zA-Z0-9-]+)*$/, 'a path such as identity.number or steps.3.actor')
    .describe('The marked field: steps by their number, list items by position from 1.'),
  kind: z
    .enum(['inferred', 'blank', 'damaged', 'cut-off'])
    .describe(
      'inferred: not in the source; blank: left empty there; damaged: illegible; cut-off: breaks off.',
    ),
  note: z
    .union([paragraph, z.strictObject({ id: paragraph, en: paragraph })])
    .describe('What is known about it, in one language or in both.'),
})

/** Everything one SOP says. Field paths in `marks` name steps by their number and lists by position from 1. */
export const sopDocument = z.strictObject({
  format: z.literal('ranah-sop/1').describe('Name and version of this format.'),
  id: slug.describe('Stays the same over all versions of this SOP.'),
  office: z
    .strictObject({
      government: line.describe('The government, verbatim from the head of the page.'),
      name: line.describe('The office, verbatim.'),
      unit: line.optional().describe('The unit within it, verbatim.'),
      region: line.describe('Short name of the region, e.g. "Katingan".'),
      timezone: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).describe('WIB, WITA or WIT.'),
    })
    .describe('Whose SOP this is.'),
  identity: z
    .strictObject({
      heading: line.optional().describe('What stands above the name on the identity page, verbatim.'),
      name: line.describe('Nama SOP.'),
      number: line.describe('Nomor SOP, verbatim, blanks included.'),
      madeOn: printedDate.describe('Tanggal Pembuatan.'),
      revisedOn: printedDate.describe('Tanggal Revisi.'),
      effectiveOn: printedDate.describe('Tanggal Efektif.'),
      ratifiedOn: printedDate.describe('Tanggal Pengesahan.'),
      ratifiedBy: z
        .strictObject({
          post: line.describe('The post only; never a name, rank or number of a person.'),
          acting: z
            .boolean()
            .default(false)
            .describe('Whether the post was held by an acting head (Plt./Plh.).'),
          note: line.optional().describe('What else stands in the signature block, verbatim.'),
        })
        .describe('Disahkan oleh.'),
      legalBasis: z.array(legalBasis).max(40).describe('Dasar hukum.'),
      qualifications: z.array(paragraph).max(20).describe('Kualifikasi pelaksana, verbatim.'),
      relatedSops: z.array(line).max(20).describe('Keterkaitan, verbatim.'),
      equipment: z.array(line).max(40).describe('Peralatan/perlengkapan, verbatim.'),
      warnings: z.array(paragraph).max(20).describe('Peringatan, verbatim.'),
      recording: z.array(paragraph).max(20).describe('Pencatatan dan pendataan, verbatim.'),
    })
    .describe('The identity page (PermenPANRB 35/2012).'),
  serves: z.array(kind).min(1).max(20).describe('The request kinds that run through these steps.'),
  term: z
    .strictObject({
      months: z.int().min(1).max(120).describe('Months from provisioning or re-registration.'),
    })
    .optional()
    .describe('How long a granted service stays registered before re-registration (pendaftaran ulang).'),
  actors: z.array(actor).min(1).max(20).describe('Pelaksana: the columns of the flowchart, in their order.'),
  steps: z.array(step).min(1).max(100).describe('The rows of the flowchart, in their order.'),
  refusal: z
    .strictObject({
      from: z.array(stepNumber).min(1).describe('Steps whose actor may refuse the request for good.'),
      to: z
        .union([stepNumber, z.literal('end')])
        .describe('Where a refused request goes, e.g. to the reply.'),
    })
    .optional()
    .describe('A final refusal beside the decisions drawn in the flowchart.'),
  marks: z
    .array(mark)
    .max(200)
    .default([])
    .describe('What the source does not say as it stands here, field by field.'),
})

export type SopDocument = z.infer<typeof sopDocument>
export type SopStep = SopDocument['steps'][number]
export type SopActor = SopDocument['actors'][number]
export type SopOutcome = z.infer<typeof outcome>
export type SopField = z.infer<typeof field>
export type SopRequirement = z.infer<typeof requirement>
export type SopMark = z.infer<typeof mark>
export type StandardTime = z.infer<typeof standardTime>
