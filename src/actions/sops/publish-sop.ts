import { Refused } from '../../domain/refused.ts'
import { checkSop } from '../../domain/sop/check.ts'
import { sopTexts } from '../../domain/text/sop-pages.ts'
import { countActors, readSop, readVersion } from '../../db/sops-admin.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/**
 * Puts a draft into force: new requests run on it, running ones keep their version.
 * @throws Refused `sop-published` (409) the second time, `sop-findings` while an actor is mapped to nobody
 */
export async function publishSop(deps: Deps, member: Member, slug: string, version: number): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const sop = await readSop(tx, slug, { lock: true })
    const draft = sop && (await readVersion(tx, sop.id, version))
    if (!draft) throw notFound()
    if (draft.status === 'published')
      throw new Refused('sop-published', sopTexts.alreadyPublished, { status: 409 })
    const mapping = await countActors(tx, member.officeId, sop.id, draft.document)
    const errors = checkSop(draft.document, new Map(), mapping).filter((each) => each.severity === 'error')
    if (errors.length > 0) {
      const issues = errors.map(({ path, text }) => ({ field: path, text }))
      throw new Refused('sop-findings', sopTexts.notPublishable, { issues })
    }
    const at = deps.now()
    await tx
      .updateTable('sop_versions')
      .set({ status: 'published', published_at: at })
      .where('sop_id', '=', sop.id)
      .where('version', '=', version)
      .execute()
    await tx
      .updateTable('sops')
      .set({ current_version: version, name: draft.document.identity.name, retired_at: null })
      .where('id', '=', sop.id)
      .execute()
    write.note({
      act: 'sop.published',
      subject: { kind: 'sop', id: slug },
      details: { version, before: sop.currentVersion },
    })
  })
}
