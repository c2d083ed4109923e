import { createHash, timingSafeEqual } from 'node:crypto'
import { insertAccount } from '../../db/accounts.ts'
import type { OfficeInput } from '../../domain/access/people.ts'
import { Refused } from '../../domain/refused.ts'
import { peopleTexts } from '../../domain/text/people.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { ReadSop } from './lay-office.ts'
import { layOffice } from './lay-office.ts'
import { appointJoined } from '../appointments/record-appointment.ts'

export type SetUp = {
  readonly office: OfficeInput
  readonly sop: ReadSop
  readonly administrator: {
    readonly name: string
    readonly email: string
    /** Hash of the password that was checked for strength; the password itself never comes here. */
    readonly passwordHash: string
  }
}

/** Whether the code is the one that was printed at start, told in constant time. */
export function isSetupCode(given: string, expected: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return expected !== undefined && timingSafeEqual(digest(given.trim()), digest(expected))
}

/**
 * Sets up the installation: the first office and its first administrator. Only while there is no office; of
 * two at once one wins.
 *
 * @throws Refused: 404 once an office exists, 409 when the e-mail address has an account
 */
export async function setUpInstallation(deps: Deps, input: SetUp): Promise<Member> {
  const { name, email, passwordHash } = input.administrator
  const officeId = deps.newId()
  const personId = deps.newId()
  const member: Member = {
    kind: 'person',
    officeId,
    personId,
    name,
    email,
    roles: ['administrator'],
    agencyIds: [],
  }
  await act(deps, member, async (tx, write) => {
    const now = deps.now()
    const won = await tx
      .updateTable('installation')
      .set({ first_office: officeId })
      .where('first_office', 'is', null)
      .returning('first_office')
      .executeTakeFirst()
    if (!won) throw notFound()
    await insertAccount(tx, { id: personId, name, email, passwordHash, accountId: deps.newId(), now })
    await layOffice(deps, tx, write, {
      ...input.office,
      id: officeId,
      sop: input.sop,
      createdBy: personId,
    })
    await tx
      .insertInto('memberships')
      .values({ office_id: officeId, person_id: personId, role: 'administrator', since: now })
      .execute()
    write.note({
      act: 'office.created',
      subject: { kind: 'office', id: input.office.slug },
      details: { name: input.office.name, zone: input.office.zone, sop: input.sop.document.id },
      personal: { administrator: email },
    })
    await appointJoined(deps, tx, write, {
      officeId,
      personId,
      role: 'administrator',
      agencyId: null,
      begins: true,
    })
  })
  return member
}

/** @throws Refused (403) unless the code is the one that was printed at start */
export function requireSetupCode(given: string, expected: string | undefined): void {
  if (isSetupCode(given, expected)) return
  const issues = [{ field: 'code', text: peopleTexts.wrongSetupCode }]
  throw new Refused('wrong-setup-code', peopleTexts.wrongSetupCode, { status: 403, issues })
}
