import type { TimeStamp, StampTrouble } from '../../domain/letters/time-stamp.ts'
import { withToken } from './cms.ts'
import { cmsAt, placesIn, withCms } from './placed.ts'
import { readSignedData } from './signed-data.ts'
import { askStamp } from './time-stamp/authority.ts'
import type { StampDeps, StampPlace } from './time-stamp/authority.ts'

export type StampedPdf =
  | { readonly kind: 'stamped'; readonly pdf: Buffer; readonly stamp: TimeStamp }
  | { readonly kind: 'none'; readonly trouble: StampTrouble }

/**
 * Asks for a time stamp of the last signature of a PDF of ours and puts it beside that signature, which stays as it is.
 * @param pdf signed by us, without a time stamp
 */
export async function putStamp(place: StampPlace, pdf: Buffer, deps: StampDeps): Promise<StampedPdf> {
  const at = placesIn(pdf).at(-1)!
  const cms = cmsAt(pdf, at)
  const answer = await askStamp(place, readSignedData(cms)!.signature, deps)
  if (answer.kind === 'none') return answer
  const stamped = withCms(pdf, at, withToken(cms, answer.token))
  return stamped
    ? { kind: 'stamped', pdf: stamped, stamp: answer.stamp }
    : { kind: 'none', trouble: 'too-long' }
}
