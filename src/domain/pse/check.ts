import type { Text } from '../refused.ts'
import type { LocalDate } from '../dates/zones.ts'
import { revokedWarnings } from '../legal/regulations.ts'
import { pseText } from '../text/pse.ts'
import type { PseFieldName } from '../text/pse.ts'
import { ASPECTS, dataClassification } from './data-classification.ts'
import type { Contact, PseData } from './pse-data.ts'
import { SECURITY_QUESTIONS, securityCategory } from './security-category.ts'

/**
 * `missing`: must be filled in; `inconsistent`: two answers contradict each other or one cannot be true; `notice`: the
 * operator should know, the request may go on.
 */
export type PseFinding = {
  /** Path of the field in the record, e.g. `contacts.technical.email`. */
  readonly field: string
  readonly severity: 'missing' | 'inconsistent' | 'notice'
  readonly text: Text
}

/** What the record is compared with. `requestedName` is the host name applied for, if any. */
export type PseContext = { readonly today: LocalDate; readonly requestedName?: string | undefined }

/** What is missing or inconsistent in the data of an electronic system, in the order of the form. */
export function checkPse(data: PseData, context: PseContext): PseFinding[] {
  return [
    ...checkIdentity(data),
    ...checkContacts(data),
    ...checkAddress(data, context),
    ...checkPersonalData(data),
    ...checkSecurity(data),
    ...checkStorage(data),
    ...checkRegistration(data, context),
    ...checkLegalBasis(data),
  ]
}

function missing(field: string, name: PseFieldName): PseFinding {
  return { field, severity: 'missing', text: pseText.missing(name) }
}

function inconsistent(field: string, text: Text): PseFinding {
  return { field, severity: 'inconsistent', text }
}

function notice(field: string, text: Text): PseFinding {
  return { field, severity: 'notice', text }
}

function checkIdentity(data: PseData): PseFinding[] {
  const fields = ['name', 'purpose', 'sector', 'ownerAgency'] as const
  return fields.filter((field) => data[field] === null).map((field) => missing(field, field))
}

function checkContacts({ contacts }: PseData): PseFinding[] {
  const { administrative, technical } = contacts
  const findings = [
    ...checkContact('contacts.administrative', administrative),
    ...checkContact('contacts.technical', technical),
  ]
  if (samePerson(administrative, technical))
    findings.push(inconsistent('contacts.technical', pseText.samePerson))
  return findings
}

/** Digits of an Indonesian telephone number without its prefix, as numbering plans go. */
const PHONE = /^(\+?62|0)\d{7,13}$/
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/

function checkContact(path: string, contact: Contact): PseFinding[] {
  const needed = ['name', 'post', 'phone', 'email'] as const
  const findings = needed.filter((key) => contact[key] === null).map((key) => missing(`${path}.${key}`, key))
  const { email, nip, phone } = contact
  if (email !== null && !EMAIL.test(email)) findings.push(inconsistent(`${path}.email`, pseText.email))
  if (phone !== null && !PHONE.test(phone.replace(/[\s().-]/g, ''))) {
    findings.push(inconsistent(`${path}.phone`, pseText.phone))
  }
  if (nip !== null && !/^\d{18}$/.test(nip.replace(/\s/g, '')))
    findings.push(inconsistent(`${path}.nip`, pseText.nip))
  return findings
}

function samePerson(a: Contact, b: Contact): boolean {
  const same = (key: 'nip' | 'email' | 'phone') => a[key] !== null && plain(a[key]) === plain(b[key] ?? '')
  return same('nip') || same('email') || (same('phone') && plain(a.name ?? '') === plain(b.name ?? ''))
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s().-]/g, '')
}

function checkAddress({ url }: PseData, { requestedName }: PseContext): PseFinding[] {
  if (url === null || requestedName === undefined) return []
  const host = new URL(url).hostname
  const wanted = requestedName.toLowerCase().replace(/\.$/, '')
  return host === wanted ? [] : [inconsistent('url', pseText.otherName(host, wanted))]
}

function checkPersonalData({ personalData, security }: PseData): PseFinding[] {
  const { processed, kinds } = personalData
  const answer = security.personalData
  if (processed === null) return [missing('personalData.processed', 'personalData')]
  const findings: PseFinding[] = []
  if (processed && kinds.length === 0) findings.push(missing('personalData.kinds', 'personalDataKinds'))
  if (!processed && kinds.length > 0)
    findings.push(inconsistent('personalData.kinds', pseText.kindsWithoutData))
  if (processed && answer === 'C')
    findings.push(inconsistent('security.personalData', pseText.personalDataDenied))
  if (!processed && (answer === 'A' || answer === 'B')) {
    findings.push(inconsistent('security.personalData', pseText.personalDataClaimed))
  }
  return findings
}

function checkSecurity(data: PseData): PseFinding[] {
  const { security, classification } = data
  const questions = SECURITY_QUESTIONS.flatMap((id, i): PseFinding[] => {
    if (security[id] !== null) return []
    return [{ field: `security.${id}`, severity: 'missing', text: pseText.question(i + 1) }]
  })
  const aspects = ASPECTS.filter((id) => classification[id] === null).map((id) =>
    missing(`classification.${id}`, id),
  )
  return [...questions, ...aspects, ...compareLevels(data)]
}

/** Category and classification are two views of one system and should not lie far apart. */
function compareLevels({ security, classification }: PseData): PseFinding[] {
  const category = securityCategory(security)?.category
  const level = dataClassification(classification)?.level
  const findings: PseFinding[] = []
  if (category === 'strategis' && level === 'rendah') {
    findings.push(inconsistent('classification', pseText.strategicButLow))
  }
  if (category === 'rendah' && level === 'tinggi') findings.push(inconsistent('security', pseText.lowButHigh))
  if (security.dataSecrecy === 'A' && classification.confidentiality === 1) {
    findings.push(inconsistent('classification.confidentiality', pseText.secretButOpen))
  }
  if (security.dataSecrecy === 'C' && classification.confidentiality === 5) {
    findings.push(inconsistent('classification.confidentiality', pseText.openButSecret))
  }
  return findings
}

function checkStorage({ storage, security, classification }: PseData): PseFinding[] {
  const { place, provider } = storage
  if (place === null) return [missing('storage.place', 'storage')]
  const findings: PseFinding[] = []
  const outside = place === 'domestic' || place === 'abroad'
  if (outside && provider === null) findings.push(missing('storage.provider', 'provider'))
  if (place !== 'abroad') return findings
  const strategic = securityCategory(security)?.category === 'strategis'
  const high = dataClassification(classification)?.level === 'tinggi'
  if (strategic || high) findings.push(inconsistent('storage.place', pseText.highAbroad))
  else findings.push(notice('storage.place', pseText.abroad))
  return findings
}

function checkRegistration({ registration }: PseData, { today }: PseContext): PseFinding[] {
  const { status, number, date } = registration
  const findings: PseFinding[] = []
  if (status === null) findings.push(missing('registration.status', 'registration'))
  if (status === 'registered' && number === null)
    findings.push(missing('registration.number', 'registrationNumber'))
  if (status === 'registered' && number === null && date !== null) {
    findings.push(inconsistent('registration.date', pseText.dateWithoutNumber))
  }
  if ((status === 'registered' || number !== null) && date === null) {
    findings.push(missing('registration.date', 'registrationDate'))
  }
  if (status === 'not-yet' && number !== null) {
    findings.push(inconsistent('registration.status', pseText.numberWithoutStatus))
  }
  if (date !== null && date > today) findings.push(inconsistent('registration.date', pseText.futureDate))
  if (status === 'not-yet') findings.push(notice('registration.status', pseText.registerBy(today)))
  return findings
}

function checkLegalBasis({ legalBasis }: PseData): PseFinding[] {
  return revokedWarnings(legalBasis ?? '').map((text) => inconsistent('legalBasis', text))
}
