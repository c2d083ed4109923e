import type { Text } from '../refused.ts'

/**
 * What the step "provision" makes of a granted request:
 * - `subdomain`: the DNS record only; `hosting`: the site under an existing name; `subdomain-hosting`: both
 * - `re-registration`: the service's registered-until date moves on
 * - `closure`: site and record go away, the name is released
 * - `manual`: the operator does it by hand and records what was done
 */
export const fulfilments = [
  'subdomain',
  'hosting',
  'subdomain-hosting',
  're-registration',
  'closure',
  'manual',
] as const
export type Fulfilment = (typeof fulfilments)[number]

export type RequestKind = { readonly id: string; readonly label: Text; readonly fulfilment: Fulfilment }

/** Request kinds that every office knows; an SOP may add its own under `serves`. */
export const knownKinds: readonly RequestKind[] = [
  { id: 'subdomain', label: { id: 'Subdomain', en: 'Subdomain' }, fulfilment: 'subdomain' },
  { id: 'hosting', label: { id: 'Hosting', en: 'Hosting' }, fulfilment: 'hosting' },
  {
    id: 'subdomain-hosting',
    label: { id: 'Subdomain dan hosting', en: 'Subdomain and hosting' },
    fulfilment: 'subdomain-hosting',
  },
  {
    id: 're-registration',
    label: { id: 'Pendaftaran ulang', en: 'Re-registration' },
    fulfilment: 're-registration',
  },
  { id: 'closure', label: { id: 'Penutupan layanan', en: 'Closure of the service' }, fulfilment: 'closure' },
]

/** What a request of this fulfilment needs to name: a new name, an existing service, or neither. */
export function subjectOf(fulfilment: Fulfilment): 'new-name' | 'existing-service' | 'none' {
  switch (fulfilment) {
    case 'subdomain':
    case 'subdomain-hosting':
      return 'new-name'
    case 'hosting':
    case 're-registration':
    case 'closure':
      return 'existing-service'
    case 'manual':
      return 'none'
  }
}
