import type { Child } from 'hono/jsx'
import { hasTotp, listPasskeys } from '../../../db/passkeys.ts'
import { recoveryCodesLeft } from '../../../db/recovery-codes.ts'
import { passkeyTexts } from '../../../domain/text/passkeys.ts'
import { recoveryTexts } from '../../../domain/text/recovery-codes.ts'
import { factorTexts } from '../../../domain/text/second-factor.ts'
import { sessionTexts } from '../../../domain/text/sessions.ts'
import { accountTexts as text, signInTexts } from '../../../domain/text/sign-in.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Card, DefinitionList } from '../../ui/page.tsx'
import type { PersonVisit } from '../visit.ts'
import { CodesLeft } from './recovery-codes.tsx'

/** Every way to sign in to one's own account, what it is today, and where it is changed. */
export async function SignInCard({ visit }: { visit: PersonVisit }) {
  const { say, person } = visit
  const { db } = visit.deps
  const totp = await hasTotp(db, person.id)
  const keys = await listPasskeys(db, person.id)
  const codes = person.hasSecondFactor && {
    term: say(recoveryTexts.title),
    value: fact(
      <CodesLeft visit={visit} left={await recoveryCodesLeft(db, person.id)} />,
      paths.accountRecoveryCodes(),
      say(recoveryTexts.renew),
    ),
  }
  return (
    <Card title={say(text.signInTitle)}>
      <DefinitionList
        facts={[
          {
            term: say(signInTexts.password),
            value: fact(say(text.passwordSet), paths.accountPassword(), say(text.changePassword)),
          },
          {
            term: say(factorTexts.byApp),
            value: fact(
              say(totp ? text.factorOn : person.hasSecondFactor ? text.factorByKey : text.factorOff),
              paths.accountSecondFactor(),
              say(totp ? text.factorStop : text.factorStart),
            ),
          },
          {
            term: say(passkeyTexts.title),
            value: fact(
              say(keys.length === 0 ? passkeyTexts.none : passkeyTexts.some(keys.length)),
              paths.accountPasskeys(),
              say(passkeyTexts.manage),
            ),
          },
          ...(codes ? [codes] : []),
          {
            term: say(text.devices),
            value: fact(say(text.devicesText), paths.accountSessions(), say(sessionTexts.title)),
          },
        ]}
      />
    </Card>
  )
}

const fact = (state: Child, href: string, label: string) => (
  <div class="fact-act">
    <div>{state}</div>
    <Button small kind="secondary" href={href}>
      {label}
    </Button>
  </div>
)
