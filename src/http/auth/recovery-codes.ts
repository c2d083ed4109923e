import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import type { SignInOwner } from '../../db/accounts.ts'
import { putRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from '../../db/recovery-codes.ts'
import { clearTries, countTry } from '../../db/tries.ts'
import { hashRecoveryCode, makeRecoveryCodes } from '../../domain/access/recovery-codes.ts'
import { Refused } from '../../domain/refused.ts'
import { recoveryCodeMail, recoveryTexts } from '../../domain/text/recovery-codes.ts'
import { signInTexts } from '../../domain/text/sign-in.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import { requireOwnPassword } from './own-password.ts'
import { codeRestSeconds, maxWrongCodes } from './auth.ts'
import type { Caller } from './caller.ts'

/**
 * Makes a new set of recovery codes; those made before work no more.
 * @returns the codes, for this once
 * @throws Refused: 422 when the password is wrong, 409 without a second factor that they would stand in for
 */
export async function renewRecoveryCodes(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  password: string,
): Promise<readonly string[]> {
  if (!person.hasSecondFactor) throw new Refused('no-second-factor', recoveryTexts.noFactor, { status: 409 })
  await requireOwnPassword(deps, caller, password)
  return makeNewSet(deps, caller, person.id)
}

/** The first set, made with the second factor. @returns nothing when the person has codes that still work */
export async function firstRecoveryCodes(
  deps: HttpDeps,
  caller: Caller,
  personId: string,
): Promise<readonly string[]> {
  if (await recoveryCodesLeft(deps.db, personId)) return []
  return makeNewSet(deps, caller, personId)
}

async function makeNewSet(deps: HttpDeps, { address }: Caller, personId: string): Promise<readonly string[]> {
  const codes = makeRecoveryCodes(deps.randomBytes)
  const hashes = codes.map((code) => hashRecoveryCode(personId, code))
  await recordSignIn(deps, {
    personId,
    event: 'account.recovery-codes-made',
    address,
    change: (tx) => putRecoveryCodes(tx, personId, hashes, deps.now()),
  })
  return codes
}

/**
 * Uses a recovery code up in place of the second factor, and tells its owner by mail.
 * @throws Refused: 401 for a code that is wrong or used, 429 after too many
 */
export async function spendRecoveryCode(
  deps: HttpDeps,
  { address }: Caller,
  person: SignInOwner,
  code: string,
): Promise<void> {
  const key = `recovery-code ${person.id}`
  if ((await countTry(deps.db, key, codeRestSeconds * 1000, deps.now())) > maxWrongCodes)
    throw new Refused('codes-rest', signInTexts.codeResting, { status: 429 })
  const hash = hashRecoveryCode(person.id, code)
  const left = (await recoveryCodesLeft(deps.db, person.id)) ?? 0
  await recordSignIn(deps, {
    personId: person.id,
    event: 'account.recovery-code-used',
    address,
    mail: { to: person.email, ...recoveryCodeMail({ name: person.name, left: Math.max(0, left - 1) }) },
    change: async (tx) => {
      if (!(await useRecoveryCode(tx, person.id, hash, deps.now())))
        throw new Refused('wrong-code', signInTexts.codeWrong, { status: 401 })
    },
  })
  await clearTries(deps.db, key)
}
