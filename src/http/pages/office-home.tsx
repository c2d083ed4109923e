import { peoplePageTexts } from '../../domain/text/people.ts'
import { patterns } from '../paths.ts'
import type { Portal } from '../routes.ts'
import { Card, PageHeader, Tiles } from '../ui/page.tsx'
import { menuFor } from './menu.ts'
import { officePage } from './page.ts'

/** Where a member arrives: everything they may open, with the work that waits. */
export function registerOfficeHome(portal: Portal): void {
  officePage(portal, 'member', {
    path: patterns.office,
    title: peoplePageTexts.officeHome,
    show: async (visit) => {
      const groups = await menuFor(visit)
      return {
        title: visit.say(peoplePageTexts.officeHome),
        body: (
          <>
            <PageHeader title={visit.office.name} lead={visit.office.government} />
            <Tiles>
              {groups.map((group) => (
                <Card title={group.title}>
                  <ul>
                    {group.items.map((item) => (
                      <li>
                        <a href={item.href}>{item.label}</a>
                        {item.count ? ` (${item.count})` : null}
                      </li>
                    ))}
                  </ul>
                </Card>
              ))}
            </Tiles>
          </>
        ),
      }
    },
  })
}
