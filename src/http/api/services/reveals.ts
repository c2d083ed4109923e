import { z } from '@hono/zod-openapi'
import { revealCredentials } from '../../../actions/services/reveal-credentials.ts'
import { credentials } from '../../../domain/fulfilment/seal.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'

// Made anew here: a schema from before the OpenAPI extension was loaded cannot be described.
const credentialsAnswer = z.strictObject(credentials.shape).openapi('Credentials', {
  description: 'Shown once; a lost answer is mended by rotation only.',
})

/** The credentials of a hosted service, opened exactly once by its technical contact. */
export function registerRevealsApi(api: Api): void {
  officeRoute(
    api,
    'member',
    {
      method: 'post',
      path: '/reveals/{reveal}',
      summary: 'Open the credentials of a service, once',
      request: { params: officeParams({ reveal: z.uuid() }) },
      responses: { 200: jsonOf('The credentials.', credentialsAnswer) },
    },
    async (c) => {
      const { reveal } = c.req.valid('param')
      const sealed = await revealCredentials(api.deps, c.get('member'), reveal)
      c.header('cache-control', 'no-store')
      return c.json(api.deps.unseal(reveal, sealed), 200)
    },
    { secretAnswer: true },
  )
}
