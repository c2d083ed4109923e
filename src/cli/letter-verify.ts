import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { formatDate } from '../domain/dates/indonesian.ts'
import { earlierDigests } from '../domain/letters/earlier-digests.ts'
import { plainName } from '../domain/letters/plain-name.ts'
import { followLetter } from '../domain/letters/verify-in-logbook.ts'
import type { LetterInLogbook } from '../domain/letters/verify-in-logbook.ts'
import type { SignatureReport } from '../domain/letters/signing.ts'
import type { Text } from '../domain/refused.ts'
import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import { letterVerifyTexts as text } from '../domain/text/letter-verify.ts'
import { letterTexts } from '../domain/text/oversight.ts'
import { signatureReportTexts } from '../domain/text/signing.ts'
import type { StampReport } from '../domain/letters/time-stamp.ts'
import { badStampTexts, stampTexts } from '../domain/text/time-stamps.ts'
import { readSignature } from '../lookups/read-signature.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'
import { readGiven } from './sop-file.ts'
import { describeVerdict, verdictExitCode } from './logbook-verifier/describe.ts'
import { verifyLogbookFile } from './logbook-verifier/export.ts'

/** `ranah letter verify FILE --logbook EXPORT`: whether a PDF is a letter that stands; needs no network and no database. */
export const letterVerify: Command = {
  operands: [{ name: 'FILE', about: about.letterFile }],
  options: {
    logbook: { about: about.letterLogbook, value: 'EXPORT', required: true },
    head: { about: about.head, value: 'HEX', many: true },
    json: { about: about.json },
  },
  exitOne: exitTexts.letterDoubtful,
  run: async (call) => {
    const pdf = await readGiven(call.operands.FILE!)
    const logbook = givenPath(call.one('logbook')!)
    const chain = await verifyLogbookFile(logbook, { head: call.all('head') })
    if (chain.verdict !== 'ok') {
      console.log(call.has('json') ? JSON.stringify({ logbook: chain }, null, 2) : describeVerdict(chain))
      return verdictExitCode(chain)
    }
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    const [letter] = await lettersIn(logbook, [sha256])
    const before = letter ? [] : await lettersIn(logbook, [...earlierDigests(pdf)])
    const beginsAs = before.find((each) => each !== undefined)
    const signature = readSignature(pdf)
    const stands = letter !== undefined && letter.voidedAt === null && letter.replacedBy === null
    const answer = {
      stands,
      sha256,
      letter: letter ?? null,
      beginsAs: beginsAs ?? null,
      signature,
      office: chain.office,
      logbook: chain.head,
    }
    if (call.has('json')) console.log(JSON.stringify(answer, null, 2))
    else
      for (const line of lines({ letter, beginsAs, sha256, signature, office: chain.office.name }))
        console.log(call.say(line))
    return stands ? 0 : 1
  },
}

/**
 * Reads the entries once more; the chain was checked before.
 * @returns the letter of each digest, where there is one
 */
async function lettersIn(
  logbook: string,
  digests: readonly string[],
): Promise<readonly (LetterInLogbook | undefined)[]> {
  if (digests.length === 0) return []
  const followed = digests.map(followLetter)
  const input = createReadStream(logbook)
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const fields = JSON.parse(line) as { readonly line: string; readonly text?: string }
    if (fields.line === 'entry') for (const { take } of followed) take(fields.text!)
  }
  return followed.map(({ found }) => found())
}

function stampLines(stamp: StampReport): readonly Text[] {
  if (stamp.kind === 'none') return [text.labelled(stampTexts.title, stampTexts.none)]
  if (stamp.kind === 'bad') return [text.labelled(stampTexts.title, badStampTexts[stamp.why])]
  const { at, authority } = stamp
  const said = stampTexts.by(plainName(authority))
  return [text.labelled(stampTexts.title, { id: `${at} ${said.id}`, en: `${at} ${said.en}` })]
}

type Found = {
  readonly letter: LetterInLogbook | undefined
  /** The letter to which something was added. */
  readonly beginsAs: LetterInLogbook | undefined
  readonly sha256: string
  readonly signature: SignatureReport
  readonly office: string
}

function lines({ letter, beginsAs, sha256, signature, office }: Found): readonly Text[] {
  const signed = signatureReportTexts[signature.kind]
  if (!letter && beginsAs) {
    const signer = signature.kind === 'intact' ? plainName(signature.certificate.commonName) : null
    const grew = text.fileGrew(beginsAs.number, office, signer)
    return [grew, text.fact(letterTexts.digest, sha256), signed]
  }
  if (!letter) return [text.unknown(office), text.fact(letterTexts.digest, sha256), signed]
  const { voidedAt, replacedBy, dated } = letter
  const verdict = voidedAt ? text.voided : replacedBy ? text.replaced(replacedBy) : text.stands
  const kind = letterTexts.kinds[letter.kind] ?? { id: letter.kind, en: letter.kind }
  return [
    verdict(office),
    text.fact(letterTexts.number, letter.number),
    text.labelled(letterTexts.kind, kind),
    ...(dated ? [text.fact(letterTexts.dated, formatDate(dated))] : []),
    ...(letter.signatory ? [text.fact(text.signatory, letter.signatory)] : []),
    ...(letter.decision
      ? [text.labelled(text.decision, text.decisions[letter.decision] ?? text.decision)]
      : []),
    ...(letter.destroyed
      ? [text.fact(text.destroyed, `${letter.destroyed.at.slice(0, 10)}, ${letter.destroyed.record}`)]
      : []),
    text.fact(letterTexts.request, letter.request),
    text.fact(text.entry, String(letter.seq)),
    text.fact(letterTexts.digest, sha256),
    signed,
    ...(signature.kind === 'intact'
      ? [
          text.fact(signatureReportTexts.certificate, plainName(signature.certificate.commonName)),
          text.fact(signatureReportTexts.issuer, plainName(signature.certificate.issuer)),
          ...stampLines(signature.timeStamp),
          signatureReportTexts.notJudged,
        ]
      : []),
  ]
}
