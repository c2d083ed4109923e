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
  const built = await Promise.all(
    groups.map(async (group) => ({
      title: visit.say(menuTexts[group]),
      items: await Promise.all(
        open
          .filter((entry) => entry.menu.group === group)
          .sort((a, b) => a.menu.order - b.menu.order)
          .map((entry) => itemOf(entry, visit)),
      ),
    })),
  )
  return built.filter((group) => group.items.length > 0)
}

const isShown = (route: RouteRecord, visit: OfficeVisit): boolean =>
  route.method === 'GET' && mayOpen(route.who, visit.member.roles)

async function itemOf({ path, menu }: Entry, visit: OfficeVisit): Promise<NavItem> {
  return {
    href: path.replace(':office', encodeURIComponent(visit.office.slug)),
    label: visit.say(menu.label),
    icon: menu.icon,
    count: await menu.count?.(visit),
  }
}
