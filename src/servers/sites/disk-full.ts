import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'

/** @returns the refusal that an error stands for when the disk, or a program that writes to it, found no room */
export function refusalOfFullDisk(error: unknown): Refused | null {
  const isFull = /ENOSPC|No space left/.test(String(error))
  return isFull ? new Refused('host-full', hostingText.hostFull, { status: 503, cause: error }) : null
}
