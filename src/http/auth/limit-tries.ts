import { countTry, uncountTry } from '../../db/tries.ts'
import { Refused } from '../../domain/refused.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import { networkOf } from '../client-address.ts'
import type { HttpDeps } from '../deps.ts'

/** Tries of one public form from one network. */
const maxTries = 30
const windowMs = 60 * 60 * 1000
const windowMinutes = windowMs / 60_000

/**
 * Holds up a network that sends a public form again and again.
 * @param form a short name of the form
 * @throws Refused (429) after too many within the hour
 */
export async function limitTries(deps: HttpDeps, form: string, address: string): Promise<void> {
  const count = await countTry(deps.db, keyOf(form, address), windowMs, deps.now())
  if (count > maxTries)
    throw new Refused('too-many-tries', peopleTexts.tooManyTries(windowMinutes), { status: 429 })
}

/** A try that came to a good end does not count: a whole office may sit behind one address. */
export const forgiveTry = (deps: HttpDeps, form: string, address: string): Promise<void> =>
  uncountTry(deps.db, keyOf(form, address))

const keyOf = (form: string, address: string): string => `${form} ${networkOf(address)}`
