import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { isHeld } from '../db/requests/names.ts'
import { readRequest } from '../db/requests/requests.ts'
import { findZone } from '../db/office/zones.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { ServiceName } from '../domain/dns/service-name.ts'
import { parseServiceName } from '../domain/dns/service-name.ts'
import type { Text } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { applicationTexts } from '../domain/text/application.ts'
import { nameTexts } from '../domain/text/names.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import { DnsFailure } from '../drivers/dns/driver.ts'

export type NameQuestion = {
  readonly officeId: string
  /** Id or name of the parent domain. */
  readonly zone: string
  readonly label: string
  /** Ticket of the request that asks: the name it holds itself is not taken. */
  readonly ticket?: string
}

/** `unknown`: free among the requests, but the name server could not be asked; never told as free. */
export type NameAnswer = {
  readonly verdict: 'free' | 'invalid' | 'taken' | 'in-zone' | 'unknown'
  /** Stable reason of an invalid name, e.g. `name-reserved`. */
  readonly reason: string | null
  readonly fqdn: string | null
  readonly text: Text
}

export type NameCheckDeps = { readonly db: Db; readonly dnsOf: (zone: ServedZone) => DnsDriver }

/**
 * Whether a name could be applied for: its own rules and the reserved list, names held by requests and services,
 * and the live zone. Nothing is held by asking.
 */
export async function checkName(deps: NameCheckDeps, question: NameQuestion): Promise<NameAnswer> {
  const zone = await inScope(deps.db, question, (tx) => findZone(tx, question.zone))
  if (!zone) return answer('invalid', 'zone-unknown', null, applicationTexts.zoneMissing)
  const name = parsed(question.label, zone.name)
  if ('verdict' in name) return name
  const { fqdn } = name
  const held = await inScope(deps.db, question, async (tx) => {
    const own = question.ticket ? await readRequest(tx, question.ticket) : undefined
    return isHeld(tx, fqdn, own?.id)
  })
  if (held) return answer('taken', 'name-taken', fqdn, nameTexts.taken(fqdn))
  return liveAnswer(deps, zone, fqdn)
}

async function liveAnswer(deps: NameCheckDeps, zone: ServedZone, fqdn: string): Promise<NameAnswer> {
  try {
    if (await deps.dnsOf(zone).isNameInUse(zone.name, fqdn))
      return answer('in-zone', 'name-in-zone', fqdn, nameTexts.inZone(fqdn))
    return answer('free', null, fqdn, nameTexts.free(fqdn))
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    return answer('unknown', 'dns-unknown', fqdn, nameTexts.zoneUnknown)
  }
}

function parsed(label: string, zone: string): ServiceName | NameAnswer {
  try {
    return parseServiceName(label, zone)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return answer('invalid', error.reason, null, error.text)
  }
}

const answer = (
  verdict: NameAnswer['verdict'],
  reason: string | null,
  fqdn: string | null,
  text: Text,
): NameAnswer => ({ verdict, reason, fqdn, text })
