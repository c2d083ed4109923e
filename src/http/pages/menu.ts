import { inScope } from '../../db/database.ts'
import { menuTexts } from '../../domain/text/menu.ts'
import type { MenuEntry, MenuGroup, RouteRecord } from '../routes.ts'
import type { NavGroup, NavItem } from '../ui/shell.ts'
import type { OfficeVisit } from './visit.ts'
import { mayOpen } from '../../domain/access/who.ts'

const groups: readonly MenuGroup[] = ['desk', 'registry', 'oversight', 'administration']

type Entry = { readonly path: string; readonly menu: MenuEntry }

/** The office's main menu for one member: every page registered with a `menu` that they may open. */
export async function menuFor(visit: OfficeVisit): Promise<readonly NavGroup[]> {
  const open = visit.portal.routes.flatMap((route): Entry[] => {
    const { menu, path } = route
    return menu && isShown(route, visit) ? [{ path, menu }] : []
  })
  const counts = await countsOf(open, visit)
  const built = groups.map((group) => ({
    title: visit.say(menuTexts[group]),
    items: open
      .filter((entry) => entry.menu.group === group)
      .sort((a, b) => a.menu.order - b.menu.order)
      .map((entry) => itemOf(entry, visit, counts.get(entry.path))),
  }))
  return built.filter((group) => group.items.length > 0)
}

/** Every page of the portal asks for these: one transaction for them all. */
async function countsOf(open: readonly Entry[], visit: OfficeVisit): Promise<ReadonlyMap<string, number>> {
  const counting = open.flatMap(({ path, menu: { count } }) => (count ? [{ path, count }] : []))
  if (counting.length === 0) return new Map()
  const counted = await inScope(visit.deps.db, visit.member, (tx) =>
    Promise.all(
      counting.map(async ({ path, count }): Promise<[string, number]> => [
        path,
        await count(visit.member, tx),
      ]),
    ),
  )
  return new Map(counted)
}

const isShown = (route: RouteRecord, visit: OfficeVisit): boolean =>
  route.method === 'GET' && mayOpen(route.who, visit.member.roles)

function itemOf({ path, menu }: Entry, visit: OfficeVisit, count: number | undefined): NavItem {
  return {
    href: path.replace(':office', encodeURIComponent(visit.office.slug)),
    label: visit.say(menu.label),
    icon: menu.icon,
    count,
  }
}
