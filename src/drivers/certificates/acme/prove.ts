import { certificateFailures } from '../../../domain/text/certificates.ts'
import { CertificateFailure, type Challenge, type Proof } from '../driver.ts'
import { thumbprintOf } from './jws.ts'
import { authorizationSchema, type AcmeChallenge, type Authorization, type Order } from './messages.ts'
import { plain, readAs, type AcmeSession } from './session.ts'
import { until, type Limits } from './wait.ts'

/** Shows the authority that the names of an order are ours (RFC 8555 section 7.5). */

type Open = { readonly url: string; readonly challenge: AcmeChallenge; readonly shown: Challenge }

const read = async (session: AcmeSession, url: string): Promise<Authorization> =>
  readAs(authorizationSchema, session.host, await session.post(url))

function shownFor(session: AcmeSession, { identifier }: Authorization, token: string): Challenge {
  const keyAuthorization = `${token}.${thumbprintOf(session.key)}`
  return { name: identifier.value.toLowerCase(), token, keyAuthorization }
}

function openOne(
  session: AcmeSession,
  type: Proof['type'],
  url: string,
  authorization: Authorization,
): Open[] {
  if (authorization.status === 'valid') return []
  if (authorization.status !== 'pending') throw notProved(authorization)
  const challenge = authorization.challenges.find((each) => each.type === type)
  if (challenge?.token === undefined)
    throw new CertificateFailure('refused', certificateFailures.noSuchProof(type), { detail: `no ${type}` })
  return [{ url, challenge, shown: shownFor(session, authorization, challenge.token) }]
}

function notProved({ identifier, status, challenges }: Authorization): CertificateFailure {
  const error = challenges.find((challenge) => challenge.error)?.error
  const reason = plain(error?.detail ?? error?.type ?? status)
  const text = certificateFailures.notProved(identifier.value, reason)
  return new CertificateFailure('not-proved', text, { detail: error?.type ?? status })
}

async function settle(session: AcmeSession, limits: Limits, url: string): Promise<void> {
  const done = await until(limits, session.host, async () => {
    const reply = await session.post(url)
    const authorization = readAs(authorizationSchema, session.host, reply)
    return { found: authorization.status === 'pending' ? undefined : authorization, reply }
  })
  if (done.status !== 'valid') throw notProved(done)
}

/** Proves every name that is not proved yet. What was published is taken away again, whatever comes of it. */
export async function proveOrder(
  session: AcmeSession,
  limits: Limits,
  proof: Proof,
  order: Order,
): Promise<void> {
  const open: Open[] = []
  for (const url of order.authorizations)
    open.push(...openOne(session, proof.type, url, await read(session, url)))
  const shown = open.map((each) => each.shown)
  try {
    await proof.publish(shown)
    // a challenge that was answered before a crash must not be answered again (RFC 8555 section 7.5.1)
    for (const { challenge } of open)
      if (challenge.status === 'pending') await session.post(challenge.url, {})
    for (const { url } of open) await settle(session, limits, url)
  } catch (error) {
    // the reason why there is no proof says more than that it could not be taken away; the next attempt does that
    await proof.withdraw(shown).catch(() => {})
    throw error
  }
  await proof.withdraw(shown)
}

/** Takes away what an earlier attempt at the order may have left behind. */
export async function withdrawProofs(session: AcmeSession, proof: Proof, order: Order): Promise<void> {
  const shown: Challenge[] = []
  for (const url of order.authorizations) {
    const authorization = await read(session, url)
    const challenge = authorization.challenges.find((each) => each.type === proof.type)
    shown.push(shownFor(session, authorization, challenge?.token ?? ''))
  }
  await proof.withdraw(shown)
}
