import { unseal } from '../../src/domain/fulfilment/seal.ts'
import { serverSecretContext } from '../../src/domain/office/server-drivers.ts'
import type { ServerRow } from '../../src/db/office/servers.ts'
import type { SignatureDriver } from '../../src/drivers/signature/driver.ts'
import { openSignature } from '../../src/drivers/servers.ts'
import type { StampDeps } from '../../src/drivers/signature/time-stamp/authority.ts'

/** A way to a signature, opened with its sealed secret as main.ts does. */
export function openSealedSignature(
  sealingKey: Buffer,
  server: ServerRow,
  keys: string,
  deps: StampDeps,
): SignatureDriver {
  const clear = unseal(sealingKey, serverSecretContext(server.id), server.secret!)
  return openSignature({ ...server, secret: JSON.parse(clear) as unknown }, keys, deps)
}
