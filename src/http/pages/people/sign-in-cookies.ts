import type { Visit } from '../visit.ts'

/** Hands the cookies that sign-in made to the browser. */
export function setCookies(visit: Visit, cookies: readonly string[]): void {
  for (const cookie of cookies) visit.c.header('set-cookie', cookie, { append: true })
}

export const callerOf = (visit: Visit) => ({
  headers: visit.c.req.raw.headers,
  address: visit.visitor.address,
})
