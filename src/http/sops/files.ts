import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import { readLogo } from '../../db/office/settings.ts'
import { readSop, readVersion } from '../../db/sops-admin.ts'
import { bpmnOf } from '../../domain/bpmn/export.ts'
import { logoTypeOf } from '../../domain/office/logo.ts'
import type { SopPrint } from '../../domain/sop-paper/print.ts'
import type { HttpDeps } from '../deps.ts'
import { download } from '../download.ts'
import { versionOf } from './review.ts'

type Asked = { readonly slug: string; readonly version: string }

/**
 * One version of an SOP in the format of PermenPANRB 35/2012. The PDF declares the day on which the version was made or
 * put into force, so that a version printed twice is the same file.
 */
export async function sopPdf(
  deps: HttpDeps,
  member: Member,
  { slug, version }: Asked,
  size: SopPrint['size'],
): Promise<Response> {
  const file = await readFile(deps, member, { slug, version })
  const logo = await readLogo(deps.db, member.officeId)
  const mediaType = logo && logoTypeOf(logo)
  const bytes = await deps.lookups.printSop({
    sop: file.document,
    size,
    createdAt: (file.publishedAt ?? file.createdAt).toISOString(),
    ...(mediaType && { logo: { mediaType, bytes: new Uint8Array(logo) } }),
  })
  return download({ filename: `${slug}-${version}.pdf`, mediaType: 'application/pdf', bytes })
}

/** One version of an SOP as a BPMN 2.0 process. */
export async function sopBpmn(deps: HttpDeps, member: Member, { slug, version }: Asked): Promise<Response> {
  const { document } = await readFile(deps, member, { slug, version })
  const bytes = Buffer.from(bpmnOf(document))
  return download({ filename: `${slug}-${version}.bpmn`, mediaType: 'application/xml', bytes })
}

async function readFile(deps: HttpDeps, member: Member, { slug, version }: Asked) {
  const file = await inScope(deps.db, member, async (tx) => {
    const sop = await readSop(tx, slug)
    return sop && readVersion(tx, sop.id, versionOf(version))
  })
  if (!file) throw notFound()
  return file
}
