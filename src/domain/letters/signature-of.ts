import type { ServerDriverName } from '../office/server-drivers.ts'
import type { Signature } from './parts.ts'

type Holder = {
  readonly acting: 'Plt.' | 'Plh.' | 'a.n.' | null
  readonly post: string
  readonly name: string
  readonly rank: string | null
  readonly nip: string | null
  readonly driver: ServerDriverName | null
}

/** The signature block of whoever holds the office; with a way to an electronic signature its place is prepared. */
export function signatureOf({ acting, post, name, rank, nip, driver }: Holder): Signature {
  return {
    ...(acting && { acting }),
    post,
    name,
    ...(rank && { rank }),
    ...(nip && { nip }),
    ...(driver && { electronic: driver === 'bsre' ? ('bsre' as const) : ('own' as const) }),
  }
}
