import type { Text } from '../refused.ts'

/**
 * What the step "provision" makes of a granted request:
 * - `subdomain`: the DNS record only; `hosting`: the site under an existing name; `subdomain-hosting`: both
 * - `record-change`: the records at and below the name change; `contact-change`: the service's two contacts change
 * - `contact-takeover`: the same where all contacts have left; they lose what they had, and the credentials change
 * - `re-registration`: the service's registered-until date moves on
 * - `closure`: site and record go away, the name is released
 * - `manual`: the operator does it by hand and records what was done
 */
export const fulfilments = [
  'subdomain',
  'hosting',
  'subdomain-hosting',
  'record-change',
  'contact-change',
  'contact-takeover',
  're-registration',
  'closure',
  'manual',
] as const
export type Fulfilment = (typeof fulfilments)[number]

/** What a request names: a new name, an existing service of the agency, or neither. */
export const subjects = ['new-name', 'existing-service', 'none'] as const
export type Subject = (typeof subjects)[number]

export type RequestKind = {
  readonly id: string
  readonly label: Text
  readonly fulfilment: Fulfilment
  readonly about: Subject
  /** For an event: the application says until when, and the service is registered until then. */
  readonly temporary: boolean
}

export type KnownKind = Pick<RequestKind, 'id' | 'label' | 'fulfilment'> & { readonly about?: Subject }

/** Request kinds that every office knows; an SOP may add its own under `serves`. */
export const knownKinds: readonly KnownKind[] = [
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
  {
    id: 'record-change',
    label: { id: 'Perubahan DNS record', en: 'Change of the DNS record' },
    fulfilment: 'record-change',
  },
  {
    id: 'contact-change',
    label: { id: 'Perubahan kontak', en: 'Change of contacts' },
    fulfilment: 'contact-change',
  },
  {
    id: 'contact-takeover',
    label: { id: 'Pengambilalihan layanan tanpa narahubung', en: 'Take-over of a service without contacts' },
    fulfilment: 'contact-takeover',
  },
  {
    id: 'problem-report',
    label: { id: 'Laporan masalah', en: 'Report of a problem' },
    fulfilment: 'manual',
    about: 'existing-service',
  },
]

/** Whether a site is made. */
export const makesSite = (fulfilment: Fulfilment): boolean =>
  fulfilment === 'hosting' || fulfilment === 'subdomain-hosting'

/** Whether the applicant says where the name shall point. */
export const needsTarget = (fulfilment: Fulfilment): boolean => fulfilment === 'subdomain'

/** Whether the applicant edits the table of the service's own DNS records. */
export const needsRecords = (fulfilment: Fulfilment): boolean => fulfilment === 'record-change'

/** What a request of this fulfilment names; work by hand may be about anything, and says so itself. */
export function subjectOf(fulfilment: Fulfilment): Subject {
  switch (fulfilment) {
    case 'subdomain':
    case 'subdomain-hosting':
      return 'new-name'
    case 'hosting':
    case 'record-change':
    case 'contact-change':
    case 'contact-takeover':
    case 're-registration':
    case 'closure':
      return 'existing-service'
    case 'manual':
      return 'none'
  }
}
