import { basename } from 'node:path'
import type { apiCommandTexts } from '../../domain/text/api-commands.ts'
import { apiArgumentTexts as about } from '../../domain/text/api-commands.ts'
import type { Call } from '../arguments.ts'
import type { Command } from '../command.ts'
import { anyCall } from './any.ts'
import { requestCaseFile } from './case-file.ts'
import { apiCommand, apiPdfCommand } from './command.ts'
import { tableSave } from './table-save.ts'
import { groundsOf, jsonOption, numberOption, readFileOf, wholeNumber } from './values.ts'

const ticket = { name: 'TICKET', about: about.ticket } as const
const visit = { about: about.visit, value: 'N' } as const
const reason = { about: about.reason, value: 'TEXT' } as const
const ground = { about: about.ground, value: 'CODE:TEXT', many: true } as const
const key = { about: about.key, value: 'KEY' } as const

const requests = '/offices/{office}/requests'
const pathOf = (call: Call, rest = ''): string =>
  `${requests}/${encodeURIComponent(call.operands.TICKET!)}${rest}`

/** An act on a request, by its address under it. */
const act = (call: Call, rest: string, json: Record<string, unknown>) => ({
  method: 'POST',
  path: pathOf(call, rest),
  json,
  idempotencyKey: call.one('key'),
})

const seen = (call: Call): { visit?: number } => {
  const given = numberOption(call, 'visit')
  return given === undefined ? {} : { visit: given }
}

/** Every command that does over the API what a person does in the portal. */
export const apiCommands: Readonly<Record<keyof typeof apiCommandTexts, Command>> = {
  'request list': apiCommand({
    options: {
      view: { about: about.view, value: 'VIEW' },
      search: { about: about.search, value: 'TEXT' },
      limit: { about: about.limit, value: 'N' },
      cursor: { about: about.cursor, value: 'CURSOR' },
    },
    request: (call) => ({
      method: 'GET',
      path: requests,
      query: Object.fromEntries(['view', 'search', 'limit', 'cursor'].map((name) => [name, call.one(name)])),
    }),
  }),
  'request show': apiCommand({
    operands: [ticket],
    request: (call) => ({ method: 'GET', path: pathOf(call) }),
  }),
  'request contacts': apiCommand({
    operands: [ticket],
    request: (call) => ({ method: 'GET', path: pathOf(call, '/contacts') }),
  }),
  'request draft': apiCommand({
    operands: [{ ...ticket, optional: true }],
    options: { data: { about: about.data, value: 'JSON', required: true }, key },
    request: async (call) => {
      const json = await jsonOption(call, 'data')
      if (call.operands.TICKET !== undefined)
        return { method: 'PUT', path: pathOf(call, '/application'), json }
      return { method: 'POST', path: requests, json, idempotencyKey: call.one('key') }
    },
  }),
  'request attach': apiCommand({
    operands: [ticket, { name: 'FILE', about: about.pdf }],
    options: { kind: { about: about.kind, value: 'KIND' }, key },
    request: async (call) => ({
      method: 'POST',
      path: pathOf(call, '/documents'),
      query: { kind: call.one('kind'), filename: basename(call.operands.FILE!) },
      bytes: { content: await readFileOf(call.operands.FILE!), type: 'application/pdf' },
      idempotencyKey: call.one('key'),
    }),
  }),
  'request submit': apiCommand({
    operands: [ticket],
    options: { visit, key },
    request: (call) => act(call, '/submission', seen(call)),
  }),
  'request take': apiCommand({
    operands: [ticket],
    options: { visit, key },
    request: (call) => act(call, '/take', seen(call)),
  }),
  'request give-back': apiCommand({
    operands: [ticket],
    options: { visit, key },
    request: (call) => act(call, '/give-back', seen(call)),
  }),
  'request complete': apiCommand({
    operands: [ticket, { name: 'NUMBER', about: about.stepNumber }],
    options: {
      outcome: { about: about.outcome, value: 'ID' },
      form: { about: about.form, value: 'JSON' },
      extra: { about: about.extra, value: 'JSON' },
      ground,
      visit,
      key,
    },
    request: completion,
  }),
  'request refuse': apiCommand({
    operands: [ticket, { name: 'NUMBER', about: about.stepNumber }],
    options: { ground: { ...ground, required: true }, visit, key },
    request: (call) =>
      act(call, '/refusal', {
        step: wholeNumber('NUMBER', call.operands.NUMBER!),
        grounds: groundsOf(call),
        ...seen(call),
      }),
  }),
  'request waive': apiCommand({
    operands: [ticket, { name: 'DOCUMENT', about: about.documentId }],
    options: { reason: { ...reason, required: true }, key },
    request: (call) =>
      act(call, '/waivers', { document: call.operands.DOCUMENT!, reason: call.one('reason')! }),
  }),
  'request withdraw': apiCommand({
    operands: [ticket],
    options: { reason, key },
    request: (call) => act(call, '/withdrawal', call.has('reason') ? { reason: call.one('reason')! } : {}),
  }),
  'request appeal': apiCommand({
    operands: [ticket],
    options: { reason: { ...reason, required: true }, key },
    request: (call) => act(call, '/appeal', { reason: call.one('reason')! }),
  }),
  'request message': apiCommand({
    operands: [ticket, { name: 'MESSAGE', about: about.message, optional: true }],
    options: { key },
    request: (call) =>
      call.operands.MESSAGE === undefined
        ? { method: 'GET', path: pathOf(call, '/messages') }
        : act(call, '/messages', { body: call.operands.MESSAGE }),
  }),
  'name check': apiCommand({
    operands: [{ name: 'LABEL', about: about.label }],
    options: { zone: { about: about.zone, value: 'ZONE', required: true } },
    request: (call) => ({
      method: 'GET',
      path: '/offices/{office}/name-check',
      query: { zone: call.one('zone'), label: call.operands.LABEL },
    }),
  }),
  'request disposition': apiPdfCommand({
    operands: [ticket],
    request: (call) => ({ method: 'GET', path: pathOf(call, '/disposition-sheet') }),
  }),
  'request case-file': requestCaseFile,
  'table save': tableSave,
  'register print': apiPdfCommand({
    operands: [{ name: 'BOOK', about: about.book }],
    options: { year: { about: about.year, value: 'YEAR', required: true } },
    request: (call) => ({
      method: 'GET',
      path: `/offices/{office}/register-books/${encodeURIComponent(call.operands.BOOK!)}`,
      query: { year: call.one('year') },
    }),
  }),
  'logbook renew-key': apiCommand({
    options: { key },
    request: (call) => ({
      method: 'POST',
      path: '/offices/{office}/logbook/key-renewal',
      idempotencyKey: call.one('key'),
    }),
  }),
  'token list': apiCommand({
    options: {
      limit: { about: about.limit, value: 'N' },
      cursor: { about: about.cursor, value: 'CURSOR' },
    },
    request: (call) => ({
      method: 'GET',
      path: '/offices/{office}/tokens',
      query: Object.fromEntries(['limit', 'cursor'].map((name) => [name, call.one(name)])),
    }),
  }),
  'token revoke': apiCommand({
    operands: [{ name: 'TOKEN', about: about.token }],
    request: (call) => ({
      method: 'DELETE',
      path: `/offices/{office}/tokens/${encodeURIComponent(call.operands.TOKEN!)}`,
    }),
  }),
  'office list': apiCommand({ request: () => ({ method: 'GET', path: '/public/offices' }) }),
  api: anyCall,
}

async function completion(call: Call) {
  const [form, extra] = [await jsonOption(call, 'form'), await jsonOption(call, 'extra')]
  const grounds = groundsOf(call)
  return act(call, `/steps/${wholeNumber('NUMBER', call.operands.NUMBER!)}`, {
    ...seen(call),
    ...(call.has('outcome') ? { outcome: call.one('outcome') } : {}),
    ...(form === undefined ? {} : { form }),
    ...(extra === undefined ? {} : { extra }),
    ...(grounds.length > 0 ? { grounds } : {}),
  })
}
