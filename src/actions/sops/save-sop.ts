import { createHash } from 'node:crypto'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { checkSop } from '../../domain/sop/check.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import type { Finding } from '../../domain/sop/finding.ts'
import { parseSop } from '../../domain/sop/parse.ts'
import { sopTexts } from '../../domain/text/sop-pages.ts'
import type { Tx } from '../../db/database.ts'
import { isUniqueViolation, json } from '../../db/database.ts'
import type { SopRow } from '../../db/sops-admin.ts'
import { listVersions, readSop } from '../../db/sops-admin.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** The largest SOP file, in octets. */
export const maxSopBytes = 512 * 1024

/** What was stored, and what a person should look at all the same. */
export type SavedSop = {
  readonly slug: string
  readonly version: number
  readonly warnings: readonly Finding[]
}

/**
 * Checks an SOP file and stores it as a draft: of a new SOP, or as the next version of one. A draft that was
 * there before gives way to it.
 *
 * @param slug the SOP of which the file is a new version; absent for a new SOP
 * @param isNew the office must not have an SOP of this id yet: what it wrote itself does not give way
 * @throws Refused `sop-known` (409), `sop-findings` with a sentence for each error, its field `line N`
 */
export async function saveSop(
  deps: Deps,
  member: Member,
  input: { readonly source: Uint8Array; readonly slug?: string; readonly isNew?: true },
): Promise<SavedSop> {
  requireRole(member, 'administrator')
  if (input.source.length > maxSopBytes)
    throw new Refused('sop-too-large', sopTexts.tooLarge, { status: 413 })
  const { document, warnings } = checked(input.source)
  if (input.slug !== undefined && input.slug !== document.id)
    throw new Refused('sop-other-id', sopTexts.otherId(input.slug, document.id))
  const source = new TextDecoder().decode(input.source)
  return act(deps, member, async (tx, write) => {
    const sop = await lockOrCreate(deps, tx, member, document, input)
    const version = await storeDraft(deps, tx, member, sop.id, { source, document })
    write.note({
      act: 'sop.saved',
      subject: { kind: 'sop', id: document.id },
      details: { version, sha256: digest(source) },
    })
    return { slug: sop.slug, version, warnings }
  })
}

function checked(source: Uint8Array): { document: SopDocument; warnings: readonly Finding[] } {
  const parsed = parseSop(source)
  if (!parsed.ok) return refuse(parsed.findings)
  const findings = checkSop(parsed.document, parsed.positions)
  if (findings.some((finding) => finding.severity === 'error')) return refuse(findings)
  return { document: parsed.document, warnings: findings }
}

function refuse(findings: readonly Finding[]): never {
  const issues = findings.filter((finding) => finding.severity === 'error').map(issueOf)
  throw new Refused('sop-findings', sopTexts.refused, { issues })
}

/** @returns the finding as an issue that says its line */
function issueOf({ line, text }: Finding): FieldIssue {
  return line === null
    ? { field: 'source', text }
    : { field: `line ${line}`, text: sopTexts.atLine(line, text) }
}

async function lockOrCreate(
  deps: Deps,
  tx: Tx,
  member: Member,
  document: SopDocument,
  { slug, isNew }: { readonly slug?: string; readonly isNew?: true },
): Promise<SopRow> {
  const known = await readSop(tx, document.id, { lock: true })
  if (known && isNew) throw new Refused('sop-known', sopTexts.known, { status: 409 })
  if (known) return known
  if (slug !== undefined) throw notFound()
  try {
    await tx
      .insertInto('sops')
      .values({
        id: deps.newId(),
        office_id: member.officeId,
        slug: document.id,
        name: document.identity.name,
        created_at: deps.now(),
      })
      .execute()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Refused('try-again', sopTexts.refused, { status: 409, cause: error })
  }
  return (await readSop(tx, document.id, { lock: true }))!
}

async function storeDraft(
  deps: Deps,
  tx: Tx,
  member: Member,
  sopId: string,
  file: { readonly source: string; readonly document: SopDocument },
): Promise<number> {
  const [newest] = await listVersions(tx, sopId)
  const version = newest?.status === 'draft' ? newest.version : (newest?.version ?? 0) + 1
  const row = {
    source: file.source,
    document: json(file.document),
    sha256: digest(file.source),
    created_by: member.personId,
    created_at: deps.now(),
  }
  await tx
    .insertInto('sop_versions')
    .values({ ...row, office_id: member.officeId, sop_id: sopId, version, status: 'draft' })
    .onConflict((conflict) => conflict.columns(['sop_id', 'version']).doUpdateSet(row))
    .execute()
  return version
}

const digest = (source: string): string => createHash('sha256').update(source).digest('hex')
