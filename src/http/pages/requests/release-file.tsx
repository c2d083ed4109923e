import type { DocumentFacts } from '../../../db/requests/case-file.ts'
import { releasers } from '../../../domain/access/duties.ts'
import { documentTexts as text } from '../../../domain/text/documents.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, TextArea } from '../../ui/form.tsx'
import type { RequestPageProps } from './page-props.ts'

/** Several files may be held back: each has a field of its own. */
export const releaseField = (documentId: string): string => `release.${documentId}`

/** Where a head of the office says that the scanner is wrong about a file. */
export function ReleaseFile(props: RequestPageProps & { readonly document: DocumentFacts }) {
  const { view, document, locale, office, attempts } = props
  const isHeld = document.scan === 'found' || document.scan === 'waiting'
  if (!isHeld || !view.member.roles.some((role) => releasers.includes(role))) return null
  const field = releaseField(document.id)
  return (
    <ConfirmSection
      danger
      label={text.release[locale]}
      title={text.releaseTitle[locale]}
      open={attempts.release.error(field) !== undefined}
    >
      <p>{text.releaseText[locale]}</p>
      <Form action={paths.documentRelease(office, view.row.ticket, document.id)}>
        <TextArea
          locale={locale}
          name={field}
          label={text.releaseWhy[locale]}
          rows={2}
          required
          maxlength={1000}
          value={attempts.release.value(field)}
          error={attempts.release.error(field)}
        />
        <ButtonRow>
          <Button kind="danger">{text.release[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
