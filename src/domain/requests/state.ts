import * as z from 'zod'

/**
 * Where a request stands on its SOP. The SOP is the state machine; this is the token on it.
 * It is stored as JSON with the request and parsed strictly when read.
 */
const stepNumber = z.int().min(1)

export const requestState = z.strictObject({
  phase: z.enum(['draft', 'running', 'ended']),
  /** Current step while running. */
  at: stepNumber.nullable(),
  /** Counts every entry into a step, so that a form sent twice is recognised. */
  visit: z.int().min(0),
  /** `acting`: somebody must act. `working`: the system carries out the step's effect. */
  stage: z.enum(['acting', 'working']),
  /** Who took the current step, if anybody. */
  holder: z.string().nullable(),
  /** Who finished each step last; a resubmission comes back to the same person. */
  doneBy: z.record(z.string(), z.string()),
  /** Steps that returned the request and wait for it to come back, innermost last. */
  detours: z.array(z.strictObject({ back: stepNumber, target: stepNumber })).max(100),
  verdict: z.enum(['granted', 'refused']).nullable(),
  ending: z.enum(['completed', 'refused', 'withdrawn']).nullable(),
  /** The step that refused; an appeal re-opens it. */
  refusedAt: stepNumber.nullable(),
  appeals: z.int().min(0),
  /** Whether the service was provisioned: from then on it is closed, not withdrawn. */
  provisioned: z.boolean(),
  documents: z.array(z.string()),
  waived: z.array(z.string()),
})
export type RequestState = z.infer<typeof requestState>

/** @returns the state of a request that is being written and has not been sent. */
export function draftState(): RequestState {
  return {
    phase: 'draft',
    at: null,
    visit: 0,
    stage: 'acting',
    holder: null,
    doneBy: {},
    detours: [],
    verdict: null,
    ending: null,
    refusedAt: null,
    appeals: 0,
    provisioned: false,
    documents: [],
    waived: [],
  }
}
