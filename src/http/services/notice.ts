import * as z from 'zod'
import type { Member } from '../../actions/act.ts'
import { issueNotice } from '../../actions/letters/issue-notice.ts'
import type { ServiceFile } from '../../db/services/lists.ts'
import { formatDate } from '../../domain/dates/indonesian.ts'
import { noticeText } from '../../domain/text/notice.ts'
import type { HttpDeps } from '../deps.ts'

/** What an officer says for a notice; days are of the office's calendar. */
export const noticeInput = z.object({
  date: z.iso.date(),
  ground: z.string().trim().min(10).max(1000),
})
type NoticeInput = z.infer<typeof noticeInput>

/** @returns the ground that the registry itself knows; nothing when the registration has no end */
export function knownGround({ registeredUntil }: ServiceFile, today: string): string | undefined {
  if (!registeredUntil) return undefined
  const say = registeredUntil < today ? noticeText.runOut : noticeText.runsOut
  return say(formatDate(registeredUntil)).id
}

/** Numbers the notice that a service will be deactivated. @returns the letter's id */
export const makeNotice = (
  deps: HttpDeps,
  member: Member,
  service: ServiceFile,
  input: NoticeInput,
): Promise<{ id: string }> =>
  issueNotice(deps, member, { ...input, serviceId: service.id, publicUrl: deps.config.publicUrl })
