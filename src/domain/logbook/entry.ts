import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import type { Json } from './canonical.ts'

/** The format that docs/logbook-format.md describes. It stands in every entry and in every export. */
export const LOGBOOK_FORMAT = 'ranah-logbook-1'

/** Goes before the previous hash and the text of an entry. Printable, so that SQL can use it as it is. */
export const ENTRY_TAG = 'ranah-logbook-1 entry\n'

const GENESIS_TAG = 'ranah-logbook-1 genesis\n'

/** Length of the salt of a commitment, in octets. */
export const SALT_BYTES = 16

/** Who acted. `ref` is the key of a person in the office's own records, never a name; null for the system. */
export type EntryActor = { readonly role: string; readonly ref: string | null }

/** What was acted upon: a request by its ticket, a service by its name, and so on. */
export type EntrySubject = { readonly kind: string; readonly id: string }

/** Everything an entry says but its place in the chain. */
export type EntryFacts = {
  readonly office: string
  readonly at: Date
  readonly actor: EntryActor
  /** Kebab-case words joined by dots, e.g. `request.submitted`. */
  readonly act: string
  readonly subject: EntrySubject
  /** Public facts only. Whatever belongs to a person goes into `commitments`. */
  readonly details?: { readonly [key: string]: Json }
  /** Field name to {@link commit}ment. */
  readonly commitments?: { readonly [field: string]: string }
}

export type EntryInput = EntryFacts & { readonly seq: number }

const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/
const WORD = /^[a-z][a-z0-9-]{0,63}$/
const ACT = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){0,4}$/
const HASH = /^[0-9a-f]{64}$/

/** Fields that belong to a person: an entry holds them as commitments only (UU 27/2022). */
const PERSONAL = new Set([
  'nip',
  'nik',
  'email',
  'e-mail',
  'phone',
  'telephone',
  'whatsapp',
  'person-name',
  'personName',
])

/** Longest subject id in characters: a name in the DNS has at most 253. No control characters. */
const SUBJECT_ID = /^[^\u0000-\u001f]{1,300}$/

/** Longest text of an entry, and longest personal value, in characters; a line of an export holds either. */
const MAX_TEXT = 100_000

/** The canonical text of an entry: what is hashed and what is stored. Throws TypeError on malformed input. */
export function entryText(input: EntryInput): string {
  const { before, after } = entryParts(input)
  if (!Number.isSafeInteger(input.seq) || input.seq < 1) throw new TypeError('logbook: seq counts from 1')
  return `${before}${input.seq}${after}`
}

/**
 * The canonical text around the sequence number: `before + seq + after`. It lets one SQL statement take the next
 * number, hash and store, so that the head of the chain is locked as briefly as can be.
 */
export function entryParts(facts: EntryFacts): { readonly before: string; readonly after: string } {
  checkFacts(facts)
  const { act, actor, commitments = {}, details = {}, office, subject } = facts
  const before = canonical({
    act,
    actor: { ref: actor.ref, role: actor.role },
    at: facts.at.toISOString(),
    commitments,
    details,
    format: LOGBOOK_FORMAT,
    office,
  })
  if (before.length > MAX_TEXT) throw new TypeError(`logbook: an entry has at most ${MAX_TEXT} characters`)
  const after = canonical({ subject: { id: subject.id, kind: subject.kind } })
  return { before: `${before.slice(0, -1)},"seq":`, after: `,${after.slice(1)}` }
}

/** The hash of the entry that follows `prev`: SHA-256 over tag, previous hash (32 octets) and text; hex. */
export function nextHash(prev: string, text: string): string {
  if (!HASH.test(prev)) throw new TypeError('logbook: prev is not 64 hex digits')
  return createHash('sha256').update(ENTRY_TAG).update(Buffer.from(prev, 'hex')).update(text).digest('hex')
}

/** What stands before the first entry of an office's chain; hex. It is the head of an empty logbook. */
export function genesisHash(officeId: string): string {
  return createHash('sha256').update(GENESIS_TAG).update(officeId).digest('hex')
}

/**
 * A salted commitment to one personal value; hex. Whoever holds salt and value can prove what was recorded;
 * once both are erased nothing can be learnt from it, and the chain stays valid.
 */
export function commit(salt: Uint8Array, value: string): string {
  if (salt.length !== SALT_BYTES) throw new TypeError(`logbook: a salt has ${SALT_BYTES} octets`)
  if (value.length > MAX_TEXT) throw new TypeError(`logbook: a value has at most ${MAX_TEXT} characters`)
  return createHash('sha256')
    .update(salt)
    .update(Buffer.from([0]))
    .update(value.toWellFormed())
    .digest('hex')
}

function checkFacts(facts: EntryFacts): void {
  const { act, actor, commitments = {}, details = {}, office, subject } = facts
  if (!REFERENCE.test(office)) throw new TypeError('logbook: malformed office id')
  if (!ACT.test(act)) throw new TypeError(`logbook: malformed act ${act}`)
  if (!WORD.test(actor.role)) throw new TypeError(`logbook: malformed role ${actor.role}`)
  if (actor.ref !== null && !REFERENCE.test(actor.ref))
    throw new TypeError('logbook: the actor is a reference')
  if (!WORD.test(subject.kind)) throw new TypeError(`logbook: malformed kind ${subject.kind}`)
  if (!SUBJECT_ID.test(subject.id)) throw new TypeError('logbook: malformed subject')
  for (const hash of Object.values(commitments)) {
    if (!HASH.test(hash)) throw new TypeError('logbook: a commitment is 64 hex digits')
  }
  refusePersonal(details)
}

function refusePersonal(value: Json | { readonly [key: string]: Json }): void {
  if (value === null || typeof value !== 'object') return
  for (const [key, member] of Object.entries(value)) {
    if (PERSONAL.has(key)) throw new TypeError(`logbook: ${key} is personal data; record a commitment to it`)
    refusePersonal(member)
  }
}
