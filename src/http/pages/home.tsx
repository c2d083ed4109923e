import { listOffices } from '../../db/people.ts'
import { frontTexts } from '../../domain/text/people.ts'
import { paths, patterns } from '../paths.ts'
import type { Portal } from '../routes.ts'
import { Button, ButtonRow } from '../ui/button.tsx'
import { Card, EmptyState, PageHeader, Tiles } from '../ui/page.tsx'
import { publicPage } from './page.ts'

/** The front door: the offices of this installation; before there is one, the first-run page. */
export function registerHome(portal: Portal): void {
  publicPage(portal, {
    path: patterns.home,
    title: frontTexts.title,
    show: async (visit) => {
      const offices = await listOffices(visit.deps.db)
      if (offices.length === 0) return visit.c.redirect(paths.setUp(), 303)
      const { person } = visit.visitor
      if (person?.memberships.length === 1)
        return visit.c.redirect(paths.office(person.memberships[0]!.slug), 303)
      const mine = new Set(person?.memberships.map((each) => each.slug))
      return {
        title: visit.say(frontTexts.title),
        body: (
          <>
            <PageHeader title={visit.say(frontTexts.title)} lead={visit.say(frontTexts.lead)} />
            {person && mine.size === 0 && (
              <EmptyState title={visit.say(frontTexts.nowhere)} next={visit.say(frontTexts.nowhereNext)} />
            )}
            <Tiles>
              {offices.map((office) => (
                <Card title={office.name}>
                  <p>{office.government}</p>
                  <ButtonRow>
                    {mine.has(office.slug) ? (
                      <Button href={paths.office(office.slug)}>{visit.say(frontTexts.open)}</Button>
                    ) : (
                      <Button href={paths.register(office.slug)} kind="secondary">
                        {visit.say(frontTexts.register)}
                      </Button>
                    )}
                  </ButtonRow>
                </Card>
              ))}
            </Tiles>
          </>
        ),
      }
    },
  })
}
