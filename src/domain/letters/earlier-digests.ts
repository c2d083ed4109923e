import { createHash } from 'node:crypto'

/** So many earlier states of a file are looked at, the latest first; each costs a digest of it. */
const maxEarlier = 5

/** Digests of a file as it was before each of its later additions: a PDF is added to behind its end mark. */
export function* earlierDigests(pdf: Buffer): Generator<string> {
  const mark = '%%EOF'
  let at = pdf.lastIndexOf(mark)
  for (let count = 0; at >= 0 && count <= maxEarlier; count += 1) {
    const end = at + mark.length
    const rest = pdf.subarray(end, end + 2).toString('latin1')
    const ends = [0, ...(rest.startsWith('\r\n') ? [2] : /^[\r\n]/.test(rest) ? [1] : [])]
    for (const more of ends.toReversed())
      if (end + more < pdf.length)
        yield createHash('sha256')
          .update(pdf.subarray(0, end + more))
          .digest('hex')
    at = at === 0 ? -1 : pdf.lastIndexOf(mark, at - 1)
  }
}
