/** Reads the signatures of a PDF and says whether the file is as it was signed. Everything in it may be hostile. */
import type { SignatureReport, SignedBy } from '../../domain/letters/signing.ts'
import type { StampReport } from '../../domain/letters/time-stamp.ts'
import { STAMP_ATTRIBUTE } from './cms.ts'
import { cmsAt, coveredBy, placesIn } from './placed.ts'
import type { Placed } from './placed.ts'
import { hasSigned, readSignedData, valueOf } from './signed-data.ts'
import type { SignedData } from './signed-data.ts'
import { signerOf } from './signer-certificate.ts'
import { readToken, StampFault } from './time-stamp/token.ts'

/** A time stamp over the whole file (ETSI EN 319 142-1 section 5.4.3), which signs for nobody. */
const DOCUMENT_STAMP = /\/SubFilter\s{0,5}\/ETSI\.RFC3161\b/

/**
 * @returns what the signatures of a file say: intact only when each is, and the last one covers the file to its end.
 * The last person's is told in full, those before it under `earlier`.
 */
export function readSignature(pdf: Buffer): SignatureReport {
  const places = placesIn(pdf)
  if (places.length === 0) return { kind: 'none' }
  const last = places.at(-1)
  if (!last || last.end !== pdf.length) return { kind: 'broken' }
  const signers: SignedBy[] = []
  let over: StampReport | undefined
  try {
    for (const place of places) {
      if (!place) return { kind: 'broken' }
      const isStamp = DOCUMENT_STAMP.test(place.dictionary)
      const found = isStamp ? documentStamp(pdf, place) : signerAt(pdf, place)
      if (!found) return { kind: 'broken' }
      if ('certificate' in found) {
        signers.push(found)
        over = undefined
      } else over ??= found
    }
  } catch {
    // whatever it is, it is no signature of this file
    return { kind: 'broken' }
  }
  const signer = signers.at(-1)
  if (!signer) return { kind: 'none' }
  const timeStamp = signer.timeStamp.kind === 'none' && over ? over : signer.timeStamp
  return { kind: 'intact', ...signer, timeStamp, earlier: signers.slice(0, -1) }
}

function signerAt(pdf: Buffer, place: Placed): SignedBy | undefined {
  const data = readSignedData(cmsAt(pdf, place))
  if (!data || !hasSigned(data, coveredBy(pdf, place))) return undefined
  const signedAt = timeIn(place.dictionary)
  return { certificate: signerOf(data.certificate), signedAt, timeStamp: stampOf(data) }
}

/** A signature without a token has no time stamp; one with more than one is judged by the first. */
function stampOf(data: SignedData): StampReport {
  try {
    const token = data.unsigned && valueOf(data.unsigned, STAMP_ATTRIBUTE)
    return token ? reportOf(token.whole, data.signature) : { kind: 'none' }
  } catch {
    return { kind: 'bad', why: 'garbage' }
  }
}

/** A stamp over the file that does not fit makes the file another than the one it was put on. */
function documentStamp(pdf: Buffer, place: Placed): StampReport | undefined {
  const report = reportOf(cmsAt(pdf, place), coveredBy(pdf, place))
  return report.kind === 'bad' && report.why === 'other-digest' ? undefined : report
}

function reportOf(token: Buffer, stamped: Buffer): StampReport {
  try {
    return { kind: 'good', ...readToken(token, stamped).stamp }
  } catch (error) {
    if (error instanceof StampFault) return { kind: 'bad', why: error.why }
    throw error
  }
}

/** The time that stands in the dictionary of the signature. */
function timeIn(dictionary: string): string | null {
  const found = /\/M\s{0,5}\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'(\d\d)'?)/.exec(
    dictionary,
  )
  if (!found) return null
  const [, year, month, day, hour, minute, second, zone = '+00', part = '00'] = found
  const at8601 = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${part}`)
  return Number.isNaN(at8601.getTime()) ? null : at8601.toISOString()
}
