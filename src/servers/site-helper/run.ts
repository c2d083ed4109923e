import { mkdir } from 'node:fs/promises'

import type { VerbAnswer } from '../../domain/hosting/control.ts'
import { type HelperOutcome, helperRequest } from '../../domain/hosting/helper.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { withLock } from '../lock.ts'
import { type LeftOut, settleConfiguration } from './configuration.ts'
import { withReplaced } from './certificate.ts'
import { clearStaging } from './content.ts'
import { deployArchive } from './deploy.ts'
import { refusalOfFullDisk } from '../sites/disk-full.ts'
import { isOverLimit } from './disk-limit.ts'
import { places } from './places.ts'
import { readRecord, saveRecord } from './record.ts'
import { type HostSettings, readHostSettings } from './settings.ts'
import { concludeName } from './settle.ts'
import { reloadSshd } from './sshd.ts'
import { carryOut, type Run } from './verbs.ts'

/** A run before this one may be reloading thousands of sites. */
const LOCK_WAIT_MS = 90_000
const alone = <T>(task: () => Promise<T>) => withLock('site-helper', LOCK_WAIT_MS, task)

const CONFIGURATION_REFUSED = 'site-configuration-refused'

type Attempt = { readonly verb: string; readonly fqdn: string | null; readonly outcome: HelperOutcome }

export type Carried = {
  readonly answers: readonly HelperOutcome[]
  /** Whether what comes behind the line is another line. */
  readonly mayFollow: boolean
}

/** Carries out one line of commands or one archive. @param body what comes behind the line */
export async function carryOutLine(line: string, body: AsyncIterable<Buffer>, now: Date): Promise<Carried> {
  const parsed = helperRequest.safeParse(JSON.parse(line))
  if (!parsed.success) throw new Refused('not-understood', hostingText.notUnderstood('*'), { status: 400 })
  const settings = await readHostSettings()
  await mkdir(places.content, { recursive: true, mode: 0o755 })
  for (const path of [places.state, places.records, places.keys, places.staging]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  }
  if ('archive' in parsed.data) {
    const { archive } = parsed.data
    const outcome = await outcomeOf(() => deployArchive(settings, archive, body, now, alone))
    return { answers: [outcome], mayFollow: false }
  }
  if ('settle' in parsed.data) {
    return { answers: [await outcomeOf(() => alone(() => settleHost(settings)))], mayFollow: false }
  }
  const { commands } = parsed.data
  const answers = await alone(async () => {
    await clearStaging()
    const run: Run = { settings, now, pending: new Set(), unsettled: new Set() }
    const attempts: Attempt[] = []
    for (const { verb, request } of commands) {
      let fqdn: string | null = null
      const outcome = await outcomeOf(async () => {
        const carried = await carryOut(run, verb, request)
        fqdn = carried.fqdn
        return carried.answer
      })
      attempts.push({ verb, fqdn, outcome })
    }
    return conclude(run, attempts)
  })
  return { answers, mayFollow: true }
}

async function settleHost(settings: HostSettings): Promise<null> {
  await settleConfiguration(settings)
  await reloadSshd()
  return null
}

/** One reload for all that was changed; only then is any of it done. */
async function conclude(run: Run, attempts: readonly Attempt[]): Promise<HelperOutcome[]> {
  if (run.pending.size === 0) return attempts.map(({ outcome }) => outcome)
  const answers = attempts.map(({ outcome }) => outcome)
  const refuseAll = (failure: HelperOutcome) =>
    attempts.map(({ fqdn, outcome }) =>
      fqdn !== null && run.pending.has(fqdn) && 'answer' in outcome ? failure : outcome,
    )
  let leftOut: LeftOut = new Map()
  const settled = await outcomeOf(async () => {
    leftOut = await settleConfiguration(run.settings)
  })
  if (!('answer' in settled)) return refuseAll(settled)
  for (const fqdn of run.pending) {
    if (run.unsettled.has(fqdn)) continue
    const why = leftOut.get(fqdn)
    const concluded = await outcomeOf(async () => {
      if (why !== undefined) {
        await saveRecord(withReplaced(await readRecord(fqdn)))
        throw new Refused(CONFIGURATION_REFUSED, hostingText.configurationRefused(fqdn, why))
      }
      await concludeName(await readRecord(fqdn))
    })
    if ('answer' in concluded) continue
    attempts.forEach((attempt, index) => {
      if (attempt.fqdn === fqdn && 'answer' in answers[index]!) answers[index] = told(attempt, concluded)
    })
  }
  return answers
}

/** Who only asks is told how the site is described, and why that is not in force: so it can be planned anew. */
function told({ verb, outcome }: Attempt, concluded: HelperOutcome): HelperOutcome {
  const isRefused = 'refused' in concluded && concluded.refused.reason === CONFIGURATION_REFUSED
  if (verb !== 'inspect-site' || !isRefused || !('answer' in outcome)) return concluded
  const { site } = outcome.answer as VerbAnswer<'inspect-site'>
  return { answer: { site: site && { ...site, refused: concluded.refused.text } } }
}

export async function outcomeOf(work: () => Promise<unknown>): Promise<HelperOutcome> {
  try {
    return { answer: (await work()) ?? null }
  } catch (error) {
    const refusal = asRefusal(error)
    if (refusal) {
      const { reason, text, status } = refusal
      return { refused: { reason, text, status } }
    }
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return { fault: true }
  }
}

function asRefusal(error: unknown): Refused | null {
  if (error instanceof Refused) return error
  if (isOverLimit(error)) return new Refused('site-full', hostingText.siteFull, { status: 409, cause: error })
  return refusalOfFullDisk(error)
}
