import { addZone } from '../../../actions/office/add-zone.ts'
import { officeSettings, saveSettings } from '../../../actions/office/save-settings.ts'
import { setOpenData } from '../../../actions/office/set-open-data.ts'
import { setLogo } from '../../../actions/office/set-logo.ts'
import { setRegisters } from '../../../actions/office/set-registers.ts'
import { inScope } from '../../../db/database.ts'
import type { RegisterRow, ZoneRow } from '../../../db/office/registers.ts'
import { listRegisters, listZones } from '../../../db/office/registers.ts'
import { readLogo, readOfficeFile, readOpenData } from '../../../db/office/settings.ts'
import type { OfficeFile } from '../../../db/office/settings.ts'
import { zoneName } from '../../../domain/access/people.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import type { OpenDataSettings } from '../../../domain/office/open-data.ts'
import { openDataInput } from '../../../domain/office/open-data.ts'
import { maxLogoBytes } from '../../../domain/office/logo.ts'
import type { Text } from '../../../domain/refused.ts'
import { Refused } from '../../../domain/refused.ts'
import { formatNumber, parsePattern } from '../../../domain/registers/number-pattern.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { officeTexts as text } from '../../../domain/text/office.ts'
import { openDataTexts } from '../../../domain/text/open-data.ts'
import { letterTexts } from '../../../domain/text/oversight.ts'
import { logoResponse } from '../../logo-response.ts'
import { paths, patterns } from '../../paths.ts'
import { zoneSheet } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary, RadioGroup, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, officePublicPage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { registerSignInRules, SignInRules } from './sign-in-rules.tsx'

/** Room for the rest of a form around a logo, in bytes. */
const aroundBytes = 64 * 1024
const registerCodes = ['incoming', 'outgoing', 'hand-over'] as const

/** The settings of an office, and its logo for everybody. */
export function registerSettings(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.settings,
    title: text.title,
    menu: { group: 'administration', order: 40, label: text.title, icon: 'settings' },
    show: settingsView,
    sheets: (visit) => [zoneSheet(visit)],
    submit: async (visit, form) => {
      await saveSettings(visit.deps, visit.member, settingsOf(form))
      return done(visit, text.saved)
    },
  })
  pageForm(portal, page, {
    path: patterns.settingsOpenData,
    submit: async (visit, form) => {
      await setOpenData(visit.deps, visit.member, form.parse(openDataInput))
      return done(visit, text.saved)
    },
  })
  pageForm(portal, page, {
    path: patterns.settingsLogo,
    maxBytes: maxLogoBytes + aroundBytes,
    submit: async (visit, form) => {
      const file = form.file('logo')
      if (!file) throw missing('logo', text.logoMissing)
      await setLogo(visit.deps, visit.member, Buffer.from(await file.arrayBuffer()))
      return done(visit, text.saved)
    },
  })
  pageForm(portal, page, {
    path: patterns.settingsRegisters,
    submit: async (visit, form) => {
      const rows = registerCodes.map((code) => ({
        code,
        pattern: form.text(`pattern.${code}`),
        class: form.text(`class.${code}`),
      }))
      await setRegisters(visit.deps, visit.member, rows)
      return done(visit, text.saved)
    },
  })
  pageForm(portal, page, {
    path: patterns.settingsZones,
    submit: async (visit, form) => {
      const name = zoneName.safeParse(form.text('zone'))
      if (!name.success) throw missing('zone', text.zoneHint)
      await addZone(visit.deps, visit.member, name.data)
      return done(visit, text.zoneAdded)
    },
  })
  registerSignInRules(portal, page)
  registerLogo(portal)
}

function registerLogo(portal: Portal): void {
  officePublicPage(portal, {
    path: patterns.officeLogo,
    title: text.logo,
    show: async ({ deps, office }) => logoResponse(await readLogo(deps.db, office.id)),
  })
}

const missing = (field: string, sentence: Text): Refused =>
  new Refused('bad-input', httpTexts.badInput, { issues: [{ field, text: sentence }] })

async function done(visit: OfficeVisit, sentence: Text): Promise<string> {
  await visit.flash('success', sentence)
  return paths.settings(visit.office.slug)
}

function settingsOf(form: FormValues) {
  const optional = (name: string) => form.text(name) || undefined
  const lines = form
    .text('addressLines')
    .split('\n')
    .map((line) => line.trim())
  return officeSettings.parse({
    government: form.text('government'),
    name: form.text('name'),
    unit: optional('unit'),
    place: form.text('place'),
    paper: form.text('paper'),
    addressLines: lines.filter((line) => line !== ''),
    phone: optional('phone'),
    email: optional('email'),
    web: optional('web'),
  })
}

async function settingsView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member, deps } = visit
  const today = localDate(deps.now(), office.timezone)
  const { file, registers, zones, openData } = await inScope(deps.db, member, async (tx) => ({
    file: await readOfficeFile(tx, member.officeId),
    registers: await listRegisters(tx, member.officeId, Number(today.slice(0, 4))),
    zones: await listZones(tx),
    openData: await readOpenData(tx, member.officeId),
  }))
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ ...openDataLabels, ...text, addressLines: text.address, zone: text.addZone }}
          lead={attempt.lead}
        />
        <Letterhead visit={visit} file={file} attempt={attempt} />
        <Logo visit={visit} attempt={attempt} />
        <Numbering visit={visit} registers={registers} today={today} attempt={attempt} />
        <Zones visit={visit} zones={zones} attempt={attempt} />
        <SignInRules visit={visit} />
        <OpenData visit={visit} settings={openData} attempt={attempt} />
      </Stack>
    ),
  }
}

function Letterhead(props: { visit: OfficeVisit; file: OfficeFile; attempt: Attempt }) {
  const { visit, file, attempt } = props
  const { say, locale, office } = visit
  const { letterhead } = file
  const input = (name: 'government' | 'name' | 'unit' | 'phone' | 'email' | 'web', value?: string | null) => (
    <TextInput
      locale={locale}
      name={name}
      label={say(text[name])}
      value={attempt.value(name, value ?? undefined)}
      error={attempt.error(name)}
      maxlength={200}
      required={name === 'government' || name === 'name'}
    />
  )
  return (
    <Card title={say(text.letterhead)}>
      <Form action={paths.settings(office.slug)} guard>
        {input('government', file.government)}
        {input('name', file.name)}
        {input('unit', file.unit)}
        <TextArea
          locale={locale}
          name="addressLines"
          label={say(text.address)}
          hint={say(text.addressHint)}
          rows={4}
          value={attempt.value('addressLines', (letterhead.addressLines ?? []).join('\n'))}
          error={attempt.error('addressLines')}
        />
        {input('phone', letterhead.phone)}
        {input('email', letterhead.email)}
        {input('web', letterhead.web)}
        <TextInput
          locale={locale}
          name="place"
          label={say(text.place)}
          hint={say(text.placeHint)}
          value={attempt.value('place', file.place)}
          error={attempt.error('place')}
          width="medium"
          required
        />
        <RadioGroup
          locale={locale}
          name="paper"
          label={say(text.paper)}
          value={attempt.value('paper', file.paper)}
          error={attempt.error('paper')}
          options={[
            { value: 'A4', label: say(text.paperA4) },
            { value: 'F4', label: say(text.paperF4) },
          ]}
          required
        />
        <ButtonRow>
          <Button>{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Logo({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.logo)}>
      <Form action={paths.settingsLogo(office.slug)} files>
        <FileInput
          locale={locale}
          name="logo"
          label={say(text.logoFile)}
          hint={say(text.logoHint)}
          accept="image/png,image/svg+xml,.png,.svg"
          error={attempt.error('logo')}
          present={
            office.hasLogo ? (
              <img src={paths.officeLogo(office.slug)} alt={say(text.logo)} width="80" height="80" />
            ) : undefined
          }
          required
        />
        <ButtonRow>
          <Button kind="secondary" icon="upload">
            {say(text.logoSave)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Numbering(props: {
  visit: OfficeVisit
  registers: readonly RegisterRow[]
  today: string
  attempt: Attempt
}) {
  const { visit, registers, today, attempt } = props
  const { say, locale, office } = visit
  const next = (row: RegisterRow): string =>
    formatNumber(parsePattern(row.pattern), { seq: row.lastSeq + 1, date: today, class: row.class })
  return (
    <Card title={say(text.numbering)}>
      <p class="hint">{say(text.numberingHint)}</p>
      <Form action={paths.settingsRegisters(office.slug)}>
        {registers.map((row) => (
          <>
            <TextInput
              locale={locale}
              name={`pattern.${row.code}`}
              label={say(text.pattern(letterTexts[row.code]))}
              hint={say(text.next(next(row)))}
              value={attempt.value(`pattern.${row.code}`, row.pattern)}
              error={attempt.error(`pattern.${row.code}`)}
              maxlength={100}
              spellcheck={false}
              required
            />
            <TextInput
              locale={locale}
              name={`class.${row.code}`}
              label={say(text.class(letterTexts[row.code]))}
              value={attempt.value(`class.${row.code}`, row.class)}
              width="medium"
              maxlength={40}
            />
          </>
        ))}
        <ButtonRow>
          <Button>{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function Zones(props: { visit: OfficeVisit; zones: readonly ZoneRow[]; attempt: Attempt }) {
  const { visit, zones, attempt } = props
  const { say, locale, office } = visit
  return (
    <Card title={say(text.zones)}>
      <DataTable
        caption={say(text.zones)}
        hideCaption
        rows={zones}
        files={tableFiles(visit, paths.settings(office.slug))}
        empty={null}
        columns={[
          { header: say(text.zone), cell: (row) => <span class="mono">{row.name}</span> },
          {
            header: say(text.zoneStatus),
            cell: (row) => (
              <StatusPill
                tone={row.status === 'ready' ? 'success' : 'info'}
                text={say(row.status === 'ready' ? text.zoneReady : text.zoneCreating)}
              />
            ),
          },
        ]}
      />
      <Form action={paths.settingsZones(office.slug)}>
        <TextInput
          locale={locale}
          name="zone"
          label={say(text.addZone)}
          hint={say(text.zoneHint)}
          value={attempt.value('zone')}
          error={attempt.error('zone')}
          width="medium"
          autocomplete="off"
          spellcheck={false}
          required
        />
        <ButtonRow>
          <Button kind="secondary" icon="plus">
            {say(text.addZone)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

const { licence, licenceUrl, attribution } = openDataTexts
const openDataLabels = { licence, licenceUrl, attribution }

function OpenData(props: { visit: OfficeVisit; settings: OpenDataSettings; attempt: Attempt }) {
  const { visit, settings, attempt } = props
  const { say, locale, office } = visit
  const input = (name: 'licence' | 'licenceUrl' | 'attribution') => (
    <TextInput
      locale={locale}
      name={name}
      label={say(openDataTexts[name])}
      hint={say(openDataTexts[`${name}Hint`])}
      value={attempt.value(name, settings[name])}
      error={attempt.error(name)}
      maxlength={300}
      autocomplete="off"
    />
  )
  return (
    <Card title={say(openDataTexts.card)}>
      <p>{say(openDataTexts.cardLead)}</p>
      <Form action={paths.settingsOpenData(office.slug)}>
        {input('licence')}
        {input('licenceUrl')}
        {input('attribution')}
        <ButtonRow>
          <Button kind="secondary">{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
