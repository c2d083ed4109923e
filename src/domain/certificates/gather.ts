import { parentOf } from '../dns/names.ts'
import { MAX_NAMES, certificateNames, isWildcard } from './names.ts'

/** A name of one registered domain that waits for a certificate. Oldest first in every list. */
export type WaitingName = {
  readonly name: string
  /** one certificate serves names of one host only: its key never leaves that host */
  readonly host: string
}

export type GatheredCertificate = {
  readonly form: 'single' | 'grouped' | 'wildcard'
  readonly host: string
  /** what the certificate is asked for */
  readonly names: readonly string[]
  /** the waiting names that it serves */
  readonly serves: readonly string[]
}

/** From this many names under one parent on, the wildcard is the smaller certificate. */
const WILDCARD_FROM = 10

function wildcardsOf(host: string, names: readonly string[]): GatheredCertificate[] {
  const byParent = Map.groupBy(names, parentOf)
  return [...byParent].flatMap(([parent, serves]): GatheredCertificate[] =>
    serves.length < WILDCARD_FROM ? [] : [{ form: 'wildcard', host, names: [`*.${parent}`], serves }],
  )
}

function chunked(host: string, names: readonly string[]): GatheredCertificate[] {
  const chunks: GatheredCertificate[] = []
  for (let at = 0; at < names.length; at += MAX_NAMES) {
    const chunk = certificateNames(names.slice(at, at + MAX_NAMES))
    chunks.push({ form: chunk.length === 1 ? 'single' : 'grouped', host, names: chunk, serves: chunk })
  }
  return chunks
}

/**
 * The certificates to ask for. While each name can have its own within the room that is left, it gets its own: one
 * certificate that is revoked or late then concerns one site. Only when more wait than the room holds are the names
 * of one host put together, or served by a wildcard where the proof is made in the DNS.
 */
export function gather(
  waiting: readonly WaitingName[],
  { room, offersWildcard }: { readonly room: number; readonly offersWildcard: boolean },
): readonly GatheredCertificate[] {
  const byHost = Map.groupBy(waiting, ({ host }) => host)
  const hosts = [...byHost].map(([host, each]) => ({
    host,
    names: certificateNames(each.map(({ name }) => name)),
  }))
  const single = hosts.flatMap(({ host, names }) =>
    names.map((name): GatheredCertificate => ({ form: 'single', host, names: [name], serves: [name] })),
  )
  if (single.length <= room) return single
  return hosts.flatMap(({ host, names }) => {
    const wildcards = offersWildcard
      ? wildcardsOf(
          host,
          names.filter((name) => !isWildcard(name)),
        )
      : []
    const served = new Set(wildcards.flatMap(({ serves }) => serves))
    return [
      ...wildcards,
      ...chunked(
        host,
        names.filter((name) => !served.has(name)),
      ),
    ]
  })
}
