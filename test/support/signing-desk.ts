import assert from 'node:assert/strict'
import { join } from 'node:path'
import { appointSignatory } from '../../src/actions/letters/appoint-signatory.ts'
import { saveServer } from '../../src/actions/office/save-server.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import type { Member } from '../../src/actions/act.ts'
import { inScope } from '../../src/db/database.ts'
import type { ServerRow } from '../../src/db/office/servers.ts'
import { nonceLength, seal, unseal } from '../../src/domain/fulfilment/seal.ts'
import type { SignatoryInput } from '../../src/domain/letters/signing.ts'
import { signLetter } from '../../src/lookups/sign-letter.ts'
import type { SigningQuestion } from '../../src/lookups/sign-letter.ts'
import { stepOf } from '../../src/domain/sop/graph.ts'
import { readSopFile, createTestOffice } from './office.ts'
import type { TestOffice } from './office.ts'
import { requestsIn } from './walk-request.ts'
import { openSealedSignature } from './sealed-signature.ts'
import type { TestWorld } from './world.ts'
import './own-networks.ts'

export const certificateName = 'Kepala Dinas Contoh'

/** An office of a world whose letters are signed, and letters that wait for it. */
export type SigningDesk = Awaited<ReturnType<typeof openSigningDesk>>

/** @param now the clock by which keys are judged */
export async function openSigningDesk(world: TestWorld, slug: string, now: () => Date) {
  const { deps } = world
  const key = deps.settings.sealingKey
  const sealing = {
    ...deps,
    seal: (context: string, secret: string) => seal(key, deps.randomBytes(nonceLength), context, secret),
  }
  const office = await createTestOffice(deps, slug, await readSopFile('sops/katingan-subdomain-hosting.yaml'))
  await deps.enqueue(undefined as never, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute(),
  )
  await world.drain()
  const keys = join(world.directory, 'signing', slug)
  const openSealed = (context: string, sealed: Buffer) => unseal(key, context, sealed)
  const signatureOf = (server: ServerRow) =>
    openSealedSignature(key, server, keys, { now, randomBytes: deps.randomBytes })
  const ask = (question: SigningQuestion) =>
    signLetter({ db: deps.db, signatureOf, unseal: openSealed }, question)
  const administrator = office.member('administrator')
  return {
    office,
    keys,
    sealing,
    /** Asks for a signature, as the portal does. */
    ask,
    way: (driver: 'p12' | 'bsre', settings: Record<string, unknown>, secret: Record<string, unknown> = {}) =>
      saveServer(sealing, administrator, {
        driver,
        name: `${driver} ${String(settings['file'] ?? settings['url'])}`,
        isDefault: false,
        settings,
        secret,
      }),
    appoint: (member: Member, input: Partial<SignatoryInput>) =>
      appointSignatory(sealing, administrator, {
        personId: member.personId,
        post: 'Kepala Dinas Contoh',
        name: 'Nama Pejabat Contoh',
        fromDay: '2026-01-01',
        ...(input.serverId && { certificateName }),
        ...input,
      }),
    letter: (label: string) => letterOf(world, office, label),
  }
}

/** Carries a request to the step whose letter is set. @returns its ticket with the letter */
async function letterOf(world: TestWorld, office: TestOffice, label: string) {
  const { read, submitted, walk } = requestsIn(() => world)
  const ticket = await submitted(office, label)
  await walk(office, ticket, 7)
  const row = await read(office, ticket)
  assert.deepEqual([row.step, row.stage], [7, 'acting'])
  const step = stepOf(office.sop, 7)
  const role = office.sop.actors.find(({ id }) => id === step.actor)!.role!
  await completeStep(world.deps, office.member(role), ticket, { step: 7, visit: row.visit, form: {} })
  await world.drain()
  const letter = await inScope(world.deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('letters')
      .selectAll()
      .where('request_id', '=', row.id)
      .where('visit', '=', row.visit)
      .executeTakeFirstOrThrow(),
  )
  return { ticket, letter }
}
