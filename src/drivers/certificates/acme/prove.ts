import { certificateFailures } from '../../../domain/text/certificates.ts'
import { CertificateFailure, type Challenge, type Proof } from '../driver.ts'
import { thumbprintOf } from './jws.ts'
import { authorizationSchema, type AcmeChallenge, type Authorization, type Order } from './messages.ts'
import { plain, readAs, type AcmeSession } from './session.ts'
import { until, type Limits } from './wait.ts'

/** Shows the authority that the names of an order are ours (RFC 8555 section 7.5). */

type Open = { readonly url: string; readonly challenge: AcmeChallenge }
type Asked = { readonly url: string; readonly authorization: Authorization }

async function readAll(session: AcmeSession, order: Order): Promise<readonly Asked[]> {
  const all: Asked[] = []
  for (const url of order.authorizations)
    all.push({ url, authorization: readAs(authorizationSchema, session.host, await session.post(url)) })
  return all
}

const challengeOf = (type: Proof['type'], { challenges }: Authorization): AcmeChallenge | undefined =>
  challenges.find((each) => each.type === type)

/** What shows a name; of an authorization without such a challenge only the name is of use. */
function shownFor(session: AcmeSession, type: Proof['type'], authorization: Authorization): Challenge {
  const token = challengeOf(type, authorization)?.token ?? ''
  const keyAuthorization = `${token}.${thumbprintOf(session.key)}`
  return { name: authorization.identifier.value.toLowerCase(), token, keyAuthorization }
}

function openOne(type: Proof['type'], { url, authorization }: Asked): Open {
  if (authorization.status !== 'pending') throw notProved(authorization)
  const challenge = challengeOf(type, authorization)
  if (challenge?.token === undefined)
    throw new CertificateFailure('refused', certificateFailures.noSuchProof(type), { detail: `no ${type}` })
  return { url, challenge }
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
  const asked = (await readAll(session, order)).filter(
    ({ authorization }) => authorization.status !== 'valid',
  )
  const shown = asked.map(({ authorization }) => shownFor(session, proof.type, authorization))
  try {
    const open = asked.map((each) => openOne(proof.type, each))
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

/**
 * Takes away what an earlier attempt at the order may have left behind. What shows a name that is not proved yet stays:
 * the authority may have been told, and be looking at it now.
 */
export async function withdrawProofs(session: AcmeSession, proof: Proof, order: Order): Promise<void> {
  const all = (await readAll(session, order)).map(({ authorization }) => ({
    isAwaited: authorization.status === 'pending',
    shown: shownFor(session, proof.type, authorization),
  }))
  const awaited = new Set(all.filter(({ isAwaited }) => isAwaited).map(({ shown }) => shown.name))
  const left = all.map(({ shown }) => shown).filter(({ name }) => !awaited.has(name))
  if (left.length > 0) await proof.withdraw(left)
}
