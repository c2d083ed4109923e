import { inScope } from '../../../db/database.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { listTroubled } from '../../../db/letters/register.ts'
import { letterTexts as text } from '../../../domain/text/oversight.ts'
import { stampTexts } from '../../../domain/text/time-stamps.ts'
import { paths } from '../../paths.ts'
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
  if (isHeld(letter)) return <StatusPill tone="warning" icon="clock" text={say(stampTexts.awaiting)} />
  return <StatusPill tone={tones[letter.status]} text={say(text[letter.status])} />
}

/** Why a letter could not be set or issued yet, and what to do. */
export function LetterTrouble({ visit: { say, locale }, letter }: Props) {
  if (!isStuck(letter) && !isHeld(letter)) return null
  const [tone, title] = isHeld(letter)
    ? (['warning', stampTexts.waitsTitle] as const)
    : (['danger', text.stuck] as const)
  return (
    <Alert tone={tone} locale={locale} title={say(title)}>
      {say(letter.trouble!.text)}
    </Alert>
  )
}

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
          tone={isHeld(letter) ? 'warning' : 'danger'}
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
