/**
 * A standard time as an SOP gives it. `minutes` and `hours` are working time. A working day is the working time of
 * that day whatever its length, so three working days from Monday 14.00 end on Thursday at about 14.00.
 * `running-hours` go on day and night. A range has `min` and `max` instead of `amount`.
 */
export type Duration = {
  readonly unit: 'minutes' | 'hours' | 'working-days' | 'running-hours'
  readonly amount?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
}

/** An SOP that gives no time says so: that is not zero. */
export type StandardTime = Duration | 'not set'

/** The amount that must not be exceeded: of a range its upper end. @throws RangeError when there is none */
export function limitOf(duration: Duration): number {
  const limit = duration.max ?? duration.amount
  if (limit === undefined || !(limit > 0)) throw new RangeError('a duration needs a positive amount')
  return limit
}
