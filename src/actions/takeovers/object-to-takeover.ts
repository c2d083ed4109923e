import * as z from 'zod'
import { Refused } from '../../domain/refused.ts'
import { mailBody } from '../../domain/text/mails.ts'
import { objectionMail, takeoverTexts } from '../../domain/text/takeover.ts'
import { peopleOfActor } from '../../db/requests/recipients.ts'
import type { Tx } from '../../db/database.ts'
import { readRequestById } from '../../db/requests/requests.ts'
import { readSopVersion } from '../../db/sops.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'
import { hashOfToken } from './open-takeover.ts'

export const objectionText = z.string().trim().min(10).max(2000)

export type OpenWarning = {
  readonly requestId: string
  readonly ticket: string
  readonly email: string
  readonly service: string
  readonly agency: string
}

/** @returns what the link of a warning is about, while it can still be objected to; nothing otherwise */
export async function openWarning(tx: Tx, token: string): Promise<OpenWarning | undefined> {
  return tx
    .selectFrom('takeover_warnings as w')
    .innerJoin('requests as r', 'r.id', 'w.request_id')
    .innerJoin('service_takeovers as t', 't.request_id', 'w.request_id')
    .innerJoin('services as s', 's.id', 't.service_id')
    .innerJoin('agencies as a', 'a.id', 'r.agency_id')
    .select(['w.request_id as requestId', 'r.ticket', 'w.email', 's.fqdn as service', 'a.name as agency'])
    .where('w.token_hash', '=', hashOfToken(token))
    .where('w.objected_at', 'is', null)
    .where('r.phase', '=', 'running')
    .executeTakeFirst()
}

/**
 * An old contact objects, by the link that only they were sent. The desk is told.
 * @throws Refused `link-over` (404) for an unknown link, one that was used, and a request that has ended
 */
export async function objectToTakeover(
  deps: Deps,
  actor: SystemActor,
  input: { readonly token: string; readonly text: string; readonly urlOf: (ticket: string) => string },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const warning = await openWarning(tx, input.token)
    const marked =
      warning &&
      (await tx
        .updateTable('takeover_warnings')
        .set({ objected_at: deps.now(), objection: input.text })
        .where('token_hash', '=', hashOfToken(input.token))
        .where('objected_at', 'is', null)
        .returning('email')
        .executeTakeFirst())
    if (!marked) throw new Refused('link-over', takeoverTexts.linkOver, { status: 404 })
    const mail = objectionMail(warning.ticket, warning.service, input.urlOf(warning.ticket))
    for (const { email } of await deskOf(tx, warning.requestId, deps.now()))
      await write.job('send-mail', {
        messageId: `${deps.newId()}@ranah.invalid`,
        to: email,
        subject: mail.subject.id,
        text: mailBody(mail, 'id'),
      })
    write.note({
      act: 'takeover.objected',
      subject: { kind: 'request', id: warning.ticket },
      role: 'old-contact',
      personal: { email: warning.email, objection: input.text },
    })
  })
}

/** Whoever works on the request for the office, each once. */
async function deskOf(tx: Tx, requestId: string, now: Date) {
  const row = (await readRequestById(tx, requestId))!
  const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
  const people = new Map<string, { readonly email: string }>()
  for (const actor of sop.actors.filter(({ party }) => party === 'office'))
    for (const each of await peopleOfActor(tx, sop, row, actor.id, now)) people.set(each.personId, each)
  return people.values()
}
