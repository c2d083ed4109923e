import type { LogbookVerdict } from './export.ts'
import type { Sentence } from './faults.ts'
import type { ProofVerdict } from './proof.ts'

/** What the command line prints about a verdict, Indonesian first. */
export function describeVerdict(verdict: LogbookVerdict): string {
  if (verdict.verdict === 'unusable') return `TIDAK DAPAT DIPERIKSA / UNUSABLE\n${both(verdict.text)}`
  if (verdict.verdict === 'bad') {
    const place =
      verdict.seq === null ? `baris ${verdict.line}` : `entri ${verdict.seq}, baris ${verdict.line}`
    const count = `entri utuh sebelum itu / good entries before: ${verdict.entries}`
    return `RUSAK / BAD (${place})\n${both(verdict.text)}\n${count}`
  }
  const known = verdict.knownHeads.map(
    ({ head, seq }) => `\nhash dikenal / known head: ${head} = entri ${seq}`,
  )
  const kept = verdict.checkpoints.map(
    ({ origin, size }) => `\ntitik periksa / checkpoint: ${origin}, ${size} entri`,
  )
  return [
    `UTUH / OK: ${verdict.office.name} (${verdict.office.id}), ${verdict.exportedAt}`,
    `entri / entries: ${verdict.entries}, data terbuka / revealed values: ${verdict.reveals}`,
    `kepala / head: ${verdict.head}${known.join('')}${kept.join('')}`,
  ].join('\n')
}

function both(text: Sentence): string {
  return `${text.id}\n${text.en}`
}

/** Exit code for scripts: 0 all is well, 1 something is wrong, 2 the file or the call cannot be used. */
export function verdictExitCode(verdict: LogbookVerdict | ProofVerdict): 0 | 1 | 2 {
  return ({ ok: 0, bad: 1, unusable: 2 } as const)[verdict.verdict]
}

/** What the command line prints about a receipt or a proof of consistency. */
export function describeProof(proof: ProofVerdict): string {
  if (proof.verdict !== 'ok') {
    const word = proof.verdict === 'bad' ? 'RUSAK / BAD' : 'TIDAK DAPAT DIPERIKSA / UNUSABLE'
    return `${word}\n${both(proof.text)}`
  }
  const { origin, size, cosigned } = proof.checkpoint
  const witnesses = cosigned.map(({ name, at }) => `\nsaksi / witness: ${name}, ${at}`).join('')
  const signed = `titik periksa / checkpoint: ${origin}, ${size} entri${witnesses}`
  if (proof.proves === 'consistency')
    return `BERLANJUT / CONSISTENT: ${proof.from.size} -> ${size} entri\n${signed}`
  return `TERCATAT / INCLUDED: entri ${String(proof.entry['seq'])}\n${signed}\n${JSON.stringify(proof.entry, null, 2)}`
}
