import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import type * as z from 'zod'

import {
  controlAnswers,
  type DeployAnswer,
  deployAnswer,
  refusalAnswer,
  RUNNING_FILE,
  runningHost,
  type Verb,
  type VerbAnswer,
  type VerbInput,
} from '../../../domain/hosting/control.ts'
import { Refused } from '../../../domain/refused.ts'
import { hostingText } from '../../../domain/text/hosting.ts'

/** A command changes a few small files. */
const COMMAND_TIMEOUT_MS = 15_000
/** An archive is sent, judged and unpacked within this; the host gives up a little earlier. */
const DEPLOY_TIMEOUT_MS = 150_000
const ANSWER_MAX_BYTES = 32 * 1024 * 1024

export type ControlEndpoint = { readonly dataDir: string; readonly controlSecretFile: string }
type Answer = { readonly status: number; readonly body: string }
type Sending = { method: string; path: string; body: Uint8Array | string; type: string; timeoutMs: number }

const unreachable = (cause: unknown) =>
  new Refused('site-host-unreachable', hostingText.hostUnreachable, { status: 503, cause })

/** Asks one verb of the site host. @throws Refused as the host says, or `site-host-unreachable` */
export async function askHost<V extends Verb>(
  endpoint: ControlEndpoint,
  verb: V,
  command: VerbInput<V>,
): Promise<VerbAnswer<V>> {
  const body = JSON.stringify(command)
  const path = `/v1/${verb}`
  const sending = { method: 'POST', path, body, type: 'application/json', timeoutMs: COMMAND_TIMEOUT_MS }
  const schema: z.ZodType = controlAnswers[verb]
  return understood(schema, await send(endpoint, sending)) as VerbAnswer<V>
}

/** Sends an archive to the site host. @throws Refused as {@link askHost} */
export async function sendArchive(
  endpoint: ControlEndpoint,
  fqdn: string,
  token: string,
  zip: Uint8Array,
): Promise<DeployAnswer> {
  const path = `/v1/archive?${new URLSearchParams({ fqdn, token }).toString()}`
  const sending = { method: 'PUT', path, body: zip, type: 'application/zip', timeoutMs: DEPLOY_TIMEOUT_MS }
  return understood(deployAnswer, await send(endpoint, sending))
}

/** Only a whole, well-formed answer counts; anything else leaves the outcome unknown. */
function understood<T>(schema: z.ZodType<T>, { status, body }: Answer): T {
  let answer: unknown
  try {
    answer = JSON.parse(body)
  } catch (error) {
    throw unreachable(error)
  }
  const refusal = refusalAnswer.safeParse(answer)
  if (refusal.success) {
    const { reason, text, status: said } = refusal.data.refused
    throw new Refused(reason, text, { status: said as Refused['status'] })
  }
  const parsed = schema.safeParse(answer)
  if (status !== 200 || !parsed.success) throw unreachable(new Error(`the host answered ${status}`))
  return parsed.data
}

async function send(endpoint: ControlEndpoint, sending: Sending): Promise<Answer> {
  try {
    // Read anew each time: the host may have been restarted on another port.
    const running = await readFile(join(endpoint.dataDir, RUNNING_FILE), 'utf8')
    const secret = await readFile(endpoint.controlSecretFile, 'utf8')
    return await exchange(runningHost.parse(JSON.parse(running)).controlPort, secret.trim(), sending)
  } catch (error) {
    throw unreachable(error)
  }
}

function exchange(port: number, secret: string, sending: Sending): Promise<Answer> {
  const { method, path, body, type, timeoutMs } = sending
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  }
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, method, path, headers, signal, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > ANSWER_MAX_BYTES) response.destroy(new Error('the answer is too long'))
          else chunks.push(chunk)
        })
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
        })
        response.on('error', reject)
      },
    )
    asking.on('error', reject)
    asking.end(body)
  })
}
