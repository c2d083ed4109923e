import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import type { SavedSop } from '../../actions/sops/save-sop.ts'
import { saveSop } from '../../actions/sops/save-sop.ts'
import { inScope } from '../../db/database.ts'
import { knownSlugs } from '../../db/sops-admin.ts'
import type { SopFile } from '../../lookups/shipped-sops.ts'
import type { HttpDeps } from '../deps.ts'

/** @returns SOPs that come with the program and that the office does not have, in any state */
export async function notAdopted(deps: HttpDeps, member: Member): Promise<readonly SopFile[]> {
  const files = await deps.lookups.shippedSops()
  const known = new Set(await inScope(deps.db, member, (tx) => knownSlugs(tx)))
  return files.filter(({ document }) => !known.has(document.id))
}

/** @throws Refused (404) for an id that no file of the program has */
export async function shippedSop(deps: HttpDeps, id: string): Promise<SopFile> {
  const found = (await deps.lookups.shippedSops()).find(({ document }) => document.id === id)
  if (!found) throw notFound()
  return found
}

/**
 * Takes an SOP of the program over as a draft of the office; it is published as every other one.
 * @throws Refused `sop-known` (409) where the office has one of this id
 */
export async function adoptSop(deps: HttpDeps, member: Member, id: string): Promise<SavedSop> {
  const { source } = await shippedSop(deps, id)
  return saveSop(deps, member, { source: new TextEncoder().encode(source), isNew: true })
}
