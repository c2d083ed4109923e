import * as z from 'zod'
import { officeInput } from '../../../domain/access/people.ts'
import type { OfficeInput } from '../../../domain/access/people.ts'
import type { Locale, Text } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { peoplePageTexts, peopleTexts } from '../../../domain/text/people.ts'
import { setUpTexts as text } from '../../../domain/text/set-up.ts'
import type { SopFile } from '../../../lookups/shipped-sops.ts'
import type { HttpDeps } from '../../deps.ts'
import { Fieldset, Select, TextInput } from '../../ui/form.tsx'
import type { Attempt, FormValues } from '../form-values.ts'

const zones: Readonly<Record<OfficeInput['timezone'], Text>> = {
  'Asia/Jakarta': text.wib,
  'Asia/Makassar': text.wita,
  'Asia/Jayapura': text.wit,
}

/** How the summary of errors names the fields of a new office and its first administrator. */
export const officeLabels: Readonly<Record<string, Text>> = {
  ...text,
  administratorName: peoplePageTexts.name,
  administratorEmail: peoplePageTexts.email,
  password: peoplePageTexts.password,
}

/** SOPs with which an office can begin. */
export const firstSops = async ({ lookups }: HttpDeps): Promise<readonly SopFile[]> =>
  (await lookups.shippedSops()).filter(({ begins }) => begins)

/** What an SOP says about its office; fields left empty are taken from it. */
export function officeOfSop({ document: { office } }: SopFile) {
  const { government, name, unit, region, timezone } = office
  return { government, name, unit, region, timezone, place: region }
}

/** @throws Refused (422) when the SOP is not one of those in `sops/` */
export async function chosenSop(deps: HttpDeps, file: string): Promise<SopFile> {
  const sop = (await firstSops(deps)).find((each) => each.file === file)
  if (sop) return sop
  throw new Refused('unknown-sop', httpTexts.badInput, {
    issues: [{ field: 'sop', text: peopleTexts.unknownSop }],
  })
}

/** Reads SOP and office of a form; what was left empty comes from the SOP. @throws ZodError, Refused */
export async function readOfficeForm<Extra extends z.ZodRawShape>(
  deps: HttpDeps,
  form: FormValues,
  extra: Extra,
) {
  const sop = await chosenSop(deps, form.text('sop'))
  const given = form.parse(z.record(z.string(), z.unknown()))
  const fields = officeInput.extend(extra).parse({ ...officeOfSop(sop), ...given })
  const { slug, government, name, unit, region, place, timezone, zone } = fields as OfficeInput
  return { sop, fields, office: { slug, government, name, unit, region, place, timezone, zone } }
}

/** The fields of a new office, with what the SOP says as hints. */
export function OfficeFields(props: { locale: Locale; attempt: Attempt; sops: readonly SopFile[] }) {
  const { locale, attempt, sops } = props
  const field = (
    name: keyof typeof text,
    about: { hint?: Text; required?: boolean; short?: boolean } = {},
  ) => (
    <TextInput
      name={name}
      label={text[name][locale]}
      locale={locale}
      hint={about.hint?.[locale]}
      required={about.required}
      width={about.short ? 'medium' : 'full'}
      value={attempt.value(name)}
      error={attempt.error(name)}
    />
  )
  return (
    <>
      <Fieldset legend={text.sopLegend[locale]}>
        <Select
          name="sop"
          label={text.sop[locale]}
          hint={text.sopHint[locale]}
          locale={locale}
          required
          options={sops.map(({ file, document }) => ({
            value: file,
            label: `${document.identity.name} · ${document.office.region}`,
          }))}
          value={attempt.value('sop', sops[0]?.file)}
          error={attempt.error('sop')}
        />
      </Fieldset>
      <Fieldset legend={text.officeLegend[locale]}>
        {field('slug', { hint: text.slugHint, required: true, short: true })}
        {field('zone', { hint: text.zoneHint, required: true, short: true })}
        {field('government')}
        {field('name')}
        {field('unit')}
        {field('region', { short: true })}
        {field('place', { hint: text.placeHint, short: true })}
        <Select
          name="timezone"
          label={text.timezone[locale]}
          locale={locale}
          width="medium"
          empty={text.fromSop[locale]}
          options={Object.entries(zones).map(([value, label]) => ({ value, label: label[locale] }))}
          value={attempt.value('timezone')}
          error={attempt.error('timezone')}
        />
      </Fieldset>
    </>
  )
}
