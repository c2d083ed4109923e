import type { OfficeFacts } from '../../../db/people.ts'
import type { Person } from '../../visitor.ts'

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

/** A moment of one's own account: on the clock of one's offices where they share one, otherwise in UTC. */
export function OwnMoment({ at, person }: { at: Date; person: Pick<Person, 'memberships'> }) {
  const [office, ...others] = person.memberships.map((each) => each.office)
  if (office && others.every(({ timezone }) => timezone === office.timezone))
    return <Moment at={at} office={office} />
  return <time datetime={at.toISOString()}>{`${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`}</time>
}
