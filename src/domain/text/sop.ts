import type { Text } from '../refused.ts'
import type { SopMark, StandardTime } from '../sop/document.ts'

type Unit = Exclude<StandardTime, 'not set'>['unit']

const units: Readonly<Record<Unit, { readonly id: string; readonly one: string; readonly many: string }>> = {
  minutes: { id: 'menit', one: 'minute', many: 'minutes' },
  hours: { id: 'jam', one: 'hour', many: 'hours' },
  'working-days': { id: 'hari kerja', one: 'working day', many: 'working days' },
  'running-hours': { id: 'jam berjalan', one: 'running hour', many: 'running hours' },
}

export const standardTimeTexts = {
  notSet: { id: 'belum ditetapkan', en: 'not set' },
  unit: (unit: Unit, isOne: boolean): Text => ({
    id: units[unit].id,
    en: isOne ? units[unit].one : units[unit].many,
  }),
  since: (step: number): Text => ({ id: `sejak langkah ${step}`, en: `from step ${step}` }),
} as const

/** The word shown beside a field that carries a mark. */
export const markTexts: Readonly<Record<SopMark['kind'], Text>> = {
  inferred: { id: 'disimpulkan', en: 'inferred' },
  blank: { id: 'kosong pada naskah', en: 'blank in the source' },
  damaged: { id: 'rusak pada naskah', en: 'damaged in the source' },
  'cut-off': { id: 'terputus pada naskah', en: 'breaks off in the source' },
}
