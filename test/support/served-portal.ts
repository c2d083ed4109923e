import { listenHttp } from '../../src/http/listen.ts'
import type { HttpConfig } from '../../src/http/deps.ts'
import type { TestPortal } from './portal.ts'
import { createTestPortal, kukarSop } from './portal.ts'
import { testConfig } from './app.ts'

/** A test portal that a browser reaches at an address of its own. */
export type ServedPortal = TestPortal & { readonly url: string }

/** Serves a test portal on a free port of loopback, under the name `localhost`. */
export async function serveTestPortal(change: Partial<HttpConfig> = {}): Promise<ServedPortal> {
  const listener = await listenHttp('127.0.0.1', 0)
  const url = `http://localhost:${listener.port}`
  const portal = await createTestPortal(kukarSop, { config: { ...testConfig(), publicUrl: url, ...change } })
  listener.serve(portal.app.fetch)
  return {
    ...portal,
    url,
    close: async () => {
      await listener.close()
      await portal.close()
    },
  }
}
