import { cosignatureLine } from '../../domain/logbook/note.ts'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { argumentTexts as about, exitTexts } from '../../domain/text/commands.ts'
import { keyRenewalTexts } from '../../domain/text/key-renewal.ts'
import { witnessTexts as say } from '../../domain/text/witness.ts'
import type { Command } from '../command.ts'
import { givenPath } from '../given-path.ts'
import { Fault } from '../logbook-verifier/faults.ts'
import { follow } from '../logbook-verifier/handover.ts'
import type { OpenCheckpoint, Trusted } from '../logbook-verifier/note.ts'
import { openCheckpoint, trust } from '../logbook-verifier/note.ts'
import { verifyProof } from '../logbook-verifier/proof.ts'
import { ask, portalUrl } from './ask.ts'
import { keepEvidence, readHandovers, readSeen, witnessKey, writeHandovers, writeSeen } from './state.ts'

/** `ranah logbook witness`: what another organisation runs, from time to time, against an office's portal. */
export const logbookWitness: Command = {
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
  const { line, handovers } = await followTo(note, { folder, base, trusted })
  const opened = openOrRefuse(note, line)
  await refuseEnded({ folder, line }, opened, note)
  const before = line.map(({ name }) => seen[name]).findLast((each) => each !== undefined)
  if (before === undefined) tell(say.first(opened.size))
  else await compare({ folder, base, line, tell }, { before, opened, note })
  if (handovers !== undefined) {
    tell(keyRenewalTexts.followed(line.at(-1)!.after!, opened.origin))
    await writeHandovers(folder, handovers)
  }
  await writeSeen(folder, { ...seen, [opened.origin]: note })
  return { opened, note }
}

/**
 * Follows the office from the trusted key to the one that signs now, by what the witness followed before and, for a name that
 * it does not know, by what the office publishes.
 * @returns the keys, the one in use last, and what was followed just now
 */
async function followTo(
  note: string,
  { folder, base, trusted }: Pick<Look, 'folder' | 'base' | 'trusted'>,
): Promise<{ line: readonly Trusted[]; handovers: string | undefined }> {
  const [origin] = note.split('\n')
  const kept = await readHandovers(folder)
  const known = heed(() => follow([trusted], kept))
  if (known.some(({ name }) => name === origin)) return { line: known, handovers: undefined }
  // an office that does not say who its key handed over to is refused for its other name
  const more = await ask(new URL('handovers', base)).catch(() => '')
  const line = heed(() => follow(known, more))
  if (line.at(-1)!.name !== origin) return { line: known, handovers: undefined }
  return { line, handovers: kept + more }
}

/** Whoever signs under a name that has handed over has a key that should be gone. */
async function refuseEnded(
  { folder, line }: { readonly folder: string; readonly line: readonly Trusted[] },
  { origin }: OpenCheckpoint,
  note: string,
): Promise<void> {
  const current = line.at(-1)!.name
  if (origin === current) return
  const evidence = await keepEvidence(folder, new Date(), [note, await readHandovers(folder)])
  throw new Refused('name-ended', keyRenewalTexts.nameEnded(plain(origin), plain(current), evidence))
}

function openOrRefuse(note: string, line: readonly Trusted[]): OpenCheckpoint {
  const [origin = ''] = note.split('\n')
  return heed(() => {
    try {
      return openCheckpoint(note, line)
    } catch (error) {
      const isOther = line.every(({ name }) => name !== origin)
      if (!(error instanceof Fault) || error.why !== 'unsigned' || !isOther) throw error
      throw new Refused('other-origin', say.otherOrigin(plain(origin), plain(line.at(-1)!.name)))
    }
  })
}

/** @throws Refused `bad-checkpoint` for what the verifier finds wrong */
function heed<T>(judge: () => T): T {
  try {
    return judge()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const why = { id: say.badCheckpoint(error.text.id).id, en: say.badCheckpoint(error.text.en).en }
    throw new Refused('bad-checkpoint', why)
  }
}

const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)

async function compare(
  { folder, base, line, tell }: Omit<Look, 'trusted'> & { readonly line: readonly Trusted[] },
  { before, opened, note }: { before: string; opened: OpenCheckpoint; note: string },
): Promise<void> {
  const last = openCheckpoint(before, line)
  const keep = (...more: string[]): Promise<string> =>
    keepEvidence(folder, new Date(), [before, note, ...more])
  if (opened.size < last.size)
    throw new Refused('rollback', say.rollback(last.size, opened.size, await keep()), { status: 409 })
  if (opened.size === last.size) {
    if (opened.root.equals(last.root)) return tell(say.same(opened.size))
    throw new Refused('fork', say.fork(opened.size, await keep()), { status: 409 })
  }
  const proof = await ask(new URL(`consistency?from=${last.size}&to=${opened.size}`, base))
  const verdict = verifyProof(proof, line, [last, opened])
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
