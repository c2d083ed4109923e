import { ASPECTS, ASPECT_POINTS, dataClassification } from '../../../domain/pse/data-classification.ts'
import { PERSONAL_DATA_KINDS, REGISTRATION_STATES, STORAGE_PLACES } from '../../../domain/pse/pse-data.ts'
import type { PseData } from '../../../domain/pse/pse-data.ts'
import { securityCategory } from '../../../domain/pse/security-category.ts'
import { SECURITY_FORM } from '../../../domain/pse/security-form.ts'
import type { Locale } from '../../../domain/refused.ts'
import { pseRecordOf } from '../../../domain/requests/pse-record.ts'
import {
  ASPECT_POINT_TEXT,
  ASPECT_TEXT,
  CLASSIFICATION_LEVEL_TEXT,
  SECURITY_CATEGORY_TEXT,
} from '../../../domain/text/pse.ts'
import {
  registrationTexts,
  requestFormTexts as texts,
  storageTexts,
} from '../../../domain/text/request-form.ts'
import { CheckboxGroup, Fieldset, RadioGroup, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { DefinitionList } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import type { StageProps } from './stage-fields.tsx'
import { fieldOf } from './stage-fields.tsx'

/** The record of the electronic system behind the name, with what is computed from it. */
export function SystemStage(props: StageProps) {
  const { view, locale } = props
  const { data } = pseRecordOf(view.row.form, view.agency.name)
  return (
    <>
      <Fieldset legend={texts.systemTitle[locale]}>
        <TextInput {...fieldOf(props, 'system.name', texts.systemName)} />
        <TextArea {...fieldOf(props, 'system.purpose', texts.systemPurpose)} rows={3} />
        <TextInput {...fieldOf(props, 'system.sector', texts.sector)} width="medium" />
        <TextInput {...fieldOf(props, 'system.url', texts.url)} hint={texts.urlHint[locale]} type="url" />
      </Fieldset>
      <DataFields {...props} data={data} />
      <Fieldset legend={texts.securityTitle[locale]} hint={texts.securityHint[locale]}>
        {SECURITY_FORM.map(({ no, id, question, answers }) => (
          <RadioGroup
            {...fieldOf(props, `system.security.${id}`, {
              id: `${no}. ${question.id}`,
              en: `${no}. ${question.en}`,
            })}
            options={answers.map(({ value, text }) => ({ value, label: text[locale] }))}
          />
        ))}
      </Fieldset>
      <Fieldset legend={texts.classificationTitle[locale]}>
        {ASPECTS.map((aspect) => (
          <RadioGroup
            {...fieldOf(props, `system.classification.${aspect}`, ASPECT_TEXT[aspect].label)}
            hint={ASPECT_TEXT[aspect].question[locale]}
            inline
            options={ASPECT_POINTS.map((points) => ({
              value: String(points),
              label: ASPECT_POINT_TEXT[points][locale],
            }))}
          />
        ))}
      </Fieldset>
      <RegistrationFields {...props} />
      <Computed data={data} locale={locale} />
    </>
  )
}

function DataFields(props: StageProps & { data: PseData }) {
  const { locale, attempt, data } = props
  return (
    <Fieldset legend={texts.storagePlace[locale]}>
      <Select
        {...fieldOf(props, 'system.storage.place', texts.storagePlace)}
        width="medium"
        options={STORAGE_PLACES.map((place) => ({ value: place, label: storageTexts[place][locale] }))}
      />
      <TextInput
        {...fieldOf(props, 'system.storage.provider', texts.provider)}
        hint={texts.providerHint[locale]}
      />
      <RadioGroup
        {...fieldOf(props, 'system.personalData.processed', texts.processed)}
        inline
        options={[
          { value: 'yes', label: texts.yes[locale] },
          { value: 'no', label: texts.no[locale] },
        ]}
      />
      <CheckboxGroup
        locale={locale}
        name="system.personalData.kinds"
        label={texts.kinds[locale]}
        values={attempt.values('system.personalData.kinds', data.personalData.kinds)}
        options={PERSONAL_DATA_KINDS.map((kind) => ({
          value: kind,
          label: (kind === 'general' ? texts.kindGeneral : texts.kindSpecific)[locale],
        }))}
      />
    </Fieldset>
  )
}

function RegistrationFields(props: StageProps) {
  const { locale } = props
  return (
    <Fieldset legend={texts.registrationTitle[locale]}>
      <Select
        {...fieldOf(props, 'system.registration.status', texts.registrationStatus)}
        width="medium"
        options={REGISTRATION_STATES.map((state) => ({
          value: state,
          label: registrationTexts[state][locale],
        }))}
      />
      <TextInput {...fieldOf(props, 'system.registration.number', texts.registrationNumber)} width="medium" />
      <TextInput
        {...fieldOf(props, 'system.registration.date', texts.registrationDate)}
        type="date"
        width="short"
      />
      <TextArea
        {...fieldOf(props, 'system.legalBasis', texts.legalBasis)}
        hint={texts.legalBasisHint[locale]}
        rows={3}
      />
    </Fieldset>
  )
}

/** Category and classification in words, computed from the answers. */
export function Computed({ data, locale }: { data: PseData; locale: Locale }) {
  return <DefinitionList facts={computedFacts(data, locale)} />
}

export function computedFacts(data: PseData, locale: Locale) {
  const category = securityCategory(data.security)
  const level = dataClassification(data.classification)
  const open = <span class="muted">{texts.notComputed[locale]}</span>
  return [
    {
      term: texts.category[locale],
      value: category ? (
        <StatusPill
          tone={category.category === 'rendah' ? 'neutral' : 'warning'}
          text={texts.score(SECURITY_CATEGORY_TEXT[category.category], category.score)[locale]}
        />
      ) : (
        open
      ),
    },
    {
      term: texts.classification[locale],
      value: level ? (
        <StatusPill
          tone={level.level === 'rendah' ? 'neutral' : 'warning'}
          text={texts.score(CLASSIFICATION_LEVEL_TEXT[level.level], level.score)[locale]}
        />
      ) : (
        open
      ),
    },
  ]
}
