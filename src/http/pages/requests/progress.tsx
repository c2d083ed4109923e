import { html } from 'hono/html'
import { handWorkOf } from '../../../domain/fulfilment/hand-work.ts'
import type { ServicePlan } from '../../../domain/fulfilment/plan.ts'
import type { Locale } from '../../../domain/refused.ts'
import { activities } from '../../../domain/sop/activities.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { signPageTexts } from '../../../domain/text/signing.ts'
import { stillOpenTo } from '../../authorize.ts'
import { paths, patterns } from '../../paths.ts'
import { openCase } from '../../requests/open-case.ts'
import type { Case } from '../../requests/open-case.ts'
import { streamWatch } from '../../requests/watch.ts'
import type { Portal } from '../../routes.ts'
import type { LiveState, LiveStep } from '../../ui/status.tsx'
import { LiveSteps } from '../../ui/status.tsx'
import { personOfSession } from '../../session-visitor.ts'
import { officePage } from '../page.ts'

/** Server-sent events for the work of the system on a request's page: the same list, drawn anew. */
export function registerProgress(portal: Portal): void {
  officePage(portal, {
    path: patterns.requestProgress,
    title: texts.progress,
    show: async (visit) => {
      const { deps, member, office, locale } = visit
      const ticket = visit.param('ticket')
      const open = (): Promise<Case> => openCase(deps, visit.c.get('member'), office.timezone, ticket)
      await open()
      const isAllowed = stillOpenTo(visit.c, () => personOfSession(deps, visit.c.req.raw.headers))
      return streamWatch(visit.c, deps, member, ticket, (stream) => ({
        isAllowed,
        heartbeat: ': masih di sini\n\n',
        onChange: async ({ stage }) => {
          if (stage !== 'working') {
            await stream.writeSSE({ event: 'done', data: paths.request(office.slug, ticket) })
            return false
          }
          const view = await open()
          const steps = await html`${<LiveSteps steps={liveSteps(view, locale)} locale={locale} />}`
          await stream.writeSSE({ event: 'state', data: steps.toString() })
          await stream.writeSSE({ event: 'status', data: view.sentence[locale] })
          return true
        },
      }))
    },
  })
}

/** How far the system is with the current step. */
export function liveSteps(view: Case, locale: Locale): readonly LiveStep[] {
  const { row, step, provisioning } = view
  const failed = row.trouble !== null
  if (!step || activities[step.activity].effect !== 'provision') return letterSteps(view, locale, failed)
  const current = provisioning?.visit === row.visit ? provisioning : null
  const reached = current === null ? 0 : current.status === 'planned' ? 1 : 2
  // Somebody is at work: nothing has failed.
  const byHand = current !== null && handWorkOf(current.plan as ServicePlan).length > 0
  const labels = [texts.progressPlan, texts.progressApply, texts.progressProof]
  return labels.map((label, index) => ({
    label: label[locale],
    state: stateOf(index, reached, failed && !byHand),
  }))
}

/** A letter is composed, and where the office signs electronically it then waits for a person. */
function letterSteps(view: Case, locale: Locale, failed: boolean): readonly LiveStep[] {
  const label = texts.progressLetter[locale]
  if (!view.letters.some(({ status }) => status === 'awaiting'))
    return [{ label, state: failed ? 'failed' : 'current' }]
  return [
    { label, state: 'done' },
    { label: signPageTexts.awaitingHolder[locale], state: 'current' },
  ]
}

function stateOf(index: number, reached: number, failed: boolean): LiveState {
  if (index < reached) return 'done'
  if (index > reached) return 'todo'
  return failed ? 'failed' : 'current'
}
