import { inScope } from '../../../db/database.ts'
import type { RegisteredLetter } from '../../../db/letters/register.ts'
import { listTroubled } from '../../../db/letters/register.ts'
import { letterTexts as text } from '../../../domain/text/oversight.ts'
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

/** What state a letter of the register is in. */
export function LetterStatus({ visit: { say }, letter }: Props) {
  if (isStuck(letter)) return <StatusPill tone="danger" icon="danger" text={say(text.stuck)} />
  return <StatusPill tone={tones[letter.status]} text={say(text[letter.status])} />
}

/** Why a letter could not be set yet, and what to do. */
export function LetterTrouble({ visit: { say, locale }, letter }: Props) {
  if (!isStuck(letter)) return null
  return (
    <Alert tone="danger" locale={locale} title={say(text.stuck)}>
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
        <Alert tone="danger" locale={locale} title={say(text.stuckTitle(letter.number))}>
          <p>{say(letter.trouble!.text)}</p>
          <a href={paths.letter(office.slug, letter.id)}>{say(text.openLetter)}</a>
        </Alert>
      ))}
    </Stack>
  )
}
