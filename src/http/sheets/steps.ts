import type { Locale, Text } from '../../domain/refused.ts'
import { numberColumn, textColumn } from '../../domain/sheets/columns.ts'
import type { SopDocument, SopStep } from '../../domain/sop/document.ts'
import { arrowsFrom } from '../../domain/sop/graph.ts'
import { describeStandardTime } from '../../domain/sop/standard-time.ts'
import { sopTexts as text } from '../../domain/text/sop-pages.ts'
import type { Sheet } from './sheet.ts'
import { shortSheet } from './sheet.ts'

/** Where a step leads to, in words. */
export function nextWords(say: (text: Text) => string, sop: SopDocument, step: SopStep): string {
  return arrowsFrom(sop, step)
    .map(({ outcome, to }) => {
      const target = say(to === 'end' ? text.toEnd : text.toStep(to))
      return outcome ? `${outcome.label}: ${target}` : target
    })
    .join('; ')
}

/** The steps of an SOP. */
export function stepSheet({ say }: { say: (text: Text) => string }, sop: SopDocument, locale: Locale): Sheet {
  const actor = (id: string) => sop.actors.find((each) => each.id === id)?.title ?? id
  return shortSheet<SopStep>({
    name: 'langkah-sop',
    title: say(text.stepsTitle),
    columns: [
      numberColumn(say(text.no), (step) => step.no),
      textColumn(say(text.activity), (step) => step.text),
      textColumn(say(text.actor), (step) => [step.actor, ...step.with].map(actor).join(', ')),
      textColumn(say(text.requirements), (step) => step.requirements.map((each) => each.text).join('\n')),
      textColumn(say(text.time), (step) => describeStandardTime(step.standardTime, locale)),
      textColumn(say(text.output), (step) => step.output.join('\n')),
      textColumn(say(text.next), (step) => nextWords(say, sop, step)),
      textColumn(say(text.remark), (step) => step.remark),
    ],
    all: async () => sop.steps,
  })
}
