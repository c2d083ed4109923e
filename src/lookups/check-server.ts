import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readServer, readServerFile } from '../db/office/servers.ts'
import type { ServerRow } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { CheckFinding, ServerCheck, ServerKind } from '../domain/office/server-drivers.ts'
import type { CertificateDriver } from '../drivers/certificates/driver.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { StampTrouble, TimeStamp } from '../domain/letters/time-stamp.ts'
import type { Text } from '../domain/refused.ts'
import { signatureCheckTexts } from '../domain/text/signing.ts'
import { NotAllowed } from '../drivers/outgoing.ts'
import { stampTexts, stampTroubles } from '../domain/text/time-stamps.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import type { SignatureDriver } from '../drivers/signature/driver.ts'

export type ServerQuestion = {
  readonly officeId: string
  readonly serverId: string
  /** The zone that a name server is asked about; other servers are asked about none. */
  readonly zone?: string | undefined
}

export type ServerCheckDeps = {
  readonly db: Db
  readonly dnsOf: (zone: ServedZone) => DnsDriver
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
  readonly certificatesOf: (authority: ServerRow) => CertificateDriver
  readonly signatureOf: (server: ServerRow, office: string) => SignatureDriver
}

/**
 * Tries a connection as the jobs will use it, changing nothing.
 * @returns what works and what does not, a sentence each; undefined for a server that does not exist
 */
export async function checkServer(
  deps: ServerCheckDeps,
  question: ServerQuestion,
): Promise<ServerCheck | undefined> {
  const { file, server, office } = await inScope(deps.db, question, async (tx) => ({
    file: await readServerFile(tx, question.serverId),
    server: await readServer(tx, question.serverId),
    office: (
      await tx
        .selectFrom('offices')
        .select('slug')
        .where('id', '=', question.officeId)
        .executeTakeFirstOrThrow()
    ).slug,
  }))
  if (!file || !server) return undefined
  const asked = findingsOf(deps, file.kind, server, { zone: question.zone ?? '', office })
  const findings = await asked.catch((error: unknown): readonly CheckFinding[] => {
    if (error instanceof NotAllowed) return [{ ok: false, text: error.text }]
    throw error
  })
  return { ok: findings.every(({ ok }) => ok), findings }
}

function findingsOf(
  deps: ServerCheckDeps,
  kind: ServerKind,
  server: ServerRow,
  { zone, office }: { readonly zone: string; readonly office: string },
): Promise<readonly CheckFinding[]> {
  switch (kind) {
    case 'dns':
      return deps.dnsOf({ id: '', name: zone, server }).check(zone)
    case 'host':
      return deps.hostingOf(server).check()
    case 'ca':
      return deps.certificatesOf(server).check()
    case 'signature':
      return signatureFindings(deps.signatureOf(server, office))
  }
}

const signatureFindings = async (driver: SignatureDriver): Promise<readonly CheckFinding[]> =>
  (await driver.check()).map((finding) =>
    'stamps' in finding
      ? { ok: finding.ok, text: stampFinding(finding.stamps) }
      : { ok: finding.ok, text: signatureCheckTexts[finding.what] },
  )

const stampFinding = (found: TimeStamp | StampTrouble): Text =>
  typeof found === 'string' ? stampTroubles[found] : stampTexts.worked(found.authority)
