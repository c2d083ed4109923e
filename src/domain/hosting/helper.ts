import * as z from 'zod'

import { deployQuery, refusalAnswer } from './control.ts'

/*
 * What goes over one SSH channel to the helper on a site host: one line in, one line out. Commands that are sent
 * together are carried out one after the other and lead to one reload. Behind the line of an archive come its octets.
 */

export const helperRequest = z.union([
  z.strictObject({
    commands: z
      .array(z.strictObject({ verb: z.string(), request: z.unknown() }))
      .min(1)
      .max(1_000),
  }),
  z.strictObject({ archive: deployQuery }),
  /** Checks and reloads what a preparation of the host has changed. */
  z.strictObject({ settle: z.literal(true) }),
])
export type HelperRequest = z.infer<typeof helperRequest>

/** One per command, in their order. A fault is told without its text; the host's own log has it. */
export const helperAnswer = z.strictObject({
  answers: z.array(
    z.union([
      z.strictObject({ answer: z.unknown() }),
      refusalAnswer,
      z.strictObject({ fault: z.literal(true) }),
    ]),
  ),
})
export type HelperOutcome = z.infer<typeof helperAnswer>['answers'][number]

/** Where the helper lies on a host, and how Ranah's key reaches it and nothing else. */
export const HELPER_FILE = '/usr/local/lib/ranah/site-helper.mjs'
export const HELPER_COMMAND = `/usr/bin/node ${HELPER_FILE}`
