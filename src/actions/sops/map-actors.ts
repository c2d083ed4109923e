import { Refused } from '../../domain/refused.ts'
import { sopTexts } from '../../domain/text/sop-pages.ts'
import { listStaff, listVersions, readSop, readVersion } from '../../db/sops-admin.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** The persons of each actor, by actor id. An actor without persons falls to its preset role. */
export type ActorPersons = Readonly<Record<string, readonly string[]>>

/**
 * Says who acts in each column of the SOP's newest version.
 * @throws Refused `person-unknown` for somebody who is no active member of staff
 */
export async function mapActors(
  deps: Deps,
  member: Member,
  slug: string,
  persons: ActorPersons,
): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const sop = await readSop(tx, slug, { lock: true })
    const [newest] = sop ? await listVersions(tx, sop.id) : []
    const file = sop && newest && (await readVersion(tx, sop.id, newest.version))
    if (!file) throw notFound()
    const staff = new Set((await listStaff(tx, member.officeId)).map((person) => person.id))
    const columns = file.document.actors.filter((actor) => actor.party !== 'applicant')
    const rows = columns.flatMap((actor) =>
      [...new Set(Object.hasOwn(persons, actor.id) ? persons[actor.id] : [])].map((personId) => ({
        office_id: member.officeId,
        sop_id: sop.id,
        actor: actor.id,
        person_id: personId,
      })),
    )
    if (rows.some((row) => !staff.has(row.person_id)))
      throw new Refused('person-unknown', sopTexts.unknownPerson)
    await tx.deleteFrom('sop_actors').where('sop_id', '=', sop.id).execute()
    if (rows.length > 0) await tx.insertInto('sop_actors').values(rows).execute()
    const counts = columns.map((actor) => [actor.id, rows.filter((row) => row.actor === actor.id).length])
    write.note({
      act: 'sop.actors-mapped',
      subject: { kind: 'sop', id: slug },
      details: { persons: Object.fromEntries(counts) as Record<string, number> },
    })
  })
}
