import type { Tx } from '../db/database.ts'
import type { Hono } from 'hono'
import type { Member } from '../actions/act.ts'
import type { Who } from '../domain/access/who.ts'
import type { Text } from '../domain/refused.ts'
import type { HttpDeps } from './deps.ts'
import type { IconName } from './ui/icon.tsx'
import type { PortalEnv } from './visitor.ts'

export type MenuGroup = 'desk' | 'registry' | 'oversight' | 'administration'

/** An entry of the office's main menu; it shows for those who may open the page. */
export type MenuEntry = {
  readonly group: MenuGroup
  /** Smaller stands higher. */
  readonly order: number
  readonly label: Text
  readonly icon: IconName
  /** Work waiting behind the entry. */
  readonly count?: (member: Member, tx: Tx) => Promise<number>
}

/** One page or form of the portal, as tests sweep it. */
export type RouteRecord = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** From the table in domain/access. */
  readonly who: Who
  readonly title: Text
  readonly menu?: MenuEntry
}

/** What page modules register into: the app, what it needs, and the list of everything registered. */
export type Portal = {
  readonly app: Hono<PortalEnv>
  readonly deps: HttpDeps
  readonly routes: RouteRecord[]
}
