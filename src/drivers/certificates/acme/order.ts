import { certificateNames, isSameNames } from '../../../domain/certificates/names.ts'
import { authorityLies, certificateFailures } from '../../../domain/text/certificates.ts'
import { readChain } from '../chain.ts'
import { derOfPem } from '../der.ts'
import { CertificateFailure, type CertificateWish, type SignedChain } from '../driver.ts'
import { orderSchema, type Order } from './messages.ts'
import { proveOrder, withdrawProofs } from './prove.ts'
import { certificateId } from './renewal-info.ts'
import { acmeError, plain, readAs, type AcmeSession } from './session.ts'
import { lie, type Reply } from './transport.ts'
import { until, type Limits } from './wait.ts'

/** An order from its making to the chain (RFC 8555 section 7.1.6). */

type FoundOrder = { readonly url: string; readonly order: Order }

/** An order of an earlier attempt, when it can still come to something for the same names. */
async function findOrder(session: AcmeSession, wish: CertificateWish): Promise<FoundOrder | undefined> {
  if (wish.order === undefined) return undefined
  let order: Order
  try {
    order = readAs(orderSchema, session.host, await session.post(wish.order))
  } catch (error) {
    // the authority forgot it, or it belongs to an account or an authority that was replaced
    if (error instanceof CertificateFailure && ['refused', 'wrong-answer'].includes(error.kind))
      return undefined
    throw error
  }
  const isSame = isSameNames(
    order.identifiers.map(({ value }) => value),
    wish.names,
  )
  return isSame && order.status !== 'invalid' ? { url: wish.order, order } : undefined
}

async function makeOrder(session: AcmeSession, wish: CertificateWish): Promise<FoundOrder> {
  const identifiers = certificateNames(wish.names).map((value) => ({ type: 'dns', value }))
  const replaces =
    wish.replaces !== undefined && session.directory.renewalInfo ? certificateId(wish.replaces) : undefined
  const ask = (more: object): Promise<Reply> =>
    session.post(session.directory.newOrder, { identifiers, ...more })
  const reply =
    replaces === undefined
      ? await ask({})
      : await ask({ replaces }).catch((error: unknown) => {
          // somebody renewed it already, or the authority does not know it: still a certificate is wanted
          const told = ['alreadyReplaced', 'malformed', 'notFound'].map(acmeError)
          if (error instanceof CertificateFailure && told.includes(error.detail)) return ask({})
          throw error
        })
  if (!reply.location) throw lie(session.host, authorityLies.notAcme, 'an order without address')
  const order = readAs(orderSchema, session.host, reply)
  await wish.onOrder?.(reply.location)
  return { url: reply.location, order }
}

function refusalOf(session: AcmeSession, { error }: Order, names: readonly string[]): CertificateFailure {
  const reason = plain(error?.detail ?? error?.type ?? 'invalid')
  const text = error
    ? certificateFailures.refused(session.host, reason)
    : certificateFailures.notProved(names.join(', '), reason)
  return new CertificateFailure(error ? 'refused' : 'not-proved', text, { detail: error?.type ?? reason })
}

/** Waits while the authority works. */
function settled(session: AcmeSession, limits: Limits, url: string, isDone: (order: Order) => boolean) {
  return until(limits, session.host, async () => {
    const reply = await session.post(url)
    const order = readAs(orderSchema, session.host, reply)
    return { found: isDone(order) || order.status === 'invalid' ? order : undefined, reply }
  })
}

/** Brings an order to `valid`, from wherever it stands. */
async function complete(
  session: AcmeSession,
  limits: Limits,
  wish: CertificateWish,
  { url, order }: FoundOrder,
): Promise<Order> {
  let now = order
  if (now.status === 'pending') {
    await proveOrder(session, limits, wish.proof, now)
    now = await settled(session, limits, url, ({ status }) => status !== 'pending')
  }
  if (now.status === 'ready') {
    const csr = derOfPem(wish.csr).toString('base64url')
    now = readAs(orderSchema, session.host, await session.post(now.finalize, { csr }))
  }
  if (now.status !== 'valid' || now.certificate === undefined)
    now = await settled(
      session,
      limits,
      url,
      ({ status, certificate }) => status === 'valid' && certificate !== undefined,
    )
  if (now.status === 'invalid') throw refusalOf(session, now, wish.names)
  return now
}

async function download(session: AcmeSession, order: Order, wish: CertificateWish) {
  const { body } = await session.post(order.certificate ?? '')
  return readChain(body, wish, new Date())
}

/** Has a wish signed. @throws CertificateFailure */
export async function issue(
  session: AcmeSession,
  limits: Limits,
  wish: CertificateWish,
): Promise<SignedChain> {
  const found = await findOrder(session, wish)
  const isOfUse = found !== undefined && (await isForRequest(session, found.order, wish))
  const order = isOfUse ? found : await makeOrder(session, wish)
  // what an attempt that was cut off left in the DNS or on the host goes first
  if (wish.order !== undefined) await withdrawProofs(session, wish.proof, order.order)
  return finish(session, limits, wish, order)
}

/** An order that was signed for a key which no longer exists is of no use. */
async function isForRequest(session: AcmeSession, order: Order, wish: CertificateWish): Promise<boolean> {
  return order.status !== 'valid' || (await download(session, order, wish)).ok
}

async function finish(
  session: AcmeSession,
  limits: Limits,
  wish: CertificateWish,
  found: FoundOrder,
): Promise<SignedChain> {
  const order = await complete(session, limits, wish, found)
  const reading = await download(session, order, wish)
  if (!reading.ok) throw lie(session.host, reading.lie, 'certificate')
  const isExempt = wish.replaces !== undefined && found.order.replaces !== undefined
  return { ...reading.signed, isExempt }
}
