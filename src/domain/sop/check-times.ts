import { checkTexts } from '../text/sop-check.ts'
import type { SopStep, StandardTime } from './document.ts'
import type { RawFinding } from './finding.ts'
import { error, warning } from './finding.ts'
import type { Flow } from './flow.ts'
import { comesBefore } from './flow.ts'

type Unit = Exclude<StandardTime, 'not set'>['unit']

/** Beyond these a standard time for one step is more likely a slip of the unit: about half a year. */
const absurd: Readonly<Record<Unit, number>> = {
  minutes: 4800,
  hours: 960,
  'working-days': 130,
  'running-hours': 4380,
}

/** Zero and negative times do not get past the schema; here: what fits the schema and still cannot be meant. */
export function checkTimes(flow: Flow): readonly RawFinding[] {
  return flow.sop.steps.flatMap((step, row) => checkTime(flow, step, row))
}

function checkTime(flow: Flow, step: SopStep, row: number): readonly RawFinding[] {
  const time = step.standardTime
  if (time === 'not set') return []
  const path = ['steps', row, 'standardTime']
  const longest = time.max ?? time.amount ?? 0
  const shortest = time.min ?? time.amount ?? 0
  return [
    ...(longest > absurd[time.unit]
      ? [warning('duration-absurd', path, checkTexts.durationLong(step.no))]
      : []),
    ...(time.unit === 'minutes' && shortest < 1
      ? [warning('duration-absurd', path, checkTexts.durationShort(step.no))]
      : []),
    ...checkStart(flow, step, row, time.startsAt),
  ]
}

function checkStart(
  flow: Flow,
  step: SopStep,
  row: number,
  startsAt: number | undefined,
): readonly RawFinding[] {
  if (startsAt === undefined || startsAt === step.no) return []
  const path = ['steps', row, 'standardTime', 'startsAt']
  if (!flow.steps.has(startsAt))
    return [error('start-step-missing', path, checkTexts.startStepMissing(step.no, startsAt))]
  return comesBefore(flow, startsAt, step.no)
    ? []
    : [error('start-not-before', path, checkTexts.startNotBefore(step.no, startsAt))]
}
