import * as z from 'zod'
import { readVkey } from '../logbook/note.ts'
import { checkpointTexts } from '../text/checkpoints.ts'
import { line } from './plain-text.ts'

/** A witness as an administrator enters it. */
export const witnessInput = z.object({
  organisation: line(200),
  vkey: z
    .string()
    .trim()
    .max(400)
    .check((context) => {
      if (readVkey(context.value)?.kind !== 'cosignature')
        context.issues.push({
          code: 'custom',
          params: { text: checkpointTexts.badWitnessKey },
          input: context.value,
          message: checkpointTexts.badWitnessKey.en,
        })
    }),
})
export type WitnessInput = z.infer<typeof witnessInput>

/** What a witness sends back: the size of the checkpoint that it cosigned, and its line without the line feed. */
export const cosignatureInput = z.object({ size: z.int().min(1), line: z.string().min(1).max(1000) })
