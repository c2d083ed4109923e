import * as z from 'zod'
import { apiArgumentTexts as about } from '../../domain/text/api-commands.ts'
import { argumentTexts } from '../../domain/text/commands.ts'
import type { Call, Operand, Option } from '../arguments.ts'
import type { Command } from '../command.ts'
import type { ApiRequest } from './portal.ts'
import { callPortal, readAccess } from './portal.ts'
import { requireNew, writeWhole } from '../whole-file.ts'

/** One command that is one call of the API. */
export type ApiCommand = {
  readonly operands?: readonly Operand[]
  readonly options?: Readonly<Record<string, Option>>
  readonly request: (call: Call) => ApiRequest | Promise<ApiRequest>
}

/** What every command over the API understands. */
export const accessOptions = {
  office: { about: about.office, value: 'SLUG' },
  json: { about: about.json },
} as const

/** @returns the command that prints sentences, or with --json the answer as it came */
export function apiCommand(spec: ApiCommand): Command {
  return {
    ...(spec.operands ? { operands: spec.operands } : {}),
    options: { ...spec.options, ...accessOptions },
    run: async (call) => {
      const access = readAccess(process.env, call.one('office'))
      const answer = await callPortal(access, await spec.request(call), call.locale)
      const text = await answer.text()
      if (text !== '') console.log(call.has('json') ? text : inWords(JSON.parse(text)))
      return 0
    },
  }
}

/** @returns the command that saves a PDF which the API answers; the file is there whole or not at all */
export function apiPdfCommand(spec: ApiCommand): Command {
  return {
    ...(spec.operands ? { operands: spec.operands } : {}),
    options: {
      ...spec.options,
      office: accessOptions.office,
      output: { about: argumentTexts.outputFile, value: 'OUT.pdf', short: 'o', required: true },
    },
    run: async (call) => {
      const access = readAccess(process.env, call.one('office'))
      await requireNew(call.one('output')!)
      const answer = await callPortal(access, await spec.request(call), call.locale)
      await writeWhole(call.one('output')!, Buffer.from(await answer.arrayBuffer()))
      return 0
    },
  }
}

const standing = z.looseObject({ ticket: z.string(), status: z.string(), trouble: z.string().nullish() })
const named = z.looseObject({ slug: z.string(), name: z.string(), government: z.string() })
const verdict = z.looseObject({ verdict: z.string(), text: z.string() })
const page = z.object({ items: z.array(z.unknown()), next: z.string().nullable().optional() })
const whole = z.looseObject({ sop: z.unknown(), may: z.unknown() })

/** The answers that have a short form; everything else as indented JSON. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join('\n')
  const list = page.safeParse(value)
  if (list.success) {
    const { items, next } = list.data
    return [...items.map(inWords), ...(next ? [`next: ${next}`] : [])].join('\n')
  }
  if (whole.safeParse(value).success) return JSON.stringify(value, null, 2)
  const request = standing.safeParse(value)
  if (request.success) {
    const { ticket, name, status, trouble } = request.data
    return [ticket, name, status, trouble].filter((each) => typeof each === 'string').join('  ')
  }
  const office = named.safeParse(value)
  if (office.success) return `${office.data.slug}  ${office.data.name}`
  const check = verdict.safeParse(value)
  if (check.success) return `${check.data.verdict}: ${check.data.text}`
  return JSON.stringify(value, null, 2)
}
