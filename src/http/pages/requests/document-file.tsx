import type { Child } from 'hono/jsx'
import type { Locale } from '../../../domain/refused.ts'
import type { PdfCarry } from '../../../domain/requests/pdf-content.ts'
import { carryTexts, documentTexts, scanFound } from '../../../domain/text/documents.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import type { DocumentFacts } from '../../../db/requests/case-file.ts'
import { FileLink } from '../../ui/case.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'

/** A document that somebody handed in: to download, or why it cannot be, and what to know before opening it. */
export function DocumentFile(props: {
  readonly document: DocumentFacts
  readonly href: string
  readonly name: string
  readonly meta: string
  readonly aside?: Child
  readonly locale: Locale
  readonly children?: Child
}) {
  const { document, locale } = props
  if (document.destroyed) return <DestroyedFile name={props.name} locale={locale} {...document.destroyed} />
  const held = document.scan === 'waiting' || document.scan === 'found'
  return (
    <>
      <FileLink
        {...(!held && { href: props.href })}
        name={props.name}
        meta={props.meta}
        aside={held ? <ScanPill document={document} locale={locale} /> : props.aside}
      />
      {document.scan === 'found' && (
        <Alert tone="danger" locale={locale}>
          {scanFound(document.scan_finding ?? '')[locale]}
        </Alert>
      )}
      {document.scan !== 'found' && <CarriesNotice carries={document.carries} locale={locale} />}
      {props.children}
    </>
  )
}

/** A file that is there no more, and by which record it went. */
export function DestroyedFile(props: {
  readonly name: string
  readonly on: string
  readonly number: string
  readonly locale: Locale
}) {
  const { name, on, number, locale } = props
  return <FileLink name={name} meta={archiveRecordTexts.destroyedBy(on, number)[locale]} />
}

function ScanPill({ document, locale }: { document: DocumentFacts; locale: Locale }) {
  if (document.scan === 'found')
    return <StatusPill tone="danger" icon="close" text={documentTexts.quarantined[locale]} />
  return <StatusPill tone="warning" text={documentTexts.scanWaiting[locale]} />
}

/** What a file carries beside its pages, before somebody opens it. */
function CarriesNotice({ carries, locale }: { carries: readonly PdfCarry[]; locale: Locale }) {
  if (carries.length === 0) return null
  const what = carries.map((each) => carryTexts[each][locale]).join(', ')
  return (
    <Alert tone="warning" locale={locale} title={`${documentTexts.carries[locale]} ${what}.`}>
      {documentTexts.carriesHint[locale]}
    </Alert>
  )
}
