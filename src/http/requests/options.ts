import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { AgencyOption, ServiceOption, ZoneOption } from '../../db/requests/options.ts'
import { listAgencyOptions, listReadyZones, listServiceOptions } from '../../db/requests/options.ts'
import { defaultHost } from '../../db/office/servers.ts'
import type { OfferedSop } from '../../db/sops.ts'
import { listSops } from '../../db/sops.ts'
import type { SopField } from '../../domain/sop/document.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import type { RequestKind } from '../../domain/sop/kinds.ts'
import type { HttpDeps } from '../deps.ts'

/** A kind of request that the office serves, with the SOP that serves it. */
export type ServedKind = RequestKind & { readonly sop: OfferedSop; readonly form: readonly SopField[] }

/** What a member may choose from when applying. */
export type RequestOptions = {
  readonly kinds: readonly ServedKind[]
  readonly zones: readonly ZoneOption[]
  readonly agencies: readonly AgencyOption[]
  readonly services: readonly ServiceOption[]
  /** Whether the office has a site host of its own: it offers more kinds of site than the embedded one. */
  readonly ownHost: boolean
}

/** @param atCounter for every agency of the office; otherwise for the member's own */
export function readOptions(deps: HttpDeps, member: Member, atCounter: boolean): Promise<RequestOptions> {
  const own = atCounter ? undefined : member.agencyIds
  return inScope(deps.db, member, async (tx) => ({
    kinds: servedKinds(await listSops(tx)),
    zones: await listReadyZones(tx),
    agencies: await listAgencyOptions(tx, own),
    services: await listServiceOptions(tx, own),
    ownHost: (await defaultHost(tx)) !== undefined,
  }))
}

/** Where two SOPs serve one kind, the older one does; a draft is started on it too. */
function servedKinds(sops: readonly OfferedSop[]): readonly ServedKind[] {
  const kinds = new Map<string, ServedKind>()
  for (const sop of sops)
    for (const kind of kindsOf(sop.document)) {
      const form = sop.document.serves.find((each) => each.id === kind.id)?.form ?? []
      if (!kinds.has(kind.id)) kinds.set(kind.id, { ...kind, sop, form })
    }
  return [...kinds.values()]
}
