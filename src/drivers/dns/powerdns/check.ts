import * as z from 'zod'
import type { Text } from '../../../domain/refused.ts'
import { dnsServerText as text } from '../../../domain/text/dns-servers.ts'
import { connectFailure } from '../connect-failure.ts'
import type { CheckFinding } from '../../../domain/office/server-drivers.ts'
import { ApiSilence, callApi, reasonOf, zonePath, type ApiAnswer } from './api.ts'
import type { PowerDnsConfig } from './config.ts'

/** Says exactly what stands between us and the API; nothing is changed by asking. */

const good = (sentence: Text): CheckFinding => ({ ok: true, text: sentence })
const bad = (sentence: Text): CheckFinding => ({ ok: false, text: sentence })

const serverSchema = z.looseObject({ daemon_type: z.literal('authoritative'), version: z.string() })
const zoneSchema = z.looseObject({ kind: z.string(), soa_edit_api: z.string(), api_rectify: z.boolean() })
const settingsSchema = z.array(z.looseObject({ name: z.string(), value: z.string() }))

/** What the server says of itself, or what is wrong. */
async function answerOf(config: PowerDnsConfig, path: string): Promise<ApiAnswer | Text> {
  let answer: ApiAnswer
  try {
    answer = await callApi(config, 'GET', path)
  } catch (error) {
    if (!(error instanceof ApiSilence)) throw error
    if (error.detail === 'ECONNRESET') return text.apiClosed(config.url)
    if (error.detail.startsWith('HTTP ')) return text.serverFailed(error.detail)
    return text.cannotConnect(config.url, connectFailure(error.detail))
  }
  return answer.status === 401 || answer.status === 403 ? text.apiKeyWrong : answer
}

function isText(answer: ApiAnswer | Text): answer is Text {
  return 'en' in answer
}

async function checkServer(config: PowerDnsConfig): Promise<CheckFinding> {
  const answer = await answerOf(config, '')
  if (isText(answer)) return bad(answer)
  if (answer.status === 404) return bad(text.apiOff(config.serverId))
  const server = serverSchema.safeParse(answer.body)
  if (answer.status !== 200 || !server.success) return bad(text.notPowerDns(config.url))
  return good(text.apiAccepted(server.data.version))
}

async function isRectifying(config: PowerDnsConfig): Promise<boolean> {
  const answer = await answerOf(config, '/config')
  const settings = settingsSchema.safeParse(isText(answer) ? [] : answer.body)
  const all = settings.success ? settings.data : []
  return all.some(({ name, value }) => name === 'default-api-rectify' && value !== 'no')
}

/** See `DnsDriver.check`. */
export async function checkZone(config: PowerDnsConfig, zone: string): Promise<CheckFinding[]> {
  const server = await checkServer(config)
  if (!server.ok) return [server]
  const answer = await answerOf(config, `${zonePath(zone)}?rrsets=false`)
  if (isText(answer)) return [server, bad(answer)]
  if (answer.status === 404) return [server, bad(text.zoneMissing(zone))]
  const found = zoneSchema.safeParse(answer.body)
  if (!found.success) return [server, bad(text.serverFailed(reasonOf(answer)))]
  const { kind, soa_edit_api, api_rectify } = found.data
  if (!['Native', 'Master', 'Primary', 'Producer'].includes(kind)) {
    return [server, bad(text.zoneIsSecondary(zone, kind))]
  }
  const findings = [server, good(text.zoneThere(zone))]
  if (soa_edit_api === '') findings.push(good(text.serialStandsStill(zone)))
  if (api_rectify || (await isRectifying(config))) findings.push(good(text.rectifyIsSlow))
  return findings
}
