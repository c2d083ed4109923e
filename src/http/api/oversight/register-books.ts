import { z } from '@hono/zod-openapi'
import { bookNames } from '../../../domain/registers/books.ts'
import { bookAnswer } from '../../register-books.ts'
import type { Api } from '../api.ts'
import { officeParams, officeRoute, pdfAnswer } from '../api.ts'

/** The printed registers over the API. */
export function registerBooksApi(api: Api): void {
  officeRoute(
    api,
    {
      method: 'get',
      path: '/register-books/{book}',
      summary: 'A register of one year, printed: letters in and out, hand-overs, subdomains, hosting',
      request: {
        params: officeParams({ book: z.enum(bookNames) }),
        query: z.object({ year: z.coerce.number().int().min(1000).max(2999) }),
      },
      responses: {
        200: pdfAnswer,
      },
    },
    (c) => {
      const { book } = c.req.valid('param')
      return bookAnswer(api.deps, c.get('member'), c.get('office'), { book, ...c.req.valid('query') })
    },
  )
}
