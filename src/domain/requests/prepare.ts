import type { Rrset } from '../dns/records.ts'
import type { EnteredRow } from '../dns/own-records.ts'
import { readRecordTable, recordRowsOf } from '../dns/own-records.ts'
import type { ServiceName } from '../dns/service-name.ts'
import { parseServiceName } from '../dns/service-name.ts'
import type { FieldIssue } from '../refused.ts'
import { Refused } from '../refused.ts'
import { isTargetOf } from '../hosting/target.ts'
import type { SopField } from '../sop/document.ts'
import type { RequestKind } from '../sop/kinds.ts'
import { makesSite, needsRecords, needsTarget } from '../sop/kinds.ts'
import { applicationTexts } from '../text/application.ts'
import { issuesOf } from '../text/issues.ts'
import { recordTexts } from '../text/records.ts'
import type { Application, ApplicationDraft } from './application.ts'
import { application, siteWish } from './application.ts'
import { extraIssues } from './step-forms.ts'

/** What the application is about, read from the database by the caller. */
export type ApplicationSubject = {
  readonly kind: Pick<RequestKind, 'fulfilment' | 'about' | 'temporary'>
  /** The day on which it is sent, in the office's zone. */
  readonly today: string
  /** The parent domain for a new name. */
  readonly zone: string | null
  /** The live service for hosting, re-registration and closure. */
  readonly service: {
    readonly hasSite: boolean
    readonly fqdn: string
    readonly zone: string
    readonly records: readonly Rrset[]
    /** Names at or below the service's that somebody else holds. */
    readonly others: readonly string[]
  } | null
  readonly kindForm: readonly SopField[]
  /** Whether the office has a site host of its own. */
  readonly ownHost: boolean
}

export type PreparedApplication = { readonly application: Application; readonly name: ServiceName | null }

/**
 * Checks a whole application before it is sent; every problem is named at once, with its field.
 * @throws Refused `application-incomplete` with one issue per field
 */
export function prepareApplication(
  draft: ApplicationDraft,
  subject: ApplicationSubject,
): PreparedApplication {
  const parsed = application.safeParse(withoutBlanks(draft))
  const issues: FieldIssue[] = parsed.success ? [] : [...issuesOf(parsed.error)]
  issues.push(...subjectIssues(draft, subject))
  issues.push(...extraIssues(subject.kindForm, draft.extra ?? {}))
  const name = nameOf(draft, subject, issues)
  const records = recordsOf(draft, subject, issues)
  if (!parsed.success || issues.length > 0)
    throw new Refused('application-incomplete', applicationTexts.incomplete, { issues })
  return { application: { ...parsed.data, ...(records && { records: [...records] }) }, name }
}

/** Forms send empty fields as empty strings; to the schema an empty optional field is no field. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([, each]) => each !== '' && each !== undefined)
    .map(([key, each]) => [key, withoutBlanks(each)] as const)
    .filter(([, each]) => !(typeof each === 'object' && each !== null && Object.keys(each).length === 0))
  return Object.fromEntries(entries)
}

function subjectIssues(draft: ApplicationDraft, subject: ApplicationSubject): FieldIssue[] {
  const issues: FieldIssue[] = []
  const { about, fulfilment, temporary } = subject.kind
  if (about === 'new-name' && subject.zone === null)
    issues.push({ field: 'zoneId', text: applicationTexts.zoneMissing })
  if (about === 'existing-service' && subject.service === null)
    issues.push({ field: 'serviceId', text: applicationTexts.serviceMissing })
  if (fulfilment === 'hosting' && subject.service?.hasSite)
    issues.push({ field: 'serviceId', text: applicationTexts.alreadyHosted })
  if (needsTarget(fulfilment) && !draft.target?.value)
    issues.push({ field: 'target.value', text: applicationTexts.targetMissing })
  if (makesSite(fulfilment)) issues.push(...siteIssues(draft, subject))
  if (temporary && !draft.endsOn) issues.push({ field: 'endsOn', text: applicationTexts.endsOnMissing })
  if (about === 'new-name' && draft.endsOn && draft.endsOn <= subject.today)
    issues.push({ field: 'endsOn', text: applicationTexts.endsOnPast })
  return issues
}

/** A site that leads elsewhere says where; what only an office's own host can do needs one. */
function siteIssues({ site, label }: ApplicationDraft, { zone, ownHost }: ApplicationSubject): FieldIssue[] {
  const wish = siteWish.safeParse(withoutBlanks(site ?? {}))
  if (!wish.success) return []
  const { kind, target, database } = wish.data
  if (!ownHost && (kind !== 'static' || database !== undefined))
    return [{ field: 'site.kind', text: applicationTexts.siteNeedsHost }]
  const fqdn = `${label ?? ''}.${zone ?? ''}`
  if (isTargetOf({ fqdn, kind, target })) return []
  return [{ field: 'site.target', text: applicationTexts.siteTarget[kind] }]
}

/** The table of records in its one spelling; a table that changes nothing is no request. */
function recordsOf(
  draft: ApplicationDraft,
  { kind, service }: ApplicationSubject,
  issues: FieldIssue[],
): readonly EnteredRow[] | undefined {
  if (!needsRecords(kind.fulfilment) || service === null) return undefined
  const table = readRecordTable(draft.records ?? [], service)
  const isSame = spelling(table.sets) === spelling(service.records)
  if (table.issues.length === 0 && isSame) issues.push({ field: 'records', text: recordTexts.unchanged })
  issues.push(...table.issues)
  return recordRowsOf(table.sets)
}

const spelling = (sets: readonly Rrset[]): string =>
  JSON.stringify(
    sets.map(({ name, type, ttl, values }) => [name, type, ttl, ...[...values].sort()].join(' ')).sort(),
  )

function nameOf(
  draft: ApplicationDraft,
  subject: ApplicationSubject,
  issues: FieldIssue[],
): ServiceName | null {
  if (subject.kind.about !== 'new-name' || subject.zone === null) return null
  try {
    return parseServiceName(draft.label ?? '', subject.zone)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    issues.push({ field: 'label', text: error.text })
    return null
  }
}
