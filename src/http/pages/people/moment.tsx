import type { OfficeFacts } from '../../../db/people.ts'

const zoneLabels = { 'Asia/Jakarta': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' } as const

/** A moment on the office's clock, with the label of its zone. */
export function Moment({ at, office }: { at: Date; office: Pick<OfficeFacts, 'timezone'> }) {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: office.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)
  return <time datetime={at.toISOString()}>{`${text} ${zoneLabels[office.timezone]}`}</time>
}
