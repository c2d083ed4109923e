import type { Text } from '../../domain/refused.ts'
import { spanText } from '../../domain/text/calendar.ts'
import { siteHostText } from '../../domain/text/site-host.ts'
import type { Finding } from './driver.ts'

/** A difference that no log and no certificate notices. */
const TOLERATED_MS = 60_000

/** The time before and after a question was answered, by Ranah's clock. */
export type Asked = { readonly from: number; readonly to: number }

/**
 * What is to be said of a host's clock. The host looked at it at some moment of the question, so only what lies
 * outside of that is a difference.
 * @param clock as the host wrote it; one that cannot be read, or none, says nothing
 */
export function clockFindings(where: string, clock: string | undefined, { from, to }: Asked): Finding[] {
  const at = Date.parse(clock ?? '')
  const [ahead, behind] = [at - to, from - at]
  const most = Math.max(ahead, behind)
  if (Number.isNaN(at) || most <= TOLERATED_MS) return []
  const by: Text = spanText(most)
  return [{ ok: false, text: siteHostText.clockDiffers(where, by, ahead > behind) }]
}
