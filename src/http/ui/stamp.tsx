import type { Zone } from '../../domain/dates/zones.ts'
import type { StampReport } from '../../domain/letters/time-stamp.ts'
import type { Locale, Text } from '../../domain/refused.ts'
import { badStampTexts, stampTexts } from '../../domain/text/time-stamps.ts'
import { Moment } from './time.tsx'

type Visit = { readonly say: (text: Text) => string; readonly locale: Locale }

/** When a signature was stamped and by whom, or why it proves no time. */
export function Stamp(props: { visit: Visit; stamp: StampReport; zone: Zone }) {
  const { say, locale } = props.visit
  const { stamp } = props
  if (stamp.kind === 'none') return <>{say(stampTexts.none)}</>
  if (stamp.kind === 'bad') return <strong>{say(badStampTexts[stamp.why])}</strong>
  return (
    <>
      <Moment at={new Date(stamp.at)} zone={props.zone} locale={locale} />{' '}
      {say(stampTexts.by(stamp.authority))}
    </>
  )
}
