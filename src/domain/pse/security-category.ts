/** The ten questions of BSSN 8/2020, in its order. */
export const SECURITY_QUESTIONS = [
  'investment',
  'operatingBudget',
  'compliance',
  'cryptography',
  'users',
  'personalData',
  'dataSecrecy',
  'processCriticality',
  'failureImpact',
  'incidentLoss',
] as const
export type SecurityQuestion = (typeof SECURITY_QUESTIONS)[number]

export const ANSWERS = ['A', 'B', 'C'] as const
export type Answer = (typeof ANSWERS)[number]

/** Points of each answer. */
export const POINTS: Readonly<Record<Answer, number>> = { A: 5, B: 2, C: 1 }

/** Lowest score of each category (BSSN 8/2020): 36 to 50, 16 to 35, 10 to 15. */
const STRATEGIC_FROM = 36
const HIGH_FROM = 16

export type SecurityAnswers = Readonly<Record<SecurityQuestion, Answer | null>>
export type SecurityCategory = 'strategis' | 'tinggi' | 'rendah'

/** The category of an electronic system and its score; null until all ten questions are answered. */
export function securityCategory(
  answers: SecurityAnswers,
): { readonly score: number; readonly category: SecurityCategory } | null {
  let score = 0
  for (const question of SECURITY_QUESTIONS) {
    const answer = answers[question]
    if (answer === null) return null
    score += POINTS[answer]
  }
  const category = score >= STRATEGIC_FROM ? 'strategis' : score >= HIGH_FROM ? 'tinggi' : 'rendah'
  return { score, category }
}
