import * as z from 'zod'
import { notFound } from '../../actions/act.ts'
import { revealByCode, sendRevealCode } from '../../actions/services/reveal-by-code.ts'
import type { OpenedReveal } from '../../actions/services/reveal-credentials.ts'
import { revealCredentials } from '../../actions/services/reveal-credentials.ts'
import type { Db } from '../../db/database.ts'
import { inScope } from '../../db/database.ts'
import type { OfficeFacts } from '../../db/people.ts'
import { listOffices } from '../../db/people.ts'
import type { RevealFacts } from '../../db/services/lists.ts'
import { readReveal } from '../../db/services/lists.ts'
import type { HandOver } from '../../domain/fulfilment/seal.ts'
import { ageContent } from '../../domain/fulfilment/seal.ts'
import { Refused } from '../../domain/refused.ts'
import { normalizeCode } from '../../domain/requests/ticket.ts'
import { credentialTexts } from '../../domain/text/credentials.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import { memberOf } from '../visitor.ts'

export type FoundReveal = { readonly reveal: RevealFacts; readonly office: OfficeFacts }

/**
 * @returns the reveal with this id, of whatever office: its address names none
 * @throws Refused (404) for an unknown one
 */
export async function findReveal(db: Db, id: string): Promise<FoundReveal> {
  if (!z.uuid().safeParse(id).success) throw notFound()
  for (const office of await listOffices(db)) {
    const reveal = await inScope(db, { officeId: office.id }, (tx) => readReveal(tx, id))
    if (reveal) return { reveal, office }
  }
  throw notFound()
}

/** Whether this signed-in person is the contact for whom the credentials are. */
export function isContact(person: Person | undefined, { reveal, office }: FoundReveal): boolean {
  if (!person || person.owes || person.email.toLowerCase() !== reveal.contactEmail) return false
  return person.memberships.some((each) => each.office.id === office.id)
}

/** Opens the credentials for the signed-in contact, once. */
export async function openForContact(
  deps: HttpDeps,
  person: Person,
  { reveal, office }: FoundReveal,
): Promise<HandOver> {
  return handOver(
    deps,
    reveal.id,
    await revealCredentials(deps, memberOf(person, office.slug).member, reveal.id),
  )
}

/** What is given to the contact: encrypted to their age key, if they gave one before or since it was made. */
export async function handOver(deps: HttpDeps, revealId: string, opened: OpenedReveal): Promise<HandOver> {
  const kept = deps.unseal(revealId, opened.sealed)
  const { recipient } = opened
  if ('age' in kept || recipient === null) return kept
  return { recipient, age: await deps.encryptFor(recipient, ageContent(kept)) }
}

/** Whether the knower of the address also knows what the credentials belong to: the ticket, or the name. */
function knows({ reveal }: FoundReveal, typed: string): boolean {
  if (reveal.ticket !== null && normalizeCode(typed) === reveal.ticket) return true
  return reveal.ticket === null && typed.trim().toLowerCase() === reveal.fqdn
}

/**
 * Mails a code to the contact when the ticket fits and the credentials wait to be opened. Whoever asks learns
 * nothing: the answer is the same.
 */
export async function askForCode(deps: HttpDeps, found: FoundReveal, typed: string): Promise<void> {
  const { reveal, office } = found
  if (!knows(found, typed) || reveal.status !== 'ready' || reveal.expiresAt <= deps.now()) return
  await sendRevealCode(deps, { kind: 'system', officeId: office.id }, reveal.id)
}

/**
 * Opens the credentials with ticket and mailed code, once.
 * @throws Refused `code-wrong` (403), the same for a ticket that does not fit
 */
export async function openByCode(
  deps: HttpDeps,
  found: FoundReveal,
  typed: { readonly ticket: string; readonly code: string },
): Promise<HandOver> {
  const { reveal, office } = found
  if (!knows(found, typed.ticket)) throw new Refused('code-wrong', credentialTexts.codeWrong, { status: 403 })
  const system = { kind: 'system', officeId: office.id } as const
  return handOver(deps, reveal.id, await revealByCode(deps, system, reveal.id, typed.code))
}
