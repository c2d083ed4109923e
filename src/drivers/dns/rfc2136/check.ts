import { decodeMessage, messageOf, type Message } from '../../../domain/dns/message.ts'
import { canonicalName } from '../../../domain/dns/names.ts'
import { CLASS, RCODE, TYPE, rcodeName } from '../../../domain/dns/types.ts'
import { updateMessage } from '../../../domain/dns/update.ts'
import type { Text } from '../../../domain/refused.ts'
import { dnsServerText as text } from '../../../domain/text/dns-servers.ts'
import { connectFailure } from '../connect-failure.ts'
import type { CheckFinding } from '../../../domain/office/server-drivers.ts'
import { NoAnswer, TcpSession } from '../exchange.ts'
import { questionFor } from '../rrsets.ts'
import { nameOf, type Primary } from './primary.ts'

/** Says exactly what stands between us and a primary; nothing is changed by asking. */

const TSIG_BADSIG = 16

const good = (sentence: Text): CheckFinding => ({ ok: true, text: sentence })
const bad = (sentence: Text): CheckFinding => ({ ok: false, text: sentence })

/** What the server says about our signature; nothing where it took it. */
function keyProblem({ tsig, rcode }: Message, { key }: Primary): Text | undefined {
  if (tsig?.error === RCODE.BADKEY) return text.keyUnknown(key.name, key.algorithm)
  if (tsig?.error === TSIG_BADSIG) return text.secretWrong(key.name)
  if (tsig?.error === RCODE.BADTIME) return text.clockWrong(clockDifference(tsig))
  // Some servers say no more than this (PowerDNS 4.7).
  if (rcode === RCODE.NOTAUTH && (tsig === null || tsig.mac.length === 0)) {
    return text.keyRefused(key.name, rcodeName(rcode))
  }
  return undefined
}

/** The server's clock stands in the answer (RFC 8945 section 5.2.3). */
function clockDifference({ other, timeSigned }: NonNullable<Message['tsig']>): number | null {
  return other.length === 6 ? Math.abs(other.readUIntBE(0, 6) - timeSigned) : null
}

/** The first answer to a message as it came: it is looked at, not believed. */
function firstAnswer(
  session: TcpSession,
  question: (id: number) => Message,
  key: Primary['key'] | null,
): Promise<Message> {
  return session.converse(question, key, (octets) => decodeMessage(octets))
}

async function open(primary: Primary): Promise<TcpSession | Text> {
  try {
    return await TcpSession.open(primary.endpoint)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    const cause = error.cause as { code?: unknown } | undefined
    const code = typeof cause?.code === 'string' ? cause.code : error.message
    return text.cannotConnect(
      nameOf(primary),
      connectFailure(code === 'connect timeout' ? 'ETIMEDOUT' : code),
    )
  }
}

/** One question over a connection of its own, so that a server that hangs up spoils no other. */
async function asked(
  primary: Primary,
  question: (id: number) => Message,
  key: Primary['key'] | null,
): Promise<Message | Text> {
  const session = await open(primary)
  if (!(session instanceof TcpSession)) return session
  try {
    return await firstAnswer(session, question, key)
  } catch {
    return text.notDns(nameOf(primary))
  } finally {
    session.close()
  }
}

function isText(answer: Message | Text): answer is Text {
  return 'en' in answer
}

function hasSoa({ answers, authoritative, rcode }: Message, zone: string): boolean {
  const isSoa = answers.some(({ name, type }) => type === TYPE.SOA && canonicalName(name) === zone)
  return isSoa && authoritative && rcode === RCODE.NOERROR
}

async function checkAuthority(primary: Primary, zone: string): Promise<CheckFinding[]> {
  const plain = await asked(primary, questionFor(zone, 'SOA'), null)
  if (isText(plain)) return [bad(plain)]
  const signed = hasSoa(plain, zone) ? plain : await asked(primary, questionFor(zone, 'SOA'), primary.key)
  const connected = good(text.connected(nameOf(primary)))
  if (isText(signed)) return [connected, bad(signed)]
  if (hasSoa(signed, zone)) return [connected, good(text.authoritative(zone))]
  const problem = keyProblem(signed, primary)
  // an unknown key hides the zone only where anybody else may not ask either
  if (problem && signed.tsig) return [connected, bad(problem)]
  const detail = plain.rcode === RCODE.NOERROR ? 'not authoritative' : rcodeName(plain.rcode)
  return [connected, bad(text.notAuthoritative(zone, detail))]
}

function askUpdate(primary: Primary, zone: string): Promise<Message | Text> {
  const rule = { kind: 'name-in-use', name: zone } as const
  return asked(primary, (id) => updateMessage({ id, zone, prerequisites: [rule], lines: [] }), primary.key)
}

function askTransfer(primary: Primary, zone: string, key: Primary['key'] | null): Promise<Message | Text> {
  const questions = [{ name: zone, type: TYPE.AXFR, class: CLASS.IN }]
  return asked(primary, (id) => messageOf({ id, questions }), key)
}

/** Only who knows the secret can sign the answer, whatever it says. */
function isSigned({ tsig }: Message): boolean {
  return tsig !== null && tsig.mac.length > 0 && tsig.error === 0
}

function rightFinding(answer: Message, allowed: Text, refused: (rcode: string) => Text): CheckFinding {
  if (answer.rcode === RCODE.NOERROR) return good(allowed)
  const rcode = rcodeName(answer.rcode)
  return bad(answer.rcode === RCODE.SERVFAIL ? text.serverFailed(rcode) : refused(rcode))
}

/**
 * Both rights together tell a wrong key from a key without one of them: Knot answers BADKEY to a key that it knows
 * where that may not do what it asks for, and PowerDNS says nothing about keys.
 */
async function checkRights(primary: Primary, zone: string): Promise<CheckFinding[]> {
  const update = await askUpdate(primary, zone)
  if (isText(update)) return [bad(update)]
  const transfer = await askTransfer(primary, zone, primary.key)
  if (isText(transfer)) return [bad(transfer)]
  const isKeyRight = [update, transfer].some((each) => isSigned(each) || each.rcode === RCODE.NOERROR)
  if (!isKeyRight) {
    const problem = keyProblem(update, primary) ?? keyProblem(transfer, primary)
    return [bad(problem ?? text.keyRefused(primary.key.name, rcodeName(update.rcode)))]
  }
  const findings = [
    good(text.keyAccepted(primary.key.name)),
    rightFinding(update, text.updateAllowed, text.updateRefused),
    rightFinding(transfer, text.transferAllowed, text.transferRefused),
  ]
  const anybody = await askTransfer(primary, zone, null)
  const isOpen = !isText(anybody) && anybody.rcode === RCODE.NOERROR && anybody.answers.length > 0
  return isOpen ? [...findings, good(text.transferOpen)] : findings
}

/** See `DnsDriver.check`. What cannot be judged before an earlier fault is mended is left out. */
export async function checkZone(primary: Primary, zone: string): Promise<CheckFinding[]> {
  const authority = await checkAuthority(primary, zone)
  if (authority.some(({ ok }) => !ok)) return authority
  return [...authority, ...(await checkRights(primary, zone))]
}
