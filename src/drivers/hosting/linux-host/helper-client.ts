import type * as z from 'zod'

import {
  controlAnswers,
  type DeployAnswer,
  deployAnswer,
  type Verb,
  type VerbAnswer,
  type VerbInput,
} from '../../../domain/hosting/control.ts'
import {
  HELPER_COMMAND,
  helperAnswer,
  type HelperOutcome,
  type HelperRequest,
} from '../../../domain/hosting/helper.ts'
import { Refused } from '../../../domain/refused.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import { KeptCommand } from './kept-command.ts'
import type { SshConnection } from './ssh.ts'

/** A run may wait for another and then reload thousands of sites. */
const RUN_TIMEOUT_MS = 180_000
const DEPLOY_TIMEOUT_MS = 240_000
const COMMANDS_MAX = 500

type Waiting = {
  readonly command: { readonly verb: Verb; readonly request: unknown }
  readonly settle: (outcome: Promise<HelperOutcome>) => void
}

const lineOf = (request: HelperRequest): string => JSON.stringify(request)

/**
 * Speaks to the helper on one host. What is asked while a run is under way goes together in the next one, so that
 * many plans applied at once lead to one reload.
 */
export class HelperClient {
  readonly #connection: SshConnection
  readonly #helper: KeptCommand
  readonly #where: string
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(connection: SshConnection, where: string) {
    this.#connection = connection
    this.#helper = new KeptCommand(connection, HELPER_COMMAND, where)
    this.#where = where
  }

  /** Asks one verb. @throws Refused as the host says, or with 503 when the outcome is unknown */
  async ask<V extends Verb>(verb: V, request: VerbInput<V>): Promise<VerbAnswer<V>> {
    const outcome = await new Promise<HelperOutcome>((resolve) => {
      this.#waiting.push({ command: { verb, request }, settle: resolve })
      void this.#runAll()
    })
    const schema: z.ZodType = controlAnswers[verb]
    return this.#understood(schema, outcome) as VerbAnswer<V>
  }

  /** An archive has a run of its own, since its octets end with the input. */
  async deploy(fqdn: string, token: string, zip: Uint8Array): Promise<DeployAnswer> {
    const line = Buffer.from(`${lineOf({ archive: { fqdn, token } })}\n`)
    const { stdout } = await this.#connection.run(HELPER_COMMAND, [line, zip], DEPLOY_TIMEOUT_MS)
    const [outcome] = this.#outcomes(stdout.toString(), 1)
    return this.#understood(deployAnswer, outcome!)
  }

  async #runAll(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, COMMANDS_MAX)
      const commands = batch.map(({ command }) => command)
      const answers = this.#helper
        .ask(lineOf({ commands }), RUN_TIMEOUT_MS)
        .then((line) => this.#outcomes(line, batch.length))
      batch.forEach(({ settle }, index) => settle(answers.then((all) => all[index]!)))
      await answers.catch(() => undefined)
    }
    this.#isRunning = false
  }

  #outcomes(line: string, count: number): HelperOutcome[] {
    try {
      const { answers } = helperAnswer.parse(JSON.parse(line))
      // A line that could not be read at all has one answer, for all that was in it.
      if (answers.length === 1 && !('answer' in answers[0]!))
        return Array.from({ length: count }, () => answers[0]!)
      if (answers.length !== count) throw new Error(`${answers.length} answers to ${count} commands`)
      return answers
    } catch (error) {
      throw this.#strange(error)
    }
  }

  /** Only a whole, well-formed answer counts; anything else leaves the outcome unknown. */
  #understood<T>(schema: z.ZodType<T>, outcome: HelperOutcome): T {
    if ('fault' in outcome) {
      throw new Refused('site-host-fault', siteHostText.fault(this.#where), { status: 503 })
    }
    if ('refused' in outcome) {
      const { reason, text, status } = outcome.refused
      throw new Refused(reason, text, { status: status as Refused['status'] })
    }
    const parsed = schema.safeParse(outcome.answer)
    if (!parsed.success) throw this.#strange(parsed.error)
    return parsed.data
  }

  #strange(cause: unknown): Refused {
    return new Refused('site-host-answer', siteHostText.strangeAnswer(this.#where), { status: 503, cause })
  }
}
