import { factorTexts as text } from '../../../domain/text/second-factor.ts'
import { openFirstSession } from '../../auth/sign-in.ts'
import { takesPasskeys } from '../../auth/passkeys.ts'
import { paths, withQuery } from '../../paths.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { localPath } from '../preferences.ts'
import type { PersonVisit, Visit } from '../visit.ts'
import { CurrentPassword } from './current-password.tsx'
import { callerOf, setCookies } from './sign-in-cookies.ts'

/** An address of the enrolment, with the page that was wanted and the link of the mail, if that led here. */
export const onTheWay = (visit: Visit, path: string): string =>
  withQuery(path, { kembali: visit.query('kembali'), tautan: visit.query('tautan') })

/** Where to go on once a second factor is set up: to the page that was wanted, or to the account. */
export function afterEnrolment(visit: Visit): string {
  const wanted = visit.query('kembali')
  return wanted === undefined ? paths.account() : localPath(wanted)
}

/** Signs in somebody whose account was just made. @returns where they go: by way of the second factor, if they need one */
export async function enterNew(visit: Visit, personId: string, wanted: string): Promise<string> {
  setCookies(visit, await openFirstSession(visit.deps, callerOf(visit), personId))
  return wanted
}

/** Says on the page of the account what is done first. */
export function OwedAlert({ visit }: { visit: PersonVisit }) {
  if (!visit.person.owes) return null
  return (
    <Alert tone="warning" locale={visit.locale}>
      <p>{visit.say(text.needed)}</p>
      <ButtonRow>
        <Button href={paths.accountSecondFactor()}>{visit.say(text.openPage)}</Button>
      </ButtonRow>
    </Alert>
  )
}

/** The password of whoever adds a factor; not asked of somebody who signed in at their office's provider just now. */
export function FactorPassword({ visit, attempt }: { visit: PersonVisit; attempt: Attempt }) {
  const { person, locale } = visit
  if (person.hasJustSignedOn && !person.hasSecondFactor) return null
  return <CurrentPassword attempt={attempt} locale={locale} />
}

/** The other way, for whoever must have one. */
export function PasskeyInstead({ visit }: { visit: PersonVisit }) {
  const { say, person, deps } = visit
  if (!person.owes || !takesPasskeys(deps.config)) return null
  return (
    <Card title={say(text.byKey)}>
      <p>{say(text.choose)}</p>
      <ButtonRow>
        <Button href={onTheWay(visit, paths.accountPasskeys())} kind="secondary" icon="shield">
          {say(text.byKeyStart)}
        </Button>
      </ButtonRow>
    </Card>
  )
}
