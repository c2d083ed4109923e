import type { Text } from '../refused.ts'
import type { StandardTime } from '../sop/document.ts'

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
