import { inScope } from '../../../db/database.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { listTroubled } from '../../../db/letters/register.ts'
import { letterTexts as text } from '../../../domain/text/oversight.ts'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { deskRoles } from '../../../domain/access/roles.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { paths } from '../../paths.ts'
import { PostButton } from '../../ui/button.tsx'
import { Stack } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { Alert, StatusPill } from '../../ui/status.tsx'
import type { OfficeVisit } from '../visit.ts'

type Props = { readonly visit: OfficeVisit; readonly letter: RegisteredLetter }

const tones: Record<RegisteredLetter['status'], Tone> = {
  numbered: 'neutral',
  awaiting: 'warning',
  issued: 'success',
  voided: 'danger',
}

const isStuck = ({ status, trouble }: RegisteredLetter): boolean => status === 'numbered' && trouble !== null
/** Signed, and kept until there is a time stamp. */
const isHeld = ({ status, trouble }: RegisteredLetter): boolean => status === 'awaiting' && trouble !== null

/** What state a letter of the register is in. */
export function LetterStatus({ visit: { say }, letter }: Props) {
  if (isStuck(letter)) return <StatusPill tone="danger" icon="danger" text={say(text.stuck)} />
  if (isHeld(letter))
    return <StatusPill tone={toneOf(letter.trouble)} icon="clock" text={say(stampTexts.awaiting)} />
  return <StatusPill tone={tones[letter.status]} text={say(text[letter.status])} />
}

/** Why a letter could not be set or issued yet, and what to do. */
export function LetterTrouble({ visit, letter }: Props) {
  const { say, locale } = visit
  if (!isStuck(letter) && !isHeld(letter)) return null
  if (isHeld(letter)) return <HeldLetter visit={visit} letter={letter} />
  return (
    <Alert tone="danger" locale={locale} title={say(text.stuck)}>
      {say(letter.trouble!.text)}
    </Alert>
  )
}

/** Why a signed letter has no time stamp yet, and the way to ask for it now. */
export function HeldLetter({
  visit,
  letter: { id, trouble },
}: {
  readonly visit: OfficeVisit
  readonly letter: Pick<RegisteredLetter, 'id' | 'trouble'>
}) {
  const { say, locale, office, member } = visit
  return (
    <Alert
      tone={toneOf(trouble)}
      locale={locale}
      title={say(trouble?.gaveUp ? stampTexts.gaveUpTitle : stampTexts.waitsTitle)}
    >
      {trouble && <p>{say(trouble.text)}</p>}
      {!trouble?.gaveUp && <p>{say(stampTexts.waits)}</p>}
      {mayOpen(deskRoles, member.roles) && (
        <PostButton action={paths.stampLetter(office.slug, id)} kind="secondary" small>
          {say(stampTexts.tryNow)}
        </PostButton>
      )}
    </Alert>
  )
}

const toneOf = (trouble: RegisteredLetter['trouble']) => (trouble?.gaveUp ? 'danger' : 'warning')

/** So many stand on the start page; the register has them all. */
const shownStuck = 3

/** On the start page of the office: letters that wait for somebody to mend what keeps them. */
export async function StuckLetters({ visit }: { readonly visit: OfficeVisit }) {
  const { say, locale, office, deps, member } = visit
  const letters = await inScope(deps.db, member, (tx) => listTroubled(tx, shownStuck))
  if (letters.length === 0) return <></>
  return (
    <Stack small>
      {letters.map((letter) => (
        <Alert
          tone={isHeld(letter) ? toneOf(letter.trouble) : 'danger'}
          locale={locale}
          title={say((isHeld(letter) ? stampTexts.heldTitle : text.stuckTitle)(letter.number))}
        >
          <p>{say(letter.trouble!.text)}</p>
          <a href={paths.letter(office.slug, letter.id)}>{say(text.openLetter)}</a>
        </Alert>
      ))}
    </Stack>
  )
}
