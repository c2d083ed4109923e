import type { Proof } from './driver.ts'

/** Where a site host shows a proof: under `/.well-known/acme-challenge/` of the name. */
export type ProofHost = {
  /** `content` at the address of `token`, as plain HTTP on port 80 serves it */
  readonly show: (name: string, token: string, content: string) => Promise<void>
  /** takes away every proof of the name; none is fine too */
  readonly hide: (name: string) => Promise<void>
}

/** Proves names by the site host that serves them (RFC 8555 section 8.3). */
export function httpProof(host: ProofHost): Proof {
  return {
    type: 'http-01',
    publish: async (challenges) => {
      for (const { name, token, keyAuthorization } of challenges)
        await host.show(name, token, keyAuthorization)
    },
    withdraw: async (challenges) => {
      for (const { name } of challenges) await host.hide(name)
    },
  }
}
