export const ASPECTS = ['confidentiality', 'integrity', 'availability'] as const
export type Aspect = (typeof ASPECTS)[number]

/** Low, middle, high. */
export const ASPECT_POINTS = [1, 3, 5] as const
export type AspectPoints = (typeof ASPECT_POINTS)[number]

export type ClassificationAnswers = Readonly<Record<Aspect, AspectPoints | null>>
export type ClassificationLevel = 'tinggi' | 'sedang' | 'rendah'

const HIGH_FROM = 13
const MIDDLE_FROM = 9

/** The classification of a system's data and its score; null until all three aspects are answered. */
export function dataClassification(
  answers: ClassificationAnswers,
): { readonly score: number; readonly level: ClassificationLevel } | null {
  let score = 0
  for (const aspect of ASPECTS) {
    const points = answers[aspect]
    if (points === null) return null
    score += points
  }
  const level = score >= HIGH_FROM ? 'tinggi' : score >= MIDDLE_FROM ? 'sedang' : 'rendah'
  return { score, level }
}
