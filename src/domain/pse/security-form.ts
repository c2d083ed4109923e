import type { Text } from '../refused.ts'
import { SECURITY_QUESTION_TEXTS } from '../text/pse.ts'
import type { Answer, SecurityQuestion } from './security-category.ts'
import { ANSWERS, POINTS, SECURITY_QUESTIONS } from './security-category.ts'

/** The questionnaire as a form shows it: number from 1, the question, and what A, B and C stand for. */
export const SECURITY_FORM: readonly {
  readonly no: number
  readonly id: SecurityQuestion
  readonly question: Text
  readonly answers: readonly { readonly value: Answer; readonly points: number; readonly text: Text }[]
}[] = SECURITY_QUESTIONS.map((id, i) => ({
  no: i + 1,
  id,
  question: SECURITY_QUESTION_TEXTS[id].question,
  answers: ANSWERS.map((value) => ({
    value,
    points: POINTS[value],
    text: SECURITY_QUESTION_TEXTS[id][value],
  })),
}))
