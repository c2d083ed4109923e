import { Refused } from '../refused.ts'
import { fulfilmentTexts } from '../text/fulfilment.ts'

/** Why a granted request is not carried out: its service ended while the request was under way. */
export const serviceClosed = ({ fqdn }: { readonly fqdn: string | null }): Refused =>
  new Refused('service-closed', fulfilmentTexts.serviceClosed(fqdn ?? ''), { status: 409 })
