import { z } from '@hono/zod-openapi'
import { ground } from '../../domain/requests/grounds.ts'
import { pdfCarries } from '../../domain/requests/pdf-content.ts'
import { scanStates } from '../../domain/requests/scan.ts'

const instant = z.iso.datetime().openapi({ description: 'UTC.' })
const turn = z.enum(['applicant', 'office', 'outside', 'system'])
const shortText = z.string().max(4000)
const visit = z
  .int()
  .min(0)
  .optional()
  .openapi({ description: 'The visit that was seen; a step done since then is refused, not done twice.' })

/** Values of the office's own fields, by their id. */
const extra = z.record(z.string().max(60), z.string().max(4000))

export const draftBody = z.strictObject({
  kind: z.string().max(60),
  agencyId: z.uuid(),
  zoneId: z.uuid().nullish(),
  serviceId: z.uuid().nullish(),
  application: z.record(z.string().max(60), z.unknown()).openapi({
    description:
      'As far as it is filled in: label, purpose, letter, administrative, technical, system, records (rows of name, type, value, ttl) ...',
  }),
})

export const applicationBody = draftBody.omit({ kind: true, agencyId: true })
export const visitBody = z.strictObject({ visit })

export const stepBody = z.strictObject({
  visit,
  outcome: z.string().max(60).optional(),
  grounds: z.array(ground).max(20).optional(),
  form: z.record(z.string().max(60), z.unknown()).default({}),
  extra: extra.default({}),
})

export const refusalBody = z.strictObject({
  step: z.int().min(1),
  visit,
  grounds: z.array(ground).min(1).max(20),
})

export const allowanceBody = z.strictObject({
  plan: z.string().max(64).openapi({ description: 'Fingerprint of the plan that was seen.' }),
  touched: z.int().openapi({ description: 'How many record sets it changes or removes.' }),
  reason: shortText,
})
export const waiverBody = z.strictObject({ document: z.string().max(60), reason: shortText })
export const reasonBody = z.strictObject({ reason: z.string().max(4000).optional() })
export const appealBody = z.strictObject({ reason: shortText })
export const messageBody = z.strictObject({ body: z.string().max(20_000) })

/** Where a request stands after an act, in a few words. */
export const standingAnswer = z
  .object({
    ticket: z.string(),
    phase: z.enum(['draft', 'running', 'ended']),
    ending: z.enum(['completed', 'refused', 'withdrawn']).nullable(),
    step: z.int().nullable(),
    stage: z.enum(['acting', 'working']),
    visit: z.int(),
    turn: turn.nullable(),
    status: z.string().openapi({ description: 'A sentence: who acts, by when.' }),
    dueAt: instant.nullable(),
    trouble: z.string().nullable(),
  })
  .openapi('Standing')

export const listedRequest = standingAnswer
  .extend({
    kind: z.string(),
    name: z.string().nullable(),
    agency: z.string(),
    holder: z.string().nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('ListedRequest')

const stepTime = z
  .object({
    state: z.enum(['not-entered', 'running', 'paused', 'completed']),
    workedMs: z.number(),
    remainingMs: z.number().nullable(),
    percent: z.number().nullable(),
    dueAt: instant.nullable(),
  })
  .openapi('StepTime')

const mark = z.object({ field: z.string(), kind: z.string(), note: z.string() })

const stepView = z
  .object({
    no: z.int(),
    activity: z.string(),
    activityTitle: z.string(),
    text: z.string(),
    actor: z.object({ id: z.string(), title: z.string(), party: z.string() }),
    symbol: z.string(),
    standardTime: z.string(),
    requirements: z.array(z.object({ text: z.string(), document: z.string().nullable(), need: z.string() })),
    output: z.array(z.string()),
    remark: z.string().nullable(),
    outcomes: z.array(
      z.object({ id: z.string(), label: z.string(), to: z.union([z.int(), z.literal('end')]) }),
    ),
    marks: z.array(mark),
    current: z.boolean(),
    visits: z.int(),
    time: stepTime.nullable(),
  })
  .openapi('Step')

const documentView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    filename: z.string(),
    mediaType: z.string(),
    size: z.int(),
    sha256: z.string(),
    by: z.string().nullable(),
    at: instant,
    href: z.string(),
    pages: z.int().nullable(),
    scan: z.enum(scanStates).openapi({
      description: 'The malware scanner; `off`: there was none. Only `off` and `clean` can be downloaded.',
    }),
    finding: z.string().nullable(),
    carries: z.array(z.object({ code: z.enum(pdfCarries), text: z.string() })),
  })
  .openapi('Document')

const offer = z
  .object({
    verb: z.string(),
    method: z.string(),
    href: z.string(),
    step: z.int().optional(),
    visit: z.int().optional(),
    form: z.record(z.string(), z.unknown()).optional().openapi({ description: 'JSON schema of `form`.' }),
    checklist: z.array(z.object({ item: z.string(), text: z.string(), waivable: z.boolean() })).optional(),
    outcomes: z.array(z.object({ id: z.string(), label: z.string(), kind: z.string() })).optional(),
    fields: z.array(z.record(z.string(), z.unknown())).optional(),
    documents: z.array(z.string()).optional(),
  })
  .openapi('Offer', { description: 'Something the caller may do now, and how.' })

export const messageView = z
  .object({
    id: z.uuid(),
    side: z.enum(['applicant', 'office']),
    by: z.string(),
    body: z.string(),
    at: instant,
  })
  .openapi('Message')

export const caseAnswer = standingAnswer
  .extend({
    kind: z.object({ id: z.string(), label: z.string(), fulfilment: z.string() }),
    agency: z.object({ id: z.uuid(), name: z.string() }),
    atCounter: z.boolean(),
    name: z.string().nullable(),
    zone: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    verdict: z.enum(['granted', 'refused']).nullable(),
    holder: z.object({ name: z.string(), me: z.boolean() }).nullable(),
    createdAt: instant,
    submittedAt: instant.nullable(),
    endedAt: instant.nullable(),
    application: z.record(z.string(), z.unknown()),
    contactsShown: z.boolean().openapi({
      description:
        'Whether `application` says how the contacts are reached; else `GET .../contacts` does, and records it.',
    }),
    time: stepTime.nullable(),
    sop: z.object({
      id: z.string(),
      version: z.int(),
      name: z.string(),
      number: z.string(),
      actors: z.array(z.object({ id: z.string(), title: z.string(), party: z.string() })),
      steps: z.array(stepView),
      marks: z.array(mark),
    }),
    missing: z.array(z.object({ document: z.string(), text: z.string(), from: z.string() })),
    timeline: z.array(
      z.object({
        at: instant,
        type: z.string(),
        text: z.string(),
        step: z.int().nullable(),
        visit: z.int(),
        by: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    documents: z.array(documentView),
    letters: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        number: z.string(),
        dated: z.string(),
        status: z.string(),
        sha256: z.string().nullable(),
        verificationCode: z.string(),
        document: z.uuid().nullable(),
        href: z.string().nullable(),
      }),
    ),
    messages: z.array(messageView),
    provisioning: z
      .object({
        visit: z.int(),
        status: z.string(),
        plan: z.unknown(),
        evidence: z.unknown(),
        trouble: z.string().nullable(),
      })
      .nullable(),
    service: z
      .object({
        id: z.uuid(),
        fqdn: z.string(),
        status: z.string(),
        registeredUntil: z.string().nullable(),
        hasSite: z.boolean(),
      })
      .nullable(),
    reveals: z.array(z.object({ id: z.uuid(), status: z.string(), expiresAt: instant })),
    takeover: z
      .object({
        objectUntil: instant,
        heads: z.array(z.object({ name: z.string(), since: z.string() })),
        told: z.array(z.object({ name: z.string(), objection: z.string().nullable() })),
        confirmed: z.object({ by: z.string().nullable(), at: instant, reason: z.string() }).nullable(),
        otherServices: z.array(z.string()),
      })
      .nullable()
      .openapi({
        description: 'What stands for and against taking a service over, once that was asked for.',
      }),
    may: z.array(offer),
  })
  .openapi('Request')

export type CaseAnswer = z.infer<typeof caseAnswer>
export type StandingAnswer = z.infer<typeof standingAnswer>
export type Offer = z.infer<typeof offer>
export type StepView = z.infer<typeof stepView>
