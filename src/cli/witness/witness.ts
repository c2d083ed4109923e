import { cosignatureLine } from '../../domain/logbook/note.ts'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { argumentTexts as about, commandTexts, exitTexts } from '../../domain/text/commands.ts'
import { witnessTexts as say } from '../../domain/text/witness.ts'
import type { Command } from '../command.ts'
import { givenPath } from '../given-path.ts'
import { Fault } from '../logbook-verifier/faults.ts'
import type { OpenCheckpoint, Trusted } from '../logbook-verifier/note.ts'
import { openCheckpoint, trust } from '../logbook-verifier/note.ts'
import { verifyProof } from '../logbook-verifier/proof.ts'
import { ask, portalUrl } from './ask.ts'
import { keepEvidence, readSeen, witnessKey, writeSeen } from './state.ts'

/** `ranah logbook witness`: what another organisation runs, from time to time, against an office's portal. */
export const logbookWitness: Command = {
  summary: commandTexts['logbook witness'],
  options: {
    url: { about: about.witnessUrl, value: 'URL', required: true },
    office: { about: about.officeSlug, value: 'SLUG', required: true },
    vkey: { about: about.witnessVkey, value: 'KEY', required: true },
    state: { about: about.witnessState, value: 'DIR', required: true },
    name: { about: about.witnessName, value: 'NAME' },
    send: { about: about.witnessSend },
  },
  exitOne: exitTexts.badLogbook,
  run: async (call, { servers }) => {
    const folder = givenPath(call.one('state')!)
    const portal = portalUrl(call.one('url')!)
    const base = new URL(
      `api/v1/public/offices/${encodeURIComponent(call.one('office')!)}/logbook/`,
      withSlash(portal),
    )
    const trusted = trustOne(call.one('vkey')!)
    const tell = (text: Text): void => console.error(call.say(text))
    const key = await witnessKey(folder, call.one('name'))
    if (key.isNew) tell(say.newKey(key.vkey))
    try {
      // one at a time: two that look at once must see each other
      const { opened, note } = await servers.whileKeeping(folder, () => look({ folder, base, trusted, tell }))
      const line = cosignatureLine(key.name, key.key, opened.text, new Date())
      console.log(note.trimEnd())
      console.log(line.trimEnd())
      if (call.has('send')) await send(base, opened.size, line, tell)
      return 0
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== 'unreachable') throw error
      tell(error.text)
      return 2
    }
  },
}

const withSlash = (url: URL): URL => (url.pathname.endsWith('/') ? url : new URL(`${url.href}/`))

function trustOne(vkey: string): Trusted {
  try {
    return trust(vkey)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Refused('vkey', error.text, { status: 400 })
  }
}

type Look = {
  readonly folder: string
  readonly base: URL
  readonly trusted: Trusted
  readonly tell: (text: Text) => void
}

/**
 * Fetches the newest checkpoint and holds it against the one seen last. What it returns may be cosigned: it is on the
 * witness's disk.
 * @throws Refused with a plain sentence when it may not
 */
async function look({
  folder,
  base,
  trusted,
  tell,
}: Look): Promise<{ opened: OpenCheckpoint; note: string }> {
  const seen = await readSeen(folder)
  const note = await ask(new URL('checkpoint', base))
  const opened = openOrRefuse(note, trusted)
  const before = seen[opened.origin]
  if (before === undefined) tell(say.first(opened.size))
  else await compare({ folder, base, trusted, tell }, { before, opened, note })
  await writeSeen(folder, { ...seen, [opened.origin]: note })
  return { opened, note }
}

function openOrRefuse(note: string, trusted: Trusted): OpenCheckpoint {
  const [origin = ''] = note.split('\n')
  try {
    return openCheckpoint(note, [trusted])
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.why === 'unsigned' && origin !== trusted.name)
      throw new Refused('other-origin', say.otherOrigin(plain(origin), trusted.name))
    const why = { id: say.badCheckpoint(error.text.id).id, en: say.badCheckpoint(error.text.en).en }
    throw new Refused('bad-checkpoint', why)
  }
}

const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)

async function compare(
  { folder, base, trusted, tell }: Look,
  { before, opened, note }: { before: string; opened: OpenCheckpoint; note: string },
): Promise<void> {
  const last = openCheckpoint(before, [trusted])
  const keep = (...more: string[]): Promise<string> =>
    keepEvidence(folder, new Date(), [before, note, ...more])
  if (opened.size < last.size)
    throw new Refused('rollback', say.rollback(last.size, opened.size, await keep()), { status: 409 })
  if (opened.size === last.size) {
    if (opened.root.equals(last.root)) return tell(say.same(opened.size))
    throw new Refused('fork', say.fork(opened.size, await keep()), { status: 409 })
  }
  const proof = await ask(new URL(`consistency?from=${last.size}&to=${opened.size}`, base))
  const verdict = verifyProof(proof, [trusted], [last, opened])
  const isOfThis =
    verdict.verdict === 'ok' && verdict.proves === 'consistency' && verdict.from.size === last.size
  if (
    isOfThis &&
    verdict.checkpoint.size === opened.size &&
    verdict.checkpoint.root === opened.root.toString('base64')
  )
    return tell(say.grown(last.size, opened.size))
  const why = verdict.verdict === 'ok' ? { id: 'bukti lain', en: 'another proof' } : verdict.text
  const evidence = await keep(proof)
  throw new Refused(
    'rewritten',
    {
      id: say.rewritten(last.size, opened.size, why.id, evidence).id,
      en: say.rewritten(last.size, opened.size, why.en, evidence).en,
    },
    { status: 409 },
  )
}

async function send(base: URL, size: number, line: string, tell: (text: Text) => void): Promise<void> {
  try {
    await ask(new URL('cosignatures', base), { size, line: line.trimEnd() })
    tell(say.sent)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused('unreachable', say.notSent(error.message), { status: 503, cause: error })
  }
}
