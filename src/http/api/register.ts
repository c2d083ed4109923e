import { notFound } from '../../actions/act.ts'
import type { Api } from './api.ts'
import { registerRequestActs } from './request-acts.ts'
import { registerRequestPapers } from './request-papers.ts'
import { registerRequests } from './requests.ts'

/** Every API module, once. */
export function registerApi(api: Api): void {
  registerRequests(api)
  registerRequestActs(api)
  registerRequestPapers(api)
  api.app.all('*', () => {
    throw notFound()
  })
}
