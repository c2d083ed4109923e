import { formatDate } from '../../../domain/dates/indonesian.ts'
import { isLocalDate, localDate } from '../../../domain/dates/zones.ts'
import { checkPse } from '../../../domain/pse/check.ts'
import type { PseFinding } from '../../../domain/pse/check.ts'
import type { Locale, Text } from '../../../domain/refused.ts'
import { pseRecordOf } from '../../../domain/requests/pse-record.ts'
import { PSE_FIELDS } from '../../../domain/text/pse.ts'
import {
  registrationTexts,
  requestFormTexts as texts,
  storageTexts,
} from '../../../domain/text/request-form.ts'
import { paths } from '../../paths.ts'
import type { Case } from '../../requests/open-case.ts'
import type { Fact } from '../../ui/page.tsx'
import { documentMeta } from './stage-fields.tsx'
import { DocumentFile } from './document-file.tsx'
import { draftValue, kindFieldsOf, lastOfKind, requestedDocuments } from './stages.ts'
import { computedFacts } from './system-stage.tsx'

/** What is known about the record of the electronic system, compared with what is applied for. */
export function findingsOf(view: Case): readonly PseFinding[] {
  const today = localDate(view.now, view.zoneOfTime)
  const { data, unreadable } = pseRecordOf(view.row.form, view.agency.name)
  const wrong = unreadable.map(({ field, text }) => ({ field, text, severity: 'inconsistent' as const }))
  const name = view.row.fqdn ?? wishedName(view)
  return [...wrong, ...checkPse(data, { today, requestedName: name ?? undefined })].map(withPerson)
}

/** The two contacts have the same fields, so a finding about one says whose it is. */
function withPerson(finding: PseFinding): PseFinding {
  const who = /^contacts\.(administrative|technical)\./.exec(finding.field)?.[1]
  if (who !== 'administrative' && who !== 'technical') return finding
  const { id, en } = finding.text
  return { ...finding, text: { id: `${texts[who].id}: ${id}`, en: `${texts[who].en}: ${en}` } }
}

/** The name as it is asked for, held or not. */
export function wishedName({ row, zone, service }: Case): string | null {
  if (row.fqdn) return row.fqdn
  if (service) return service.fqdn
  const label = row.form.label?.trim().toLowerCase()
  if (!label) return null
  return zone && !label.endsWith(zone.name) ? `${label}.${zone.name}` : label
}

/** Facts that have a value; a fact without one is left out. */
function filled(facts: readonly (readonly [Text, string | null | undefined])[], locale: Locale): Fact[] {
  return facts.flatMap(([term, value]) => (value ? [{ term: term[locale], value }] : []))
}

const dateOf = (value: string | undefined, locale: Locale): string | undefined =>
  value && isLocalDate(value) ? formatDate(value, locale) : value

export function subjectFacts(view: Case, locale: Locale): Fact[] {
  const { form } = view.row
  const name = wishedName(view)
  return [
    { term: texts.kind[locale], value: view.kind.label[locale] },
    { term: texts.agency[locale], value: view.agency.name },
    ...(name ? [{ term: texts.label[locale], value: <span class="mono">{name}</span> }] : []),
    ...filled(
      [
        [texts.targetTitle, form.target?.value ? `${form.target.type ?? ''} ${form.target.value}` : null],
        [texts.purpose, form.purpose],
        [texts.endsOn, dateOf(form.endsOn, locale)],
      ],
      locale,
    ),
    ...kindFieldsOf(view).flatMap((field) => {
      const value = form.extra?.[field.id]
      return value ? [{ term: field.label, value: wordOf(value, locale) }] : []
    }),
  ]
}

/** An answer to a yes-no question of the office in words; anything else as it was entered. */
export const wordOf = (value: string, locale: Locale): string =>
  value === 'yes' ? texts.yes[locale] : value === 'no' ? texts.no[locale] : value

export function letterFacts({ row }: Case, locale: Locale): Fact[] {
  const { letter } = row.form
  return filled(
    [
      [texts.letterNumber, letter?.number],
      [texts.letterDate, dateOf(letter?.date, locale)],
      [texts.signatory, letter?.signatory],
      [texts.signatoryPost, letter?.signatoryPost],
    ],
    locale,
  )
}

export function documentFacts(view: Case, locale: Locale, office: string): Fact[] {
  return requestedDocuments(view).flatMap((each) => {
    const document = lastOfKind(view, each.document)
    if (!document) return []
    const href = paths.requestDocument(office, view.row.ticket, document.id)
    return [
      {
        term: each.text,
        value: (
          <DocumentFile
            document={document}
            href={href}
            name={document.filename}
            meta={documentMeta(view, document, locale)}
            locale={locale}
          />
        ),
      },
    ]
  })
}

/** Who the contacts are; how they are reached only where that may be shown. */
export function contactFacts({ row, contacts }: Case, locale: Locale): Fact[] {
  return (['administrative', 'technical'] as const).flatMap((who) => {
    const contact = row.form[who]
    if (!contact?.name) return []
    const reached = [contact.rank, contact.nip && `NIP ${contact.nip}`, contact.phone, contact.email]
    const lines = [contact.post, ...(contacts.open ? reached : [])]
    return [
      {
        term: texts[who][locale],
        value: (
          <>
            {contact.name}
            <br />
            <span class="muted small">{lines.filter(Boolean).join(' · ')}</span>
          </>
        ),
      },
    ]
  })
}

export function systemFacts(view: Case, locale: Locale): Fact[] {
  const { data } = pseRecordOf(view.row.form, view.agency.name)
  const { place, provider } = data.storage
  const { status, number, date } = data.registration
  const processed = data.personalData.processed
  return [
    ...filled(
      [
        [texts.systemName, data.name],
        [texts.systemPurpose, data.purpose],
        [texts.sector, data.sector],
        [texts.url, data.url ?? draftValue(view.row.form, 'system.url')],
        [PSE_FIELDS.storage, place && [storageTexts[place][locale], provider].filter(Boolean).join(', ')],
        [PSE_FIELDS.personalData, processed === null ? null : (processed ? texts.yes : texts.no)[locale]],
        [
          PSE_FIELDS.registration,
          status &&
            [registrationTexts[status][locale], number, date && dateOf(date, locale)]
              .filter(Boolean)
              .join(', '),
        ],
        [texts.legalBasis, data.legalBasis],
      ],
      locale,
    ),
    ...computedFacts(data, locale),
  ]
}
