import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { formatDate } from '../../domain/dates/indonesian.ts'
import { isLocalDate } from '../../domain/dates/zones.ts'
import type { ApplicationLetter } from '../../domain/letters/papers.ts'
import { securityCategory } from '../../domain/pse/security-category.ts'
import { pseRecordOf } from '../../domain/requests/pse-record.ts'
import type { Text } from '../../domain/refused.ts'
import { applicationText, letterLabels } from '../../domain/text/letters.ts'
import { paperTexts } from '../../domain/text/papers.ts'
import { PSE_FIELDS, SECURITY_CATEGORY_TEXT } from '../../domain/text/pse.ts'
import { registrationTexts, requestFormTexts as texts, storageTexts } from '../../domain/text/request-form.ts'
import { readContacts } from '../contacts.ts'
import type { HttpDeps } from '../deps.ts'
import { wishedName, wordOf } from '../pages/requests/facts.tsx'
import { kindFieldsOf } from '../pages/requests/stages.ts'
import type { Case } from './open-case.ts'

type Row = { readonly label: string; readonly value: string }

/** Rows that have a value; official papers are Indonesian. */
const rowsOf = (facts: readonly (readonly [Text | string, string | null | undefined])[]): Row[] =>
  facts.flatMap(([label, value]) => {
    const text = value?.trim()
    return text ? [{ label: typeof label === 'string' ? label : label.id, value: text }] : []
  })

/** Sets the application letter with its form from what was entered so far, for the applicant to sign. @returns the PDF */
export async function applicationPdf(deps: HttpDeps, member: Member, view: Case): Promise<Buffer> {
  await readContacts(deps, member, view.contacts)
  const office = await inScope(deps.db, member, (tx) => readPaperOffice(tx, member.officeId))
  return deps.lookups.renderPaper(applicationPaper(view, office), member.officeId)
}

function applicationPaper(
  view: Case,
  office: { government: string; name: string; place: string; paper: 'A4' | 'F4' },
): ApplicationLetter {
  const { form, ticket } = view.row
  const { number, date, signatory, signatoryPost } = form.letter ?? {}
  const service = view.kind.label.id
  return {
    kind: 'application-letter',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: { government: office.government, office: view.agency.name.toUpperCase(), addressLines: [] },
    createdAt: view.now.toISOString(),
    ticket,
    ...(number ? { number } : {}),
    ...(date && isLocalDate(date) ? { date } : {}),
    place: office.place,
    subject: applicationText.subject(service).id,
    service,
    agency: view.agency.name,
    recipient: { lines: [paperTexts.signatoryPost(office.name).id], place: paperTexts.atPlace.id },
    main: mainRows(view),
    form: formParts(view),
    signature: {
      post: signatoryPost || paperTexts.headOf(view.agency.name).id,
      ...(signatory ? { name: signatory } : {}),
    },
  }
}

export function mainRows(view: Case): Row[] {
  const { form } = view.row
  return rowsOf([
    [letterLabels.service, view.kind.label.id],
    [texts.agency, view.agency.name],
    [texts.label, wishedName(view)],
    [texts.purpose, form.purpose],
    [texts.targetTitle, form.target?.value ? `${form.target.type ?? ''} ${form.target.value}` : null],
    [texts.endsOn, dateOf(form.endsOn)],
  ])
}

export function formParts(view: Case): ApplicationLetter['form'] {
  const { form } = view.row
  const parts = [
    ...(['administrative', 'technical'] as const).map((who) => ({
      title: texts[who].id,
      rows: rowsOf([
        ['Nama', form[who]?.name],
        ['NIP', form[who]?.nip],
        ['Pangkat/golongan', form[who]?.rank],
        ['Jabatan', form[who]?.post],
        ['Telepon/WA', form[who]?.phone],
        ['Pos-el', form[who]?.email],
      ]),
    })),
    { title: texts.systemTitle.id, rows: systemRows(view) },
    {
      title: 'Isian kantor',
      rows: rowsOf(
        kindFieldsOf(view).map((field) => [field.label, wordOf(form.extra?.[field.id] ?? '', 'id')] as const),
      ),
    },
  ]
  return parts.filter(({ rows }) => rows.length > 0)
}

function systemRows(view: Case): Row[] {
  const { data } = pseRecordOf(view.row.form, view.agency.name)
  const { place, provider } = data.storage
  const { status, number, date } = data.registration
  const { processed } = data.personalData
  const category = securityCategory(data.security)
  return rowsOf([
    [texts.systemName, data.name],
    [texts.systemPurpose, data.purpose],
    [texts.sector, data.sector],
    [texts.url, data.url],
    [PSE_FIELDS.storage, place && [storageTexts[place].id, provider].filter(Boolean).join(', ')],
    [PSE_FIELDS.personalData, processed === null ? null : (processed ? texts.yes : texts.no).id],
    [texts.category, category && texts.score(SECURITY_CATEGORY_TEXT[category.category], category.score).id],
    [
      PSE_FIELDS.registration,
      status && [registrationTexts[status].id, number, dateOf(date)].filter(Boolean).join(', '),
    ],
    [texts.legalBasis, data.legalBasis],
  ])
}

const dateOf = (value: string | null | undefined): string | null =>
  value && isLocalDate(value) ? formatDate(value) : null
