import type { Role } from './roles.ts'

/** Who may open an address: everybody, anybody signed in, any member of the office, or members with a role. */
export type Who = 'public' | 'signed-in' | 'member' | readonly Role[]

/** Addresses that one sort of people may use: as the app registers them, those of the API as OpenAPI writes them. */
type Line = {
  readonly who: Who
  /** Open to whoever still owes a second factor: to set it up, to leave, and to see who they are. */
  readonly beforeFactor?: true
  readonly routes: readonly `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`[]
}

export type Area = { readonly area: string; readonly lines: readonly Line[] }

/** @returns whether a member with these roles may open such an address */
export function mayOpen(who: Who, roles: readonly Role[]): boolean {
  return typeof who === 'string' || roles.some((role) => who.includes(role))
}
