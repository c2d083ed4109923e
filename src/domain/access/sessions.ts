import type { Role } from './roles.ts'

/** How long sessions live, in milliseconds. */
export type SessionTimes = {
  /** Without use, for whoever has a role of the desk: they can act in the office's name. */
  readonly staffIdleMs: number
  /** Without use, for applicants, who may look for papers while they fill in a form. */
  readonly applicantIdleMs: number
  /** From sign-in, used or not. */
  readonly longestMs: number
}

/** What an installation may choose. */
export const sessionBounds = {
  idleMinutes: { least: 5, most: 720 },
  hours: { least: 1, most: 24 },
} as const

/** A session is written down as used at most this often. */
export const useNotedMs = 60_000

/** Why a session is over, and the time that it had. */
export type SessionOver = { readonly why: 'idle' | 'too-long'; readonly limitMs: number }

/** @returns whether somebody with these roles, in all their offices, counts as staff */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'applicant')

/** @returns the time without use after which a session of that person is over */
export const idleMsOf = (times: SessionTimes, roles: readonly Role[]): number =>
  isStaff(roles) ? times.staffIdleMs : times.applicantIdleMs

/** @returns why a session is over; nothing while it lasts */
export function sessionOver(
  times: SessionTimes,
  session: { readonly startedAt: Date; readonly usedAt: Date },
  roles: readonly Role[],
  now: Date,
): SessionOver | undefined {
  const idleMs = idleMsOf(times, roles)
  if (now.getTime() - session.startedAt.getTime() >= times.longestMs)
    return { why: 'too-long', limitMs: times.longestMs }
  if (now.getTime() - session.usedAt.getTime() >= idleMs) return { why: 'idle', limitMs: idleMs }
  return undefined
}
