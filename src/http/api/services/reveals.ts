import { z } from '@hono/zod-openapi'
import { revealCredentials } from '../../../actions/services/reveal-credentials.ts'
import { ageFile, credentials } from '../../../domain/fulfilment/seal.ts'
import { handOver } from '../../services/reveals.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'

// Made anew here: schemas from before the OpenAPI extension was loaded cannot be described.
const credentialsAnswer = z.strictObject(credentials.shape).openapi('Credentials', {
  description: 'Shown once; a lost answer is mended by rotation only.',
})
const ageFileAnswer = z.strictObject(ageFile.shape).openapi('AgeFile', {
  description: 'For a contact with an age key: `age` decrypts to a JSON document of the form Credentials.',
})
/** What is handed over once. */
export const handOverAnswer = z.union([credentialsAnswer, ageFileAnswer])

/** The credentials of a hosted service, opened exactly once by its technical contact. */
export function registerRevealsApi(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/reveals/{reveal}',
      summary: 'Open the credentials of a service, once',
      request: { params: officeParams({ reveal: z.uuid() }) },
      responses: {
        200: jsonOf('The credentials, or a file that only the contact can read.', handOverAnswer),
      },
    },
    async (c) => {
      const { reveal } = c.req.valid('param')
      const opened = await revealCredentials(api.deps, c.get('member'), reveal)
      c.header('cache-control', 'no-store')
      return c.json(await handOver(api.deps, reveal, opened), 200)
    },
    { secretAnswer: true },
  )
}
