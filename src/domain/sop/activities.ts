import type { Text } from '../refused.ts'
import type { Fulfilment } from './kinds.ts'

/**
 * What a step *does*. The vocabulary is closed and documented (docs/sop-format.md); an SOP picks
 * from it, so that a new SOP needs no code. `form` names the form a person fills to finish the step;
 * `effect` names the job that must succeed before the step counts as done.
 */
export type Activity = {
  readonly title: Text
  readonly form: ActivityForm
  readonly effect: StepEffect | null
  /** Whether the activity makes sense only with named outcomes. */
  readonly decides: boolean
}

export type ActivityForm =
  | 'application'
  | 'incoming-letter'
  | 'disposition'
  | 'coordination'
  | 'checklist'
  | 'pse-findings'
  | 'decision'
  | 'plan'
  | 'hand-over'
  | 'reply'
  | 'delivery'
  | 'note'

/** Work that the system does for a step, by a job, proven before the request moves on. */
export type StepEffect = 'provision' | 'issue-hand-over' | 'issue-reply'

const activity = (
  title: Text,
  form: ActivityForm,
  options: { effect?: StepEffect; decides?: boolean } = {},
): Activity => ({ title, form, effect: options.effect ?? null, decides: options.decides ?? false })

export const activities = {
  submit: activity({ id: 'Mengajukan permohonan', en: 'Submit the application' }, 'application'),
  receive: activity({ id: 'Menerima permohonan', en: 'Receive the application' }, 'incoming-letter'),
  dispose: activity({ id: 'Mendisposisi surat', en: 'Route the letter with an instruction' }, 'disposition'),
  study: activity({ id: 'Mempelajari permohonan', en: 'Study the application' }, 'note'),
  coordinate: activity({ id: 'Berkoordinasi', en: 'Coordinate' }, 'coordination'),
  'check-completeness': activity({ id: 'Memeriksa kelengkapan', en: 'Check completeness' }, 'checklist'),
  'check-pse': activity({ id: 'Memeriksa data PSE', en: 'Check the PSE data' }, 'pse-findings'),
  'check-technical': activity({ id: 'Memeriksa kesiapan teknis', en: 'Check technical readiness' }, 'note'),
  decide: activity({ id: 'Memutuskan permohonan', en: 'Decide on the application' }, 'decision', {
    decides: true,
  }),
  provision: activity({ id: 'Melaksanakan permohonan', en: 'Carry out the request' }, 'plan', {
    effect: 'provision',
  }),
  'hand-over': activity({ id: 'Menyerahkan layanan', en: 'Hand over the service' }, 'hand-over', {
    effect: 'issue-hand-over',
  }),
  reply: activity({ id: 'Mengirim surat balasan', en: 'Send the reply letter' }, 'reply', {
    effect: 'issue-reply',
  }),
  deliver: activity({ id: 'Menyampaikan dokumen', en: 'Deliver a document' }, 'delivery'),
  confirm: activity({ id: 'Mengonfirmasi', en: 'Confirm' }, 'note'),
  record: activity({ id: 'Mencatat', en: 'Record' }, 'note'),
  inform: activity({ id: 'Menyampaikan informasi', en: 'Inform' }, 'note'),
  perform: activity({ id: 'Melaksanakan kegiatan', en: 'Carry out the work' }, 'note'),
  close: activity({ id: 'Menutup permohonan', en: 'Close the request' }, 'note'),
} as const satisfies Record<string, Activity>

export type ActivityName = keyof typeof activities
export const activityNames = Object.keys(activities) as [ActivityName, ...ActivityName[]]

const provisionTitles: Readonly<Record<Fulfilment, Text>> = {
  subdomain: { id: 'Membuat layanan', en: 'Create the service' },
  hosting: { id: 'Membuat layanan', en: 'Create the service' },
  'subdomain-hosting': { id: 'Membuat layanan', en: 'Create the service' },
  'record-change': { id: 'Mengubah DNS record', en: 'Change the DNS records' },
  'contact-change': { id: 'Mengubah kontak', en: 'Change the contacts' },
  'contact-takeover': { id: 'Mengganti narahubung dan kredensial', en: 'Replace contacts and credentials' },
  're-registration': { id: 'Memperpanjang pendaftaran', en: 'Extend the registration' },
  closure: { id: 'Menutup layanan', en: 'Close the service' },
  manual: { id: 'Mengerjakan permohonan', en: 'Do the work' },
}

/** @returns what a step does, in a request of that fulfilment */
export const activityTitle = (name: ActivityName, fulfilment: Fulfilment): Text =>
  activities[name].effect === 'provision' ? provisionTitles[fulfilment] : activities[name].title
