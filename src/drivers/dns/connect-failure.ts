import type { Text } from '../../domain/refused.ts'
import { dnsServerText as text } from '../../domain/text/dns-servers.ts'

const REASONS: Readonly<Record<string, Text>> = {
  ECONNREFUSED: text.nothingListens,
  ENOTFOUND: text.hostUnknown,
  EAI_AGAIN: text.hostUnknown,
  EHOSTUNREACH: text.noRoute,
  ENETUNREACH: text.noRoute,
  ETIMEDOUT: text.noAnswerInTime,
  TimeoutError: text.noAnswerInTime,
}

/** Why a connection could not be made, in words. @param code of the system, or what went wrong otherwise */
export function connectFailure(code: string): Text {
  return REASONS[code] ?? text.otherFailure(code)
}
