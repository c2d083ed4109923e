import type { Child } from 'hono/jsx'
import type { Locale, Text } from '../../../domain/refused.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { siteKinds } from '../../../domain/hosting/site.ts'
import { makesSite, needsTarget } from '../../../domain/sop/kinds.ts'
import { pageCount } from '../../../domain/text/documents.ts'
import { requestFormTexts as texts } from '../../../domain/text/request-form.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Case } from '../../requests/open-case.ts'
import type { RequestOptions } from '../../requests/options.ts'
import { FileLink } from '../../ui/case.tsx'
import { Fieldset, FileInput, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { NameInput } from '../../ui/name-input.tsx'
import type { TextInputProps } from '../../ui/form.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { OfficeFields } from './sop-fields.tsx'
import { DocumentFile } from './document-file.tsx'
import { draftValue, kindFieldsOf, lastOfKind, requestedDocuments } from './stages.ts'

/** What the fields of a stage are drawn from. */
export type StageProps = {
  readonly view: Case
  readonly options: RequestOptions
  readonly attempt: Attempt
  readonly locale: Locale
  readonly office: string
}

/** @returns what a field needs besides its label: its name, what was entered, and what is wrong with it */
export function fieldOf({ view, attempt, locale }: StageProps, name: string, label: Text, required = false) {
  return {
    locale,
    name,
    label: label[locale],
    required,
    value: attempt.value(name, draftValue(view.row.form, name)),
    error: attempt.error(name),
  }
}

/** What the request is about: a new name, an existing service, or the office's own fields. */
export function SubjectStage(props: StageProps) {
  const { view, locale, attempt } = props
  const { about, fulfilment, temporary } = view.kind
  const fields = kindFieldsOf(view)
  return (
    <>
      {about === 'new-name' && <NameFields {...props} />}
      {about === 'existing-service' && <ServiceField {...props} />}
      <TextArea {...fieldOf(props, 'purpose', texts.purpose, true)} hint={texts.purposeHint[locale]} />
      {needsTarget(fulfilment) && <TargetFields {...props} />}
      {makesSite(fulfilment) && props.options.ownHost && <SiteFields {...props} />}
      {about === 'new-name' && (
        <TextInput
          {...fieldOf(props, 'endsOn', temporary ? texts.endsOnEvent : texts.endsOn, temporary)}
          hint={temporary ? undefined : texts.endsOnHint[locale]}
          type="date"
          width="short"
        />
      )}
      {fields.length > 0 && (
        <Fieldset legend={texts.extraTitle[locale]}>
          <OfficeFields
            fields={fields}
            attempt={attempt}
            values={view.row.form.extra ?? {}}
            locale={locale}
          />
        </Fieldset>
      )}
    </>
  )
}

function NameFields(props: StageProps) {
  const { view, options, attempt, locale, office } = props
  const { zones } = options
  const only = zones.length === 1 ? zones[0] : undefined
  const chosen = attempt.value('zoneId', view.zone?.id ?? only?.id)
  const zone = zones.find((each) => each.id === chosen)
  const check = withQuery(paths.nameCheck(office), { zone: zone?.id, ticket: view.row.ticket })
  return (
    <>
      {only ? (
        <input type="hidden" name="zoneId" value={only.id} />
      ) : (
        <Select
          locale={locale}
          name="zoneId"
          label={texts.zone[locale]}
          required
          options={zones.map((each) => ({ value: each.id, label: each.name }))}
          value={chosen}
          error={attempt.error('zoneId')}
          width="medium"
        />
      )}
      <NameInput
        {...fieldOf(props, 'label', texts.label, true)}
        hint={texts.labelHint[locale]}
        suffix={only ? `.${only.name}` : zone ? `.${zone.name}` : '…'}
        check={check}
        zoneField={only ? undefined : 'zoneId'}
      />
    </>
  )
}

function ServiceField(props: StageProps) {
  const { view, options, attempt, locale } = props
  const services = options.services.filter(
    (each) => each.agency_id === view.row.agency_id && !(view.row.fulfilment === 'hosting' && each.has_site),
  )
  if (services.length === 0)
    return (
      <Alert tone="warning" locale={locale}>
        {texts.noServices[locale]}
      </Alert>
    )
  return (
    <Select
      locale={locale}
      name="serviceId"
      label={texts.service[locale]}
      hint={texts.serviceHint[locale]}
      required
      options={services.map((each) => ({ value: each.id, label: each.fqdn }))}
      value={attempt.value('serviceId', view.row.service_id ?? undefined)}
      error={attempt.error('serviceId')}
    />
  )
}

/** What kind of site is wanted; a host that cannot do it says so when the operator sees the plan. */
function SiteFields(props: StageProps) {
  const { locale } = props
  return (
    <Fieldset legend={texts.siteTitle[locale]} hint={texts.siteHint[locale]}>
      <Select
        {...fieldOf(props, 'site.kind', texts.siteKind, true)}
        width="medium"
        options={siteKinds.map((kind) => ({ value: kind, label: texts.siteKinds[kind][locale] }))}
        value={fieldOf(props, 'site.kind', texts.siteKind).value ?? 'static'}
      />
      <TextInput
        {...fieldOf(props, 'site.target', texts.siteTarget)}
        hint={texts.siteTargetHint[locale]}
        autocomplete="off"
        spellcheck={false}
      />
      <Select
        {...fieldOf(props, 'site.database', texts.siteDatabase)}
        width="medium"
        empty={texts.noDatabase[locale]}
        options={[
          { value: 'mariadb', label: 'MariaDB' },
          { value: 'postgresql', label: 'PostgreSQL' },
        ]}
      />
    </Fieldset>
  )
}

function TargetFields(props: StageProps) {
  const { locale } = props
  return (
    <Fieldset legend={texts.targetTitle[locale]}>
      <Select
        {...fieldOf(props, 'target.type', texts.targetType, true)}
        width="medium"
        options={[
          { value: 'A', label: texts.targetA[locale] },
          { value: 'AAAA', label: texts.targetAaaa[locale] },
          { value: 'CNAME', label: texts.targetCname[locale] },
        ]}
      />
      <TextInput
        {...fieldOf(props, 'target.value', texts.targetValue, true)}
        hint={texts.targetHint[locale]}
        autocomplete="off"
        spellcheck={false}
      />
    </Fieldset>
  )
}

/** The official letter: its particulars as fields, and the file itself. */
export function LetterStage(props: StageProps) {
  const { locale } = props
  return (
    <>
      <Fieldset legend={texts.letterTitle[locale]} hint={texts.letterHint[locale]}>
        <TextInput {...fieldOf(props, 'letter.number', texts.letterNumber, true)} width="medium" />
        <TextInput {...fieldOf(props, 'letter.date', texts.letterDate, true)} type="date" width="short" />
        <TextInput {...fieldOf(props, 'letter.signatory', texts.signatory, true)} />
        <TextInput {...fieldOf(props, 'letter.signatoryPost', texts.signatoryPost, true)} />
      </Fieldset>
      <Fieldset legend={texts.filesTitle[locale]}>
        <FileLink
          href={paths.requestLetter(props.office, props.view.row.ticket)}
          name={texts.preparedLetter[locale]}
          meta={texts.preparedLetterHint[locale]}
        />
        {requestedDocuments(props.view).map((each) => (
          <DocumentField {...props} title={each.text} kind={each.document} need={each.need} />
        ))}
      </Fieldset>
    </>
  )
}

function DocumentField(props: StageProps & { title: string; kind: string; need: string }) {
  const { view, attempt, locale, kind, office, need } = props
  const present = lastOfKind(view, kind)
  const aside = need === 'later' ? texts.fileLater : need === 'optional' ? texts.fileOptional : null
  return (
    <FileInput
      locale={locale}
      name={`file.${kind}`}
      label={aside ? `${props.title} (${aside[locale]})` : props.title}
      hint={present ? texts.fileReplace[locale] : texts.fileHint[locale]}
      required={need === 'required' && (!present || present.scan === 'found')}
      accept="application/pdf,.pdf"
      error={attempt.error(`file.${kind}`)}
      present={
        present && (
          <DocumentFile
            document={present}
            href={paths.requestDocument(office, view.row.ticket, present.id)}
            name={present.filename}
            meta={documentMeta(view, present, locale)}
            locale={locale}
          />
        )
      }
    />
  )
}

/** `2 halaman, 182 KB, 21 November 2026` */
export function documentMeta(
  view: Case,
  document: { readonly size: number; readonly pages: number | null; readonly created_at: Date },
  locale: Locale,
): string {
  const kilobytes = Math.max(1, Math.round(document.size / 1024)).toLocaleString(locale)
  const pages = document.pages === null ? '' : `${pageCount(document.pages)[locale]}, `
  return `${pages}${kilobytes} KB, ${formatDate(localDate(document.created_at, view.zoneOfTime), locale)}`
}

/** The two people who answer for the service. */
export function ContactsStage(props: StageProps) {
  const { locale } = props
  return (
    <>
      <Fieldset legend={texts.administrative[locale]} hint={texts.administrativeHint[locale]}>
        <ContactFields {...props} prefix="administrative" />
      </Fieldset>
      <Fieldset legend={texts.technical[locale]} hint={texts.technicalHint[locale]}>
        <ContactFields {...props} prefix="technical" />
      </Fieldset>
    </>
  )
}

function ContactFields(props: StageProps & { prefix: 'administrative' | 'technical' }): Child {
  const { prefix, locale } = props
  const field = (name: string, label: Text, required = false): TextInputProps =>
    fieldOf(props, `${prefix}.${name}`, label, required)
  return (
    <>
      <TextInput {...field('name', texts.contactName, true)} />
      <TextInput {...field('post', texts.post, true)} />
      <TextInput
        {...field('nip', texts.nip)}
        hint={texts.nipHint[locale]}
        inputmode="numeric"
        width="medium"
      />
      <TextInput {...field('rank', texts.rank)} width="medium" />
      <TextInput {...field('phone', texts.phone, true)} type="tel" width="medium" />
      <TextInput {...field('email', texts.email, true)} type="email" />
    </>
  )
}
