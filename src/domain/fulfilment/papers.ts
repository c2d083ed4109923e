import type { FileAccess } from '../office/server-drivers.ts'
import { letterheadOf } from '../letters/letterhead.ts'
import type { HandOverNote, Paper, ReplyLetter } from '../letters/papers.ts'
import type { LogbookHead, Signature } from '../letters/parts.ts'
import { groundTexts } from '../requests/grounds.ts'
import type { Ground } from '../requests/grounds.ts'
import type { ApplicationDraft, Contact } from '../requests/application.ts'
import type { Fulfilment } from '../sop/kinds.ts'
import { paperTexts } from '../text/papers.ts'

/** Everything a letter about a request says, read from the database. The logo joins only when it is set. */
export type PaperFacts = {
  readonly office: {
    readonly government: string
    readonly name: string
    readonly place: string
    readonly paper: 'A4' | 'F4'
    readonly letterhead: { addressLines?: string[]; phone?: string; email?: string; web?: string }
  }
  readonly agency: { readonly name: string; readonly headPost: string | null }
  readonly request: {
    readonly ticket: string
    readonly kindLabel: string
    readonly fulfilment: Fulfilment
    readonly fqdn: string | null
    readonly application: ApplicationDraft
  }
  readonly service: {
    readonly registeredUntil: string | null
    readonly hasSite: boolean
    /** Whether a certificate is in use: then visitors are told https. */
    readonly isSecure: boolean
  } | null
  readonly verdict: 'granted' | 'refused' | null
  readonly grounds: readonly Ground[]
  readonly signature: Signature
  readonly number: string
  readonly dated: string
  readonly at: Date
  readonly code: string
  readonly publicUrl: string
  readonly head: LogbookHead
  readonly revealUntil: string | null
  /** How the owner of the site gets at its files; the port is that of SFTP. */
  readonly fileAccess: FileAccess
  readonly sftpPort: number | null
  /** What the officer added to the letter. */
  readonly remark: string | null
}

/** @returns the paper with which a step ends: the reply letter, or the hand-over note with the address */
export function paperOf(kind: 'reply' | 'hand-over-note', facts: PaperFacts): Paper {
  return kind === 'reply' ? replyOf(facts) : handOverOf(facts)
}

const effects = {
  subdomain: 'created',
  hosting: 'changed',
  'subdomain-hosting': 'created',
  'record-change': 'changed',
  'contact-change': 'changed',
  'contact-takeover': 'changed',
  're-registration': 're-registered',
  closure: 'closed',
  manual: 'changed',
} as const satisfies Record<Fulfilment, string>

function common(facts: PaperFacts) {
  const letter = facts.request.application.letter ?? {}
  return {
    size: facts.office.paper === 'F4' ? ('f4' as const) : ('a4' as const),
    letterhead: letterheadOf(facts.office),
    createdAt: facts.at.toISOString(),
    number: facts.number,
    place: facts.office.place,
    date: facts.dated,
    about: {
      ticket: facts.request.ticket,
      letterNumber: letter.number ?? '-',
      letterDate: letter.date ?? facts.dated,
      system: systemOf(facts),
      agency: facts.agency.name,
    },
    signature: facts.signature,
    verification: {
      url: `${facts.publicUrl}/periksa/${facts.code}`,
      code: facts.code,
      logbookHead: facts.head,
    },
  }
}

function systemOf({ request }: PaperFacts): string {
  const name = request.application.system?.name
  return typeof name === 'string' && name.trim() !== '' ? name : (request.fqdn ?? request.kindLabel)
}

const accessTexts = { office: paperTexts.accessByOffice, upload: paperTexts.accessByUpload }

function details(facts: PaperFacts): { label: string; value: string }[] {
  const { fqdn } = facts.request
  if (!facts.service?.hasSite || fqdn === null || facts.request.fulfilment === 'closure') return []
  return [
    { label: paperTexts.siteAddress.id, value: `${facts.service.isSecure ? 'https' : 'http'}://${fqdn}/` },
    facts.fileAccess !== 'sftp'
      ? { label: paperTexts.fileAccess.id, value: accessTexts[facts.fileAccess].id }
      : { label: paperTexts.sftpAddress.id, value: `${fqdn}, port ${facts.sftpPort}` },
  ]
}

function replyOf(facts: PaperFacts): ReplyLetter {
  const refused = facts.verdict === 'refused'
  const until = facts.service?.registeredUntil
  const granted = {
    effect: effects[facts.request.fulfilment],
    service: facts.request.kindLabel,
    fqdn: facts.request.fqdn ?? '-',
    since: facts.dated,
    ...(until ? { registeredUntil: until } : {}),
    details: [...details(facts), ...remarkOf(facts)],
  }
  return {
    kind: 'reply',
    ...common(facts),
    nature: paperTexts.natureOrdinary.id,
    attachments: '-',
    subject: (refused ? paperTexts.subjectRefused : paperTexts.subjectGranted)(facts.request.kindLabel).id,
    recipient: {
      lines: [facts.agency.headPost ?? paperTexts.headOf(facts.agency.name).id],
      place: paperTexts.atPlace.id,
    },
    copies: [],
    outcome: refused ? 'refused' : 'accepted',
    ...(refused ? {} : { granted }),
    reasons: refused
      ? facts.grounds.map((each) => ({
          code: each.code,
          ground: groundTexts[each.code].id,
          remark: each.text,
        }))
      : [],
  }
}

const remarkOf = ({ remark }: PaperFacts): { label: string; value: string }[] =>
  remark ? [{ label: paperTexts.remark.id, value: remark }] : []

function handOverOf(facts: PaperFacts): HandOverNote {
  const technical = facts.request.application.technical as Contact | undefined
  const administrative = facts.request.application.administrative as Contact | undefined
  const until = facts.service?.registeredUntil
  const receiver = administrative ?? technical
  return {
    kind: 'hand-over-note',
    ...common(facts),
    service: facts.request.kindLabel,
    fqdn: facts.request.fqdn ?? '-',
    details: [...details(facts), ...remarkOf(facts)],
    enclosed: [],
    ...(facts.revealUntil && technical
      ? { reveal: { contact: technical.name, until: facts.revealUntil, portal: facts.publicUrl } }
      : {}),
    ...(until ? { registeredUntil: until } : {}),
    receivedBy: {
      name: receiver?.name ?? facts.agency.name,
      post: receiver?.post ?? facts.agency.name,
      ...(receiver?.nip && { nip: receiver.nip }),
      ...(receiver?.rank && { rank: receiver.rank }),
    },
  }
}
