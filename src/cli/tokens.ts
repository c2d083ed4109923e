import { randomBytes, randomUUID } from 'node:crypto'
import { createApiToken } from '../actions/people/create-api-token.ts'
import { revokeApiToken } from '../actions/people/revoke-api-token.ts'
import type { Deps, SystemActor } from '../actions/act.ts'
import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { findMember, listTokens } from '../db/people.ts'
import { tokenInput } from '../domain/access/token-limits.ts'
import { Refused } from '../domain/refused.ts'
import { apiArgumentTexts } from '../domain/text/api-commands.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { issuesOf } from '../domain/text/issues.ts'
import { tokenCommandTexts as say } from '../domain/text/tokens.ts'
import type { Call } from './arguments.ts'
import { wrongCall } from './arguments.ts'
import type { Command } from './command.ts'
import type { CommandDeps } from './installation.ts'
import { apiCommands } from './api/commands.ts'
import { numberOption } from './api/values.ts'
import { withOwnOffice } from './own-database.ts'

/** More than an office has; the rest is seen in the portal. */
const maxListed = 1000

/** What the operator does on the machine itself, in nobody's name: the logbook says that it was the system. */
const depsOf = (db: Db): Deps => ({
  db,
  enqueue: () => Promise.reject(new Error('no job follows')),
  now: () => new Date(),
  randomBytes,
  newId: randomUUID,
})
const operator = (officeId: string): SystemActor => ({ kind: 'system', officeId })

/** `ranah token create`: for a person of the office, with the limits that the portal offers. */
export const tokenCreate: Command = {
  options: {
    office: { about: about.officeSlug, value: 'SLUG', required: true },
    person: { about: say.person, value: 'EMAIL', required: true },
    name: { about: say.name, value: 'TEXT', required: true },
    days: { about: say.days, value: 'N' },
    scope: { about: say.scope, value: 'AREA:read|write', many: true },
    only: { about: say.only, value: 'NAME', many: true },
    'record-type': { about: say.recordType, value: 'TYPE', many: true },
    network: { about: say.network, value: 'NETWORK', many: true },
    json: { about: about.json },
  },
  run: async (call, deps) => {
    const input = inputOf(call)
    await withOwnOffice(call, deps, async (db, office) => {
      const email = call.one('person')!
      const owner = await inScope(db, { officeId: office.id }, (tx) => findMember(tx, office.id, email))
      if (!owner) throw new Refused('no-person', say.noPerson(email), { status: 404 })
      // Whoever is on the machine needs no code; the token rests all the same while its owner has no second factor.
      const holder = { personId: owner, provenBy: 'code' } as const
      const made = await createApiToken(depsOf(db), operator(office.id), input, holder)
      if (call.has('json')) return console.log(JSON.stringify(made))
      console.error(call.say(say.shownOnce(made.expiresAt.toISOString().slice(0, 10))))
      console.log(made.token)
    })
    return 0
  },
}

function inputOf(call: Call) {
  const lists = { scopes: 'scope', names: 'only', recordTypes: 'record-type', networks: 'network' } as const
  const given = Object.entries(lists).flatMap(([field, option]) =>
    call.has(option) ? [[field, call.all(option)] as const] : [],
  )
  const days = numberOption(call, 'days')
  const read = tokenInput.safeParse({
    name: call.one('name'),
    ...(days !== undefined && { days }),
    ...Object.fromEntries(given),
  })
  if (read.success) return read.data
  const [issue] = issuesOf(read.error)
  const [field = ''] = issue!.field.split('.')
  const option = field in lists ? lists[field as keyof typeof lists] : field
  throw wrongCall({ id: `--${option}: ${issue!.text.id}`, en: `--${option}: ${issue!.text.en}` })
}

/** Over the API where there is a token for it, otherwise on this machine for the office that is named. */
function alsoHere(overApi: Command, here: (call: Call, deps: CommandDeps) => Promise<void>): Command {
  const run: Command['run'] = async (call, deps) => {
    if (process.env.RANAH_TOKEN || !call.has('office')) return overApi.run(call, deps)
    await here(call, deps)
    return 0
  }
  return { ...overApi, run }
}

export const tokenList: Command = alsoHere(apiCommands['token list'], (call, deps) =>
  withOwnOffice(call, deps, async (db, { id }) => {
    const limit = maxListed
    const tokens = await inScope(db, { officeId: id }, (tx) => listTokens(tx, id, undefined, { limit }))
    if (call.has('json')) return console.log(JSON.stringify(tokens))
    for (const { id: token, name, owner, expiresAt, scopes } of tokens)
      console.log([token, expiresAt.toISOString().slice(0, 10), owner, name, ...(scopes ?? [])].join('  '))
  }),
)

export const tokenRevoke: Command = alsoHere(apiCommands['token revoke'], (call, deps) =>
  withOwnOffice(call, deps, async (db, { id }) => {
    const token = call.operands.TOKEN!
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(token)) throw wrongCall(apiArgumentTexts.token)
    await revokeApiToken(depsOf(db), operator(id), token)
    console.error(call.say(say.revoked))
  }),
)
