import { notFound } from '../../actions/act.ts'
import type { Api } from './api.ts'

/** Every API module, once. */
export function registerApi(api: Api): void {
  api.app.all('*', () => {
    throw notFound()
  })
}
