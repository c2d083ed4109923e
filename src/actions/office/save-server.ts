import * as z from 'zod'
import { isUniqueViolation } from '../../db/database.ts'
import { clearDefault, insertServer, readServerFile, updateServer } from '../../db/office/servers.ts'
import { secretWeakness } from '../../domain/access/weak-secrets.ts'
import { Refused } from '../../domain/refused.ts'
import { serverDriver, serverDriverNames, serverSecretContext } from '../../domain/office/server-drivers.ts'
import { serverRefusals } from '../../domain/text/office-servers.ts'
import { weakSecretTexts } from '../../domain/text/weak-secrets.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Seals what the database must not know, bound to what it belongs to. */
export type SealingDeps = Deps & { readonly seal: (context: string, secret: string) => Buffer }

/** A server as it is entered; settings and secret are checked by its driver's own schemas. */
export const serverInput = z.strictObject({
  driver: z.enum(serverDriverNames),
  /** One line of plain text: it becomes the subject of logbook entries. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u),
  isDefault: z.coerce.boolean().default(false),
  settings: z.record(z.string(), z.unknown()),
  /** Left out to keep the stored one. */
  secret: z.record(z.string(), z.unknown()).optional(),
})
export type ServerInput = z.infer<typeof serverInput>

/**
 * Connects a server, or changes the one with this id; its last test no longer counts.
 * @returns its id
 * @throws Refused `server-name-taken` (409), `weak-secret`; ZodError for what the driver does not understand
 */
export async function saveServer(
  deps: SealingDeps,
  member: Member,
  input: ServerInput,
  id?: string,
): Promise<{ id: string }> {
  requireRole(member, 'administrator')
  const driver = serverDriver(input.driver)
  const isNew = id === undefined
  const entered = z
    .object({ settings: driver.settings, secret: isNew ? driver.secret : driver.secret.optional() })
    .safeParse({ settings: input.settings, secret: isNew ? (input.secret ?? {}) : input.secret })
  if (!entered.success) throw withoutGroups(entered.error)
  const { settings, secret: clear } = entered.data
  if (clear !== undefined) await refuseWeak(clear as Fields, settings as Fields)
  const serverId = id ?? deps.newId()
  const secret =
    clear === undefined
      ? undefined
      : deps.seal(
          serverSecretContext(serverId),
          JSON.stringify({ ...(clear as object), ...driver.makes?.(deps.randomBytes) }),
        )
  const values = { name: input.name, settings, isDefault: input.isDefault }
  try {
    return await act(deps, member, async (tx, write) => {
      if (!isNew) {
        const known = await readServerFile(tx, serverId)
        if (known?.driver !== input.driver) throw notFound()
      }
      if (input.isDefault) await clearDefault(tx, driver.kind)
      if (isNew)
        await insertServer(tx, {
          ...values,
          id: serverId,
          officeId: member.officeId,
          kind: driver.kind,
          driver: input.driver,
          secret: secret!,
          at: deps.now(),
        })
      else await updateServer(tx, serverId, { ...values, ...(secret && { secret }) })
      write.note({
        act: isNew ? 'server.connected' : 'server.changed',
        subject: { kind: 'server', id: input.name },
        details: { driver: input.driver, isDefault: input.isDefault, keyReplaced: secret !== undefined },
      })
      return { id: serverId }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const issues = [{ field: 'name', text: serverRefusals.nameTaken }]
    throw new Refused('server-name-taken', serverRefusals.nameTaken, { status: 409, issues })
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Secrets that somebody thought of may be weak; keys that are made cannot, but a DNS key is whatever was encoded. */
async function refuseWeak(secret: Fields, settings: Fields): Promise<void> {
  const own = ['username', 'host', 'url', 'keyName']
    .map((name) => settings[name])
    .filter((value) => typeof value === 'string')
  for (const [field, value] of Object.entries(secret)) {
    if (typeof value !== 'string' || !['apiKey', 'password', 'keySecret'].includes(field)) continue
    const text = field === 'keySecret' ? Buffer.from(value, 'base64').toString('latin1') : value
    const why = await secretWeakness(text, own)
    if (!why) continue
    const sentence = weakSecretTexts.entered(why)
    throw new Refused('weak-secret', sentence, { issues: [{ field, text: sentence }] })
  }
}

/**
 * Names a field as the form has it: it does not matter to a person whether it is a setting or a secret. Only the real
 * error is an `Error`, which the API answers; another would end its request.
 */
const withoutGroups = (error: z.ZodError): z.ZodError =>
  new z.ZodRealError(error.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) })))
