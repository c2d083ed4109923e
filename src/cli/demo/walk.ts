import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { sampleLetter } from './sample-letter.ts'

/** Walks one application through an SOP over the API, each step by whoever is offered it. */

/** One step as it was done. */
export type WalkedStep = {
  readonly no: number
  readonly activity: string
  readonly actor: string
  readonly standardTime: string
  readonly tookMs: number
  /** Whether the row was reconstructed from a damaged source; the mark shows wherever the row is shown. */
  readonly marked: boolean
}

type Offer = {
  readonly verb: string
  readonly form?: {
    readonly properties?: Readonly<Record<string, unknown>>
    readonly required?: readonly string[]
  }
  readonly checklist?: readonly { readonly item: string }[]
  readonly outcomes?: readonly { readonly id: string; readonly kind: string }[]
  readonly fields?: readonly {
    readonly id: string
    readonly type: string
    readonly required: boolean
    readonly options?: readonly string[]
  }[]
}

type StepView = {
  readonly no: number
  readonly text: string
  readonly activity: string
  readonly actor: { readonly title: string }
  readonly standardTime: string
  readonly marks: readonly unknown[]
  readonly requirements: readonly { readonly document: string | null; readonly need: string }[]
}

/** What the demo reads of a request. */
export type Case = {
  readonly ticket: string
  readonly phase: 'draft' | 'running' | 'ended'
  readonly ending: string | null
  readonly step: number | null
  readonly stage: 'acting' | 'working'
  readonly visit: number
  readonly status: string
  readonly trouble: string | null
  /** Documents without which the current step cannot be finished. */
  readonly missing: readonly { readonly document: string }[]
  readonly name: string | null
  readonly sop: { readonly steps: readonly StepView[] }
  readonly letters: readonly {
    readonly kind: string
    readonly number: string
    readonly sha256: string | null
    readonly href: string | null
  }[]
  readonly reveals: readonly { readonly id: string; readonly status: string }[]
  readonly may: readonly Offer[]
}

/** The kind of site that is applied for; left out for static pages on the embedded host. */
export type SiteWish = { readonly kind: string; readonly database?: string }

export type Walker = { readonly role: string; readonly login: string; readonly client: Client }

const maxSteps = 200
const effectTimeoutMs = 120_000
const pollMs = 150

/** Writes, completes with its letter and sends an application for a free name. @returns its ticket and first step */
export async function apply(
  office: string,
  applicant: Walker,
  zone: string,
  site: SiteWish | undefined,
  onStep: (step: WalkedStep) => void,
): Promise<string> {
  const started = performance.now()
  const base = `/api/v1/offices/${office}`
  const { client } = applicant
  const options = await client.get<{
    zones: { id: string; name: string; status?: string }[]
    agencies: { id: string }[]
  }>(`${base}/request-options`)
  const zoneId = options.zones.find((each) => each.name === zone)!.id
  const label = await freeName(client, base, zoneId)
  const { ticket } = await client.send<{ ticket: string }>('POST', `${base}/requests`, {
    kind: 'subdomain-hosting',
    agencyId: options.agencies[0]!.id,
    zoneId,
    application: { ...applicationFor(label, applicant.login), ...(site && { site }) },
  })
  const view = await client.get<Case>(`${base}/requests/${ticket}`)
  const first = view.sop.steps[0]!
  const wanted = view.sop.steps
    .flatMap((step) => step.requirements)
    .filter((each) => each.need === 'required')
  for (const kind of new Set(wanted.flatMap((each) => each.document ?? [])))
    await client.upload(`${base}/requests/${ticket}/documents`, {
      kind,
      filename: `${kind}.pdf`,
      bytes: sampleLetter([
        'SURAT PERMOHONAN',
        `Permohonan subdomain dan hosting ${label}.${zone}`,
        'Dinas Perpustakaan dan Arsip Contoh',
      ]),
    })
  await client.send('POST', `${base}/requests/${ticket}/submission`, {})
  onStep(walked(first, performance.now() - started))
  return ticket
}

/** The first name of a series that the live check calls free. */
async function freeName(client: Client, base: string, zoneId: string): Promise<string> {
  for (let number = 1; number < 10_000; number += 1) {
    const label = number === 1 ? 'perpustakaan' : `perpustakaan${number}`
    const { verdict } = await client.get<{ verdict: string }>(
      `${base}/name-check?zone=${zoneId}&label=${label}`,
    )
    if (verdict === 'free' || verdict === 'unknown') return label
  }
  throw new Error('no free name was found')
}

function applicationFor(label: string, login: string): Record<string, unknown> {
  const contact = { name: 'Pegawai Contoh', post: 'Pranata Komputer', phone: '0800 0000 0000', email: login }
  return {
    label,
    purpose: 'Laman resmi layanan perpustakaan dan arsip bagi masyarakat.',
    letter: {
      number: '005/114/DPA-CONTOH/2026',
      date: '2026-01-05',
      signatory: 'Kepala Dinas Contoh',
      signatoryPost: 'Kepala Dinas Perpustakaan dan Arsip Contoh',
    },
    administrative: contact,
    technical: contact,
    system: samplePse(),
  }
}

/** The record of the electronic system behind the name ("data PSE"). */
function samplePse(): Record<string, unknown> {
  return { name: 'Katalog Perpustakaan Contoh' }
}

/**
 * Does step after step until the request ends: finds who is offered the current step, fills in its form and
 * finishes it, and waits for what the system itself must do.
 */
export async function walk(
  office: string,
  ticket: string,
  people: readonly Walker[],
  onStep: (step: WalkedStep) => void,
  onWait: (status: string) => void,
): Promise<Case> {
  const path = `/api/v1/offices/${office}/requests/${ticket}`
  for (let steps = 0; steps < maxSteps; steps += 1) {
    const started = performance.now()
    const { walker, view, offer } = await whoMay(path, people)
    if (view.phase === 'ended') return view
    if (!walker || !offer) throw new Error(`${ticket}: nobody may do step ${view.step}. ${view.status}`)
    const step = view.sop.steps.find((each) => each.no === view.step)!
    for (const { document } of view.missing) await deliver(walker.client, path, document)
    await walker.client.send('POST', `${path}/steps/${step.no}`, { visit: view.visit, ...formFor(offer) })
    await settled(walker.client, path, onWait)
    onStep(walked(step, performance.now() - started))
  }
  throw new Error(`${ticket} did not end within ${maxSteps} steps`)
}

const deliver = (client: Client, path: string, kind: string): Promise<unknown> =>
  client.upload(`${path}/documents`, { kind, filename: `${kind}.pdf`, bytes: sampleLetter([kind]) })

const walked = (step: StepView, tookMs: number): WalkedStep => ({
  no: step.no,
  activity: step.text,
  actor: step.actor.title,
  standardTime: step.standardTime,
  tookMs: Math.round(tookMs),
  marked: step.marks.length > 0,
})

async function whoMay(path: string, people: readonly Walker[]) {
  let view: Case | undefined
  for (const walker of people) {
    view = await walker.client.get<Case>(path)
    const offer = view.may.find((each) => each.verb === 'complete')
    if (view.phase === 'ended' || offer) return { walker, view, offer }
  }
  return { walker: undefined, view: view!, offer: undefined }
}

/** Waits while the system works on the step. */
async function settled(client: Client, path: string, onWait: (status: string) => void): Promise<void> {
  const started = performance.now()
  let told = 0
  for (;;) {
    const view = await client.get<Case>(path)
    if (view.phase === 'ended' || view.stage === 'acting') return
    const waitedMs = performance.now() - started
    if (waitedMs > effectTimeoutMs) throw new Error(`${view.status} ${view.trouble ?? ''}`)
    if (waitedMs - told > 1000) {
      told = waitedMs
      onWait(view.trouble ?? view.status)
    }
    await sleep(pollMs)
  }
}

/** Fills in whatever form the step offers: every item is complete, the first outcome that goes on is taken. */
function formFor(offer: Offer): {
  form: Record<string, unknown>
  outcome?: string
  extra: Record<string, string>
} {
  const has = (name: string): boolean => offer.form?.properties?.[name] !== undefined
  const form: Record<string, unknown> = {}
  if (has('instruction')) form.instruction = 'Untuk ditindaklanjuti sesuai ketentuan.'
  if (has('conclusion')) form.conclusion = 'Sesuai dan dapat dilanjutkan.'
  if (has('confirmed')) form.confirmed = true
  if (has('items')) form.items = (offer.checklist ?? []).map(({ item }) => ({ item, verdict: 'complete' }))
  const outcome = offer.outcomes?.find((each) => each.kind === 'continue')?.id
  const extra = Object.fromEntries(
    (offer.fields ?? []).filter((field) => field.required).map((field) => [field.id, valueFor(field)]),
  )
  return { form, extra, ...(outcome === undefined ? {} : { outcome }) }
}

function valueFor(field: { readonly type: string; readonly options?: readonly string[] }): string {
  switch (field.type) {
    case 'number':
      return '1'
    case 'date':
      return '2026-01-05'
    case 'yes-no':
      return 'yes'
    case 'choice':
      return field.options?.[0] ?? ''
    default:
      return 'Contoh'
  }
}
