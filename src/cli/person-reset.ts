import { randomBytes, randomUUID } from 'node:crypto'
import { forgetFactorsOnMachine } from '../actions/people/forget-second-factors.ts'
import { publicUrlOf } from '../config.ts'
import { findPersonByEmail } from '../db/accounts.ts'
import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { membershipsOf } from '../db/people.ts'
import { enqueueWith, openQueue } from '../db/queue.ts'
import { resetReason } from '../domain/access/people.ts'
import { roleTexts } from '../domain/access/roles.ts'
import { enrolmentHours } from '../domain/access/second-factor.ts'
import { Refused } from '../domain/refused.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { personCommandTexts as text } from '../domain/text/person-commands.ts'
import { wrongCall } from './arguments.ts'
import type { Command } from './command.ts'
import type { OwnDatabase } from './own-database.ts'
import { withOwnDatabase } from './own-database.ts'

/**
 * `ranah person reset-second-factor`: on the machine of the installation, by whoever may read its key file, for somebody whom
 * no administrator can help. Without `--yes` it only says who it is and what will happen. The portal may run.
 */
export const personReset: Command = {
  operands: [{ name: 'EMAIL', about: text.email }],
  options: {
    reason: { about: text.reason, value: 'TEXT', required: true },
    'show-link': { about: text.showLink },
    yes: { about: about.yes },
  },
  run: async (call, deps) => {
    const reason = resetReason.safeParse(call.one('reason'))
    if (!reason.success) throw wrongCall(text.badReason)
    let code = 1
    await withOwnDatabase(call, deps, async (own) => {
      const person = await findPerson(own.db, call.operands.EMAIL!)
      console.error(call.say(text.before(person.name, person.email)))
      for (const { office, roles } of person.memberships)
        console.error(`- ${office.name}: ${roles.map((role) => call.say(roleTexts[role])).join(', ') || '–'}`)
      if (!call.has('yes')) return console.error(call.say(text.sayYes))
      const link = await reset(own, person, reason.data, deps.enrolmentLink)
      console.error(call.say(text.done(enrolmentHours)))
      if (call.has('show-link')) console.log(link)
      code = 0
    })
    return code
  },
}

type Found = Awaited<ReturnType<typeof findPerson>>

/** @throws Refused `no-person` for nobody, and for somebody who is active in no office */
async function findPerson(db: Db, given: string) {
  const email = given.trim().toLowerCase()
  const found = await findPersonByEmail(db, email)
  const scope = { personId: found?.id ?? '' }
  const memberships = await inScope(db, scope, (tx) => membershipsOf(tx, scope.personId, new Date()))
  if (!found || memberships.length === 0)
    throw new Refused('no-person', text.noPerson(email), { status: 404 })
  return { ...found, email, memberships }
}

/** @returns the link that the mail carries */
async function reset(
  { db, appUrl, config }: OwnDatabase,
  person: Found,
  reason: string,
  linkOf: (publicUrl: string, token: string) => string,
): Promise<string> {
  const boss = openQueue(appUrl, (error) => console.error(error.message))
  await boss.start()
  try {
    const deps = { db, enqueue: enqueueWith(boss), now: () => new Date(), randomBytes, newId: randomUUID }
    const offices = person.memberships.map(({ office }) => office.id)
    const publicUrl = publicUrlOf(config, config.ports.portal)
    return await forgetFactorsOnMachine(deps, person.id, offices, {
      reason,
      linkOf: (token) => linkOf(publicUrl, token),
    })
  } finally {
    await boss.stop({ graceful: false })
  }
}
